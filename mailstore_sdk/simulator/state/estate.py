"""The whole installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.state.machines import AccessServer, Host, Mail
from mailstore_sdk.simulator.state.people import Administrator

T = TypeVar("T")

MANAGEMENT_SERVER = "spe.example.com"
INSTANCE_HOST = "host01.example.com"


@dataclass
class Estate:
    """The whole installation.

    Attributes:
        smtp: The installation's SMTP settings; None if not set.
        mails: All mails that were sent.
        long_running_rows: A call of GetWorkerResults with more rows than this becomes long-running work.
    """

    version: str
    server_name: str = MANAGEMENT_SERVER
    licensee_name: str = "Example Licensee"
    licensee_id: int = 1
    administrators: dict[str, Administrator] = field(default_factory=dict[str, Administrator])
    hosts: dict[str, Host] = field(default_factory=lambda: {INSTANCE_HOST: Host(INSTANCE_HOST)})
    access_servers: dict[str, AccessServer] = field(default_factory=lambda: {MANAGEMENT_SERVER: AccessServer(MANAGEMENT_SERVER)})
    instances: dict[str, Instance] = field(default_factory=dict[str, Instance])
    smtp: JsonObject | None = field(default=None, repr=False)
    mails: list[Mail] = field(default_factory=list[Mail])
    branding_loads: int = 0
    long_running_rows: int = 5_000
    next_process_id: int = 4242

    def knows(self, name: str, password: str) -> bool:
        """Whether this is the login of a system administrator."""
        return name in self.administrators and self.administrators[name].accepts(password)

    def administrator(self, name: str) -> Administrator:
        """The system administrator of this name.

        Raises:
            Refusal: It does not exist.
        """
        return existing(self.administrators, name, "System administrator")

    def host(self, name: str) -> Host:
        """The instance host of this name.

        Raises:
            Refusal: It does not exist.
        """
        return existing(self.hosts, name, "Instance host")

    def instance(self, instance_id: str) -> Instance:
        """The instance of this id.

        Raises:
            Refusal: It does not exist.
        """
        return existing(self.instances, instance_id, "Instance")

    def running_instance(self, instance_id: str) -> Instance:
        """The running instance with this id.

        Raises:
            Refusal: It does not exist, or it is stopped.
        """
        instance = self.instance(instance_id)
        if not instance.is_running:
            raise Refusal(f"Instance {instance_id} is not running.")
        return instance

    def selected(self, instance_filter: str) -> list[Instance]:
        """Select instances: ids separated by spaces, or ``*`` for all. An id that does not exist selects nothing.

        Raises:
            Refusal: The filter is another pattern. The vendor mentions patterns for hosts and states; their syntax is uncertain.
        """
        if instance_filter == "*":
            return list(self.instances.values())
        if any(character in instance_filter for character in "*?,;"):
            raise Refusal(f"Instance filter {instance_filter} is not supported: expected instance ids separated by spaces, or *.")
        return [self.instances[name] for name in dict.fromkeys(instance_filter.split()) if name in self.instances]

    def check_new(self, instance: Instance) -> None:
        """Check that an instance can be added.

        Raises:
            Refusal: Its id is missing or in use, or its host is unknown.
        """
        check_new_name(self.instances, instance.id, "Instance")
        self.host(instance.host)

    def add_instance(self, instance: Instance) -> None:
        """Add a new instance.

        Raises:
            Refusal: It cannot be added.
        """
        self.check_new(instance)
        self.instances[instance.id] = instance

    def start_instance(self, instance: Instance) -> None:
        """Start the instance's process, unless it is running."""
        if not instance.is_running:
            instance.start(self.next_process_id)
            self.next_process_id += 4

    def send_mail(self, subject: str, recipients: tuple[str, ...], smtp: JsonValue) -> None:
        """Send a mail.

        Raises:
            Refusal: The SMTP settings are missing.
        """
        if smtp is None:
            raise Refusal("The SMTP settings are not configured.")
        self.mails.append(Mail(subject, recipients))


def existing(things: Mapping[str, T], name: str, kind: str) -> T:
    """Return the object with this name.

    Raises:
        Refusal: It does not exist.
    """
    if name not in things:
        raise Refusal(f"{kind} {name} does not exist.")
    return things[name]


def check_new_name(things: Mapping[str, object], name: str, kind: str) -> None:
    """Check that a new object can have this name.

    Raises:
        Refusal: The name is empty or in use.
    """
    if not name:
        raise out_of_range()
    if name in things:
        raise Refusal(f"{kind} {name} already exists.")


def named(things: Mapping[str, T], name: str | None) -> list[T]:
    """Select the object with exactly this name, if there is one; without a name, all objects."""
    return [thing for key, thing in things.items() if name in (None, key)]
