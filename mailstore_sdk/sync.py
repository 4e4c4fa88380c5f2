"""The client for code that waits: every function of the catalogue, and what all clients have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import sync
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.client import SyncClientBase
from mailstore_sdk.history import History
from mailstore_sdk.instance import SyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.sync.raw import RawInstance, RawServer


class SPEClient(SyncClientBase, sync.ServerFunctions):
    """The Management API of one SPE installation, for code that waits.

    Holds every function of the whole installation; `instance` holds those of one instance. Threads may share a client.
    Close it, or use it in a ``with`` block.
    """

    _functions = FUNCTIONS

    @property
    def raw(self) -> RawServer:
        """The same methods, giving whole replies: ``spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.sync.raw import RawServer

        return RawServer(self._recorded)

    def instance(self, instance_id: str) -> Instance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return Instance(self, instance_id)


class Instance(SyncInstanceBase, History):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    @property
    def raw(self) -> RawInstance:
        """The same methods, giving whole replies: ``archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.sync.raw import RawInstance

        return RawInstance(self._recorded)
