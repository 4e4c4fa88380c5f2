"""The record of each night, shared by all workers.

A night is a set of facts. Each fact is written once, by the first worker, so that no two workers do the same task.
Brokers may lose messages or deliver them twice; this ledger is the only record of what has happened.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol, cast

from redis import Redis


class Ledger(Protocol):
    """Facts by night and name."""

    def write(self, night: str, name: str, value: str) -> bool:
        """Write a fact unless it exists; return whether this call wrote it."""
        ...

    def withdraw(self, night: str, name: str) -> None:
        """Remove a fact; only its writer may do so."""
        ...

    def facts(self, night: str) -> dict[str, str]:
        """All facts of a night."""
        ...

    def nights(self) -> list[str]:
        """All nights, oldest first."""
        ...


class FolderLedger:
    """A folder for each night and a file for each fact, on a disk of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, night: str, name: str, value: str) -> bool:
        """Write a hidden file and link it to its name: it appears whole and only once."""
        place = self._folder / night
        place.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=place, prefix=".", encoding="utf-8") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
            try:
                (place / name).hardlink_to(file.name)
            except FileExistsError:
                return False
        return True

    def withdraw(self, night: str, name: str) -> None:
        """Remove the file."""
        (self._folder / night / name).unlink()

    def facts(self, night: str) -> dict[str, str]:
        """The files that are not hidden."""
        return {file.name: file.read_text("utf-8") for file in (self._folder / night).glob("[!.]*")}

    def nights(self) -> list[str]:
        """The folders."""
        return sorted(place.name for place in self._folder.glob("*"))


class RedisLedger:
    """A hash for each night and a field for each fact. Redis must keep its data (appendonly), or nights are forgotten."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, decode_responses=True)  # pyright: ignore[reportUnknownMemberType] - untyped keywords

    def write(self, night: str, name: str, value: str) -> bool:
        """Set a field that is not there."""
        self._redis.sadd("spe-verification", night)
        return self._redis.hsetnx(f"spe-verification:{night}", name, value) == 1

    def withdraw(self, night: str, name: str) -> None:
        """Remove the field."""
        self._redis.hdel(f"spe-verification:{night}", name)

    def facts(self, night: str) -> dict[str, str]:
        """The fields."""
        return cast("dict[str, str]", self._redis.hgetall(f"spe-verification:{night}"))

    def nights(self) -> list[str]:
        """The names of the hashes."""
        return sorted(cast("set[str]", self._redis.smembers("spe-verification")))
