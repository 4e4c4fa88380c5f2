"""One instance of an installation: its functions with ``instanceID`` bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.errors import ArgumentError
from mailstore_sdk.function import Function
from mailstore_sdk.history import AsyncHistory, History
from mailstore_sdk.jobs import AsyncJob, Job

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio.raw import RawInstance as AsyncRawInstance
    from mailstore_sdk._generated.sync.raw import RawInstance
    from mailstore_sdk.client import AsyncSPEClient, SPEClient

T = TypeVar("T")


class Instance(History):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: SPEClient, instance_id: str) -> None:
        self._client = client
        self.instance_id = instance_id

    @property
    def raw(self) -> RawInstance:
        """The same methods, giving whole replies: ``archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.sync.raw import RawInstance

        return RawInstance(lambda record: Instance(self._client._recorded(record), self.instance_id))

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"

    def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return self._client._call(function, {"instanceID": self.instance_id, **arguments})

    def _start(self, function: Function[T], arguments: Mapping[str, object]) -> Job[T]:
        return self._client._start(function, {"instanceID": self.instance_id, **arguments})


class AsyncInstance(AsyncHistory):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    def __init__(self, client: AsyncSPEClient, instance_id: str) -> None:
        self._client = client
        self.instance_id = instance_id

    @property
    def raw(self) -> AsyncRawInstance:
        """The same methods, giving whole replies: ``await archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawInstance

        return RawInstance(lambda record: AsyncInstance(self._client._recorded(record), self.instance_id))

    def __repr__(self) -> str:
        return f"{self._client!r}.instance({self.instance_id!r})"

    async def _call(self, function: Function[T], arguments: Mapping[str, object]) -> T:
        return await self._client._call(function, {"instanceID": self.instance_id, **arguments})

    async def _start(self, function: Function[T], arguments: Mapping[str, object]) -> AsyncJob[T]:
        return await self._client._start(function, {"instanceID": self.instance_id, **arguments})


def checked_id(instance_id: object) -> str:
    """The id of an instance, if it can be one.

    Raises:
        ArgumentError: It is empty or no text.
    """
    if not isinstance(instance_id, str) or not instance_id:
        raise ArgumentError(f"instance_id cannot be {instance_id!r:.200}; expected the id of an instance, as get_instances() tells it")
    return instance_id
