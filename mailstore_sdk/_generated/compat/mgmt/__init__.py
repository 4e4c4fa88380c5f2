"""All methods with the interface of the vendor's later wrapper, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from mailstore_sdk._generated.compat.mgmt.administrators import AdministratorsMethods
from mailstore_sdk._generated.compat.mgmt.client_access_servers import ClientAccessServersMethods
from mailstore_sdk._generated.compat.mgmt.compliance import ComplianceMethods
from mailstore_sdk._generated.compat.mgmt.credentials import CredentialsMethods
from mailstore_sdk._generated.compat.mgmt.directory_services import DirectoryServicesMethods
from mailstore_sdk._generated.compat.mgmt.folders import FoldersMethods
from mailstore_sdk._generated.compat.mgmt.instance_hosts import InstanceHostsMethods
from mailstore_sdk._generated.compat.mgmt.instances import InstancesMethods
from mailstore_sdk._generated.compat.mgmt.jobs import JobsMethods
from mailstore_sdk._generated.compat.mgmt.messages import MessagesMethods
from mailstore_sdk._generated.compat.mgmt.profiles import ProfilesMethods
from mailstore_sdk._generated.compat.mgmt.provider_access import ProviderAccessMethods
from mailstore_sdk._generated.compat.mgmt.search_indexes import SearchIndexesMethods
from mailstore_sdk._generated.compat.mgmt.smtp import SmtpMethods
from mailstore_sdk._generated.compat.mgmt.stores import StoresMethods
from mailstore_sdk._generated.compat.mgmt.system import SystemMethods
from mailstore_sdk._generated.compat.mgmt.users import UsersMethods


class Methods(
    AdministratorsMethods,
    ClientAccessServersMethods,
    ComplianceMethods,
    CredentialsMethods,
    DirectoryServicesMethods,
    FoldersMethods,
    InstanceHostsMethods,
    InstancesMethods,
    JobsMethods,
    MessagesMethods,
    ProfilesMethods,
    ProviderAccessMethods,
    SearchIndexesMethods,
    SmtpMethods,
    StoresMethods,
    SystemMethods,
    UsersMethods,
):
    """Every function by its name on the wire."""
