"""All synchronous methods, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from mailstore_sdk._generated.sync.instances import ServerInstances
from mailstore_sdk._generated.sync.profiles import InstanceProfiles
from mailstore_sdk._generated.sync.stores import InstanceStores
from mailstore_sdk._generated.sync.system import ServerSystem
from mailstore_sdk._generated.sync.users import InstanceUsers


class ServerFunctions(ServerInstances, ServerSystem):
    """Every function of the whole installation."""


class InstanceFunctions(InstanceProfiles, InstanceStores, InstanceUsers):
    """Every function of one instance; ``instanceID`` is bound."""
