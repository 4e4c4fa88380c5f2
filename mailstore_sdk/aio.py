"""The client for code with ``await``: every function of the catalogue, and what all clients have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import aio
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.client import AsyncClientBase
from mailstore_sdk.history import AsyncHistory
from mailstore_sdk.instance import AsyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio.raw import RawInstance, RawServer


class AsyncSPEClient(AsyncClientBase, aio.ServerFunctions):
    """The Management API of one SPE installation, for code with ``await``.

    Holds every function of the whole installation; `instance` holds those of one instance. A client belongs to the
    event loop of its first call. Close it, or use it in an ``async with`` block.
    """

    _functions = FUNCTIONS

    @property
    def raw(self) -> RawServer:
        """The same methods, giving whole replies: ``await spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawServer

        return RawServer(self._recorded)

    def instance(self, instance_id: str) -> AsyncInstance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return AsyncInstance(self, instance_id)


class AsyncInstance(AsyncInstanceBase, AsyncHistory):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    @property
    def raw(self) -> RawInstance:
        """The same methods, giving whole replies: ``await archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawInstance

        return RawInstance(self._recorded)
