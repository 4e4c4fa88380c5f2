"""All asynchronous methods, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

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
