"""The archive: the stores of an instance, and the folders that users see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Trouble = Literal["unavailable", "locked", "corrupt"]
"""Why a store is not open: its disk is missing, it comes from another installation, or its database is corrupt."""

ERRORS: dict[Trouble, str] = {
    "unavailable": "The archive store could not be opened: the network path was not found.",
    "locked": "The archive store is locked: it belongs to another installation.",
    "corrupt": "The archive store could not be opened: the database is corrupt.",
}


@dataclass
class Store:
    """An archive store.

    Attributes:
        messages: Number of messages, without the deleted ones.
        damaged: Number of messages that a verification reports as damaged.
        deleted: Number of deleted messages that are still in the recovery records, until the store is compacted.
        created: Date of the first archived message; retention periods begin there.
        trouble: Why the store is not open.
        passphrase: Unlocks a locked store.
        key_file: Whether a key file is in the store's folder, so that a recovery needs no key.
    """

    id: int
    name: str
    database_path: str
    requested_state: str = "normal"
    messages: int = 0
    size: int = 0
    needs_upgrade: bool = False
    needs_rebuild: bool = False
    damaged: int = 0
    deleted: int = 0
    created: date | None = None
    trouble: Trouble | None = None
    passphrase: str | None = field(default=None, repr=False)
    key_file: bool = True
    recovery_records: bool = True
    content_path: str = ""
    index_path: str = ""

    def __post_init__(self) -> None:
        self.content_path = self.content_path or f"{self.database_path}\\Content"
        self.index_path = self.index_path or f"{self.database_path}\\Index"

    @property
    def error(self) -> str | None:
        """Why the store is not in its requested state."""
        return ERRORS[self.trouble] if self.trouble else None

    @property
    def is_open(self) -> bool:
        """Whether its messages can be read."""
        return self.trouble is None and self.requested_state != "disabled"

    @property
    def takes_messages(self) -> bool:
        """Whether new messages go here."""
        return self.is_open and self.requested_state == "current"

    def move(self, path: str) -> None:
        """Set the store's folder. Older stores have their indexes next to the database, newer ones in a subfolder."""
        index_path = path if self.index_path == self.database_path else f"{path}\\Index"
        self.database_path, self.content_path, self.index_path = path, f"{path}\\Content", index_path

    def add(self, messages: int, size: int) -> None:
        """Archive messages."""
        self.messages += messages
        self.size += size

    def remove_all(self) -> int:
        """Delete all messages, but keep them in the recovery records; return how many there were."""
        removed = self.messages
        self.deleted += removed
        self.messages = self.damaged = 0
        return removed


@dataclass
class Folder:
    """A folder, without its subfolders: the ids of its messages, and their size."""

    messages: list[str] = field(default_factory=list[str])
    size: int = 0
