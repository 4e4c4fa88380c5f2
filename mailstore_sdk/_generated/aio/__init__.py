"""All asynchronous methods, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from mailstore_sdk._generated.aio.instances import ServerInstances
from mailstore_sdk._generated.aio.profiles import InstanceProfiles
from mailstore_sdk._generated.aio.stores import InstanceStores
from mailstore_sdk._generated.aio.system import ServerSystem
from mailstore_sdk._generated.aio.users import InstanceUsers


class ServerFunctions(ServerInstances, ServerSystem):
    """Every function of the whole installation."""


class InstanceFunctions(InstanceProfiles, InstanceStores, InstanceUsers):
    """Every function of one instance; ``instanceID`` is bound."""
