"""An instance, its configuration and its contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.state.archive import Folder, Store
from mailstore_sdk.simulator.state.automation import Job, JobRun, JsonObject, Profile, WorkerRun
from mailstore_sdk.simulator.state.people import DirectoryEntry, User


@dataclass
class Credential:
    """A stored credential."""

    id: int
    type: str
    description: str
    settings: JsonObject = field(default_factory=dict[str, JsonValue])


@dataclass
class Directory:
    """A directory of users: the settings without their password, and the people in it."""

    configuration: JsonObject = field(default_factory=lambda: {"type": "none"})
    password: str | None = field(default=None, repr=False)
    people: list[DirectoryEntry] = field(default_factory=list[DirectoryEntry])


@dataclass
class Process:
    """The process of a running instance and its counters."""

    id: int
    started: datetime
    calls: int = 0
    archived: int = 0
    checked: int = 0


@dataclass
class Instance:
    """An instance.

    Attributes:
        detached: Detached stores on the host, by the folder of their database.
        settings: Settings that are set and read as a whole, by name: compliance, retention, index, store creation, SMTP.
        numbers: The last number assigned, by kind.
    """

    id: str
    alias: str | None
    display_name: str | None
    host: str
    start_mode: str = "automatic"
    base_directory: str | None = None
    options: dict[str, bool] = field(default_factory=dict[str, bool])
    process: Process | None = None
    frozen: bool = False
    start_stop_error: str | None = None
    provider_access: bool = True
    users: dict[str, User] = field(default_factory=dict[str, User])
    folders: dict[str, Folder] = field(default_factory=dict[str, Folder])
    stores: dict[int, Store] = field(default_factory=dict[int, Store])
    detached: dict[str, Store] = field(default_factory=dict[str, Store])
    profiles: dict[int, Profile] = field(default_factory=dict[int, Profile])
    runs: list[WorkerRun] = field(default_factory=list[WorkerRun])
    jobs: dict[int, Job] = field(default_factory=dict[int, Job])
    job_runs: list[JobRun] = field(default_factory=list[JobRun])
    credentials: dict[int, Credential] = field(default_factory=dict[int, Credential])
    directory: Directory = field(default_factory=Directory)
    settings: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue], repr=False)
    numbers: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def is_running(self) -> bool:
        """Whether the instance has a process."""
        return self.process is not None

    @property
    def process_id(self) -> int | None:
        """Id of the instance's process."""
        return self.process.id if self.process else None

    @property
    def status(self) -> str:
        """The status as replies have it. ``stopped`` and ``frozen`` are guesses: only ``running`` is public."""
        if not self.is_running:
            return "stopped"
        return "frozen" if self.frozen else "running"

    def start(self, process_id: int) -> None:
        """Start a process with this id."""
        self.process = Process(process_id, datetime.now(UTC).replace(tzinfo=None))
        self.start_stop_error = None

    def stop(self) -> None:
        """End the process."""
        self.process = None
        self.frozen = False

    def next_number(self, kind: str, taken: Iterable[int]) -> int:
        """Return a number that was never used for this kind, so that numbers of deleted objects are not reused."""
        self.numbers[kind] = max((0, self.numbers.get(kind, 0), *taken)) + 1
        return self.numbers[kind]

    def user(self, name: str) -> User:
        """The user of this name.

        Raises:
            Refusal: It does not exist.
        """
        if name not in self.users:
            raise Refusal(f"User {name} does not exist.")
        return self.users[name]

    def folder(self, path: str) -> Folder:
        """The folder of this path.

        Raises:
            Refusal: It does not exist.
        """
        if path not in self.folders:
            raise Refusal(f"Folder {path} does not exist.")
        return self.folders[path]

    def below(self, path: str) -> list[str]:
        """Paths of all folders below a folder, without the folder itself; of all folders for an empty path."""
        return [name for name in self.folders if not path or name.startswith(f"{path}/")]

    def store(self, number: int) -> Store:
        """The archive store of this number.

        Raises:
            Refusal: It does not exist.
        """
        if number not in self.stores:
            raise Refusal(f"Archive store {number} does not exist.")
        return self.stores[number]

    @property
    def current_store(self) -> Store | None:
        """The store for new messages; None if no open store is current."""
        return next((store for store in self.stores.values() if store.takes_messages), None)

    def store_in_state_current(self) -> Store | None:
        """The store whose requested state is current, open or not."""
        return next((store for store in self.stores.values() if store.requested_state == "current"), None)

    def profile(self, number: int) -> Profile:
        """The profile of this number.

        Raises:
            Refusal: It does not exist.
        """
        if number not in self.profiles:
            raise Refusal(f"Profile {number} does not exist.")
        return self.profiles[number]

    def job(self, number: int) -> Job:
        """The job of this number.

        Raises:
            Refusal: It does not exist.
        """
        if number not in self.jobs:
            raise Refusal(f"Job {number} does not exist.")
        return self.jobs[number]

    def archive(self, folder: str, messages: int, size: int) -> int:
        """Add new messages to a folder and the current store; return how many, which is 0 without a current store."""
        store = self.current_store
        if store is None:
            return 0
        self.make_folder(folder)
        ids = [f"{store.id}:{self.next_number('message', ())}" for _ in range(messages)]
        self.folders[folder].messages += ids
        self.folders[folder].size += size
        store.add(messages, size)
        if self.process:
            self.process.archived += messages
        return messages

    def make_folder(self, path: str) -> None:
        """Create a folder and its parents, unless they exist."""
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            self.folders.setdefault("/".join(parts[:count]), Folder())
