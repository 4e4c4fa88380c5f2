"""What generated methods call: a hook for a plain function, one for long-running work, one for a long time range."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import timedelta

    from mailstore_sdk.jobs import AsyncJob, Job
    from mailstore_sdk.runtime.function import Function

T = TypeVar("T")

Arguments: TypeAlias = dict[str, object]
"""The arguments of a call by their wire names, under a name that no parameter of a method has."""


class Caller(ABC):
    """Base of the generated sync methods."""

    @abstractmethod
    def _call(self, function: Function[T], arguments: MutableMapping[str, object]) -> T:
        """Call a function with arguments by wire names; None is omitted. Secrets are removed from the mapping."""

    @abstractmethod
    def _start(self, function: Function[T], arguments: MutableMapping[str, object]) -> Job[T]:
        """Start a job."""

    @abstractmethod
    def _walk(self, function: Function[list[T]], arguments: Mapping[str, object], window: timedelta | None) -> Iterator[T]:
        """Read a long time range in windows of one week by default."""


class AsyncCaller(ABC):
    """Base of the generated async methods."""

    @abstractmethod
    async def _call(self, function: Function[T], arguments: MutableMapping[str, object]) -> T:
        """Call a function with arguments by wire names; None is omitted. Secrets are removed from the mapping."""

    @abstractmethod
    async def _start(self, function: Function[T], arguments: MutableMapping[str, object]) -> AsyncJob[T]:
        """Start a job."""

    @abstractmethod
    def _walk(self, function: Function[list[T]], arguments: Mapping[str, object], window: timedelta | None) -> AsyncIterator[T]:
        """Read a long time range in windows of one week by default."""
