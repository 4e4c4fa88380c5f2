"""All synchronous methods, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from mailstore_sdk._generated.sync.administrators import ServerAdministrators
from mailstore_sdk._generated.sync.client_access_servers import ServerClientAccessServers
from mailstore_sdk._generated.sync.compliance import InstanceCompliance
from mailstore_sdk._generated.sync.credentials import InstanceCredentials
from mailstore_sdk._generated.sync.directory_services import InstanceDirectoryServices
from mailstore_sdk._generated.sync.folders import InstanceFolders
from mailstore_sdk._generated.sync.instance_hosts import ServerInstanceHosts
from mailstore_sdk._generated.sync.instances import InstanceInstances, ServerInstances
from mailstore_sdk._generated.sync.jobs import InstanceJobs
from mailstore_sdk._generated.sync.messages import InstanceMessages
from mailstore_sdk._generated.sync.profiles import InstanceProfiles
from mailstore_sdk._generated.sync.provider_access import InstanceProviderAccess
from mailstore_sdk._generated.sync.search_indexes import InstanceSearchIndexes
from mailstore_sdk._generated.sync.smtp import InstanceSmtp, ServerSmtp
from mailstore_sdk._generated.sync.stores import InstanceStores, ServerStores
from mailstore_sdk._generated.sync.system import InstanceSystem, ServerSystem
from mailstore_sdk._generated.sync.users import InstanceUsers


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
