"""The state behind the functions: what the installation consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mailstore_sdk.simulator.refusal import Refusal, out_of_range

MANAGEMENT_SERVER = "spe.example.com"
INSTANCE_HOST = "host01.example.com"
PROVIDER_USER = "$archiveadmin"
ALL_LOGINS = ("windows", "web", "outlook", "windowsCmd", "imap", "api")


@dataclass
class Host:
    """A machine that runs instances."""

    name: str
    port: int = 8472
    thumbprint: str = "00112233445566778899AABBCCDDEEFF00112233"


@dataclass
class User:
    """A user of one instance."""

    name: str
    full_name: str | None = None
    distinguished_name: str | None = None
    authentication: str = "integrated"
    password: str | None = field(default=None, repr=False)
    email_addresses: list[str] = field(default_factory=list[str])
    pop3_user_names: list[str] = field(default_factory=list[str])
    privileges: list[str] = field(default_factory=list[str])
    login_privileges: list[str] = field(default_factory=lambda: list(ALL_LOGINS))
    privileges_on_folders: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    mfa_status: str = "Disabled"

    @property
    def is_admin(self) -> bool:
        """Whether the user administers the instance."""
        return "admin" in self.privileges


@dataclass
class Store:
    """An archive store; `damaged` counts messages that a verification finds."""

    id: int
    name: str
    path: str
    requested_state: str = "normal"
    error: str | None = None
    messages: int = 0
    size: int = 0
    needs_upgrade: bool = False
    needs_rebuild: bool = False
    damaged: int = 0


@dataclass(frozen=True)
class WorkerRun:
    """One run of a profile; times are the server's local ones."""

    id: int
    user_name: str
    result: str
    items_archived: int
    start: datetime
    complete: datetime | None
    machine_name: str
    profile_id: int | None = None
    profile_name: str | None = None


@dataclass
class Instance:
    """An instance, its configuration and what it holds."""

    id: str
    alias: str | None
    display_name: str | None
    host: str
    start_mode: str = "automatic"
    base_directory: str | None = None
    options: dict[str, bool] = field(default_factory=dict[str, bool])
    process_id: int | None = None
    start_stop_error: str | None = None
    provider_access: bool = True
    users: dict[str, User] = field(default_factory=dict[str, User])
    stores: dict[int, Store] = field(default_factory=dict[int, Store])
    runs: list[WorkerRun] = field(default_factory=list[WorkerRun])

    @property
    def is_running(self) -> bool:
        """Whether it has a process."""
        return self.process_id is not None

    @property
    def status(self) -> str:
        """What it is doing. ``stopped`` is a guess: only ``running`` is public."""
        return "running" if self.is_running else "stopped"

    def user(self, name: str) -> User:
        """The user of this name.

        Raises:
            Refusal: There is none.
        """
        if name not in self.users:
            raise Refusal(f"User {name} does not exist.")
        return self.users[name]

    def store(self, number: int) -> Store:
        """The archive store of this number.

        Raises:
            Refusal: There is none.
        """
        if number not in self.stores:
            raise Refusal(f"Archive store {number} does not exist.")
        return self.stores[number]

    def set_store_state(self, store: Store, state: str) -> None:
        """Set the state that a store shall be in.

        Assumption: new messages go to one store, so the one that was current becomes normal. What SPE does is not
        known.
        """
        if state == "current":
            for other in self.stores.values():
                if other.requested_state == "current":
                    other.requested_state = "normal"
        store.requested_state = state


@dataclass
class Estate:
    """The whole installation.

    Attributes:
        long_running_rows: A call of GetWorkerResults with more rows than this becomes long-running work.
    """

    version: str
    server_name: str = MANAGEMENT_SERVER
    licensee_name: str = "Example Licensee"
    licensee_id: int = 1
    hosts: dict[str, Host] = field(default_factory=lambda: {INSTANCE_HOST: Host(INSTANCE_HOST)})
    instances: dict[str, Instance] = field(default_factory=dict[str, Instance])
    long_running_rows: int = 5_000
    next_process_id: int = 4242

    def instance(self, instance_id: str) -> Instance:
        """The instance of this id.

        Raises:
            Refusal: There is none.
        """
        if instance_id not in self.instances:
            raise Refusal(f"Instance {instance_id} does not exist.")
        return self.instances[instance_id]

    def running_instance(self, instance_id: str) -> Instance:
        """The instance of this id, that runs.

        Raises:
            Refusal: There is none, or it is stopped.
        """
        instance = self.instance(instance_id)
        if not instance.is_running:
            raise Refusal(f"Instance {instance_id} is not running.")
        return instance

    def selected(self, instance_filter: str) -> list[Instance]:
        """The instances of a filter: an id, or ``*`` for all.

        Raises:
            Refusal: A pattern of another kind; SPE may know some, but none is documented.
        """
        if instance_filter == "*":
            return list(self.instances.values())
        if any(character in instance_filter for character in "*?,;"):
            raise Refusal(f"Instance filter {instance_filter} is not supported: expected an instance id or *.")
        return [self.instances[instance_filter]] if instance_filter in self.instances else []

    def check_new(self, instance: Instance) -> None:
        """Refuse an instance that cannot be added.

        Raises:
            Refusal: It has no id or that of another, or its host is not known.
        """
        if not instance.id:
            raise out_of_range()
        if instance.id in self.instances:
            raise Refusal(f"Instance {instance.id} already exists.")
        if instance.host not in self.hosts:
            raise Refusal(f"Instance host {instance.host} does not exist.")

    def add_instance(self, instance: Instance) -> None:
        """Add a new instance.

        Raises:
            Refusal: It cannot be added.
        """
        self.check_new(instance)
        self.instances[instance.id] = instance

    def start_instance(self, instance: Instance) -> None:
        """Give the instance a process, unless it has one."""
        if not instance.is_running:
            instance.process_id = self.next_process_id
            instance.start_stop_error = None
            self.next_process_id += 4
