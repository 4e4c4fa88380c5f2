"""The async client and its instance, with every function of the catalogue.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.aio.administrators import ServerAdministrators
from mailstore_sdk._generated.aio.client_access_servers import ServerClientAccessServers
from mailstore_sdk._generated.aio.compliance import InstanceCompliance
from mailstore_sdk._generated.aio.credentials import InstanceCredentials
from mailstore_sdk._generated.aio.directory_services import InstanceDirectoryServices
from mailstore_sdk._generated.aio.folders import InstanceFolders
from mailstore_sdk._generated.aio.instance_hosts import ServerInstanceHosts
from mailstore_sdk._generated.aio.instances import InstanceInstances, ServerInstances
from mailstore_sdk._generated.aio.jobs import InstanceJobs
from mailstore_sdk._generated.aio.messages import InstanceMessages
from mailstore_sdk._generated.aio.profiles import InstanceProfiles
from mailstore_sdk._generated.aio.provider_access import InstanceProviderAccess
from mailstore_sdk._generated.aio.search_indexes import InstanceSearchIndexes
from mailstore_sdk._generated.aio.smtp import InstanceSmtp, ServerSmtp
from mailstore_sdk._generated.aio.stores import InstanceStores, ServerStores
from mailstore_sdk._generated.aio.system import InstanceSystem, ServerSystem
from mailstore_sdk._generated.aio.users import InstanceUsers
from mailstore_sdk._generated.functions import FUNCTIONS, GET_METADATA
from mailstore_sdk.aio import AsyncClientBase, AsyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated import models as _models
    from mailstore_sdk._generated.aio.raw import RawInstance, RawServer


class ServerFunctions(
    ServerAdministrators,
    ServerClientAccessServers,
    ServerInstanceHosts,
    ServerInstances,
    ServerSmtp,
    ServerStores,
    ServerSystem,
):
    """Every function of the whole installation."""


class InstanceFunctions(
    InstanceCompliance,
    InstanceCredentials,
    InstanceDirectoryServices,
    InstanceFolders,
    InstanceInstances,
    InstanceJobs,
    InstanceMessages,
    InstanceProfiles,
    InstanceProviderAccess,
    InstanceSearchIndexes,
    InstanceSmtp,
    InstanceStores,
    InstanceSystem,
    InstanceUsers,
):
    """Every function of one instance; ``instanceID`` is bound."""


class AsyncSPEClient(AsyncClientBase, ServerFunctions):
    """Async client for the Management API of one SPE installation.

    It has every function of the whole installation; `instance` has those of one instance.
    The tasks of one event loop may share a client. Close it, or use it in a ``with`` block.
    """

    _functions = FUNCTIONS

    @property
    def raw(self) -> RawServer:
        """The same methods, returning whole replies: ``spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawServer

        return RawServer(self._recorded)

    def instance(self, instance_id: str) -> AsyncInstance:
        """Return the functions of one instance. This sends no request, so an unknown id fails at the first call."""
        return AsyncInstance(self, instance_id)

    async def get_metadata(self) -> list[_models.FunctionMetadata]:
        """Return the server's own list of its functions. Wire name: get-metadata."""
        return await self._get_metadata(GET_METADATA)


class AsyncInstance(AsyncInstanceBase, InstanceFunctions):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    @property
    def raw(self) -> RawInstance:
        """The same methods, returning whole replies: ``archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawInstance

        return RawInstance(self._recorded)
