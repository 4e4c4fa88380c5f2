"""One instance of an installation: binds the ``instanceID`` of functions that `sync`, `aio` or a team's own package add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from mailstore_sdk.errors import ArgumentError
from mailstore_sdk.jobs import AsyncJob, Job
from mailstore_sdk.runtime._protocol.actions import Exchange
from mailstore_sdk.runtime.calls import AsyncCaller, Caller
from mailstore_sdk.runtime.function import Function

if TYPE_CHECKING:
    from mailstore_sdk.client import AsyncClientBase, SyncClientBase

T = TypeVar("T")
C = TypeVar("C", "SyncClientBase", "AsyncClientBase")


class InstanceBase(Generic[C]):
    """What both kinds of instance are built from.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: C, instance_id: str) -> None:
        self._client: C = client
        self.instance_id = _checked_id(instance_id)

    def _recorded(self, record: Callable[[Exchange], object]) -> Self:
        """The same instance through a client that tells its exchanges."""
        return type(self)(self._client._recorded(record), self.instance_id)

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"


class SyncInstanceBase(InstanceBase["SyncClientBase"], Caller):
    """One instance of an installation, without functions."""

    def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return self._client._call(function, {"instanceID": self.instance_id, **arguments})

    def _start(self, function: Function[T], arguments: Mapping[str, object]) -> Job[T]:
        return self._client._start(function, {"instanceID": self.instance_id, **arguments})


class AsyncInstanceBase(InstanceBase["AsyncClientBase"], AsyncCaller):
    """One instance of an installation, without functions."""

    async def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return await self._client._call(function, {"instanceID": self.instance_id, **arguments})

    async def _start(self, function: Function[T], arguments: Mapping[str, object]) -> AsyncJob[T]:
        return await self._client._start(function, {"instanceID": self.instance_id, **arguments})


def _checked_id(instance_id: object) -> str:
    if not isinstance(instance_id, str) or not instance_id:
        raise ArgumentError(f"instance_id cannot be {instance_id!r:.200}; expected the id of an instance, as get_instances() tells it")
    return instance_id
