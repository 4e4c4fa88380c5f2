"""All methods with the interface of the vendor's first wrapper, put together from the groups.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from mailstore_sdk._generated.compat.spe.administrators import AdministratorsMethods
from mailstore_sdk._generated.compat.spe.client_access_servers import ClientAccessServersMethods
from mailstore_sdk._generated.compat.spe.compliance import ComplianceMethods
from mailstore_sdk._generated.compat.spe.credentials import CredentialsMethods
from mailstore_sdk._generated.compat.spe.directory_services import DirectoryServicesMethods
from mailstore_sdk._generated.compat.spe.folders import FoldersMethods
from mailstore_sdk._generated.compat.spe.instance_hosts import InstanceHostsMethods
from mailstore_sdk._generated.compat.spe.instances import InstancesMethods
from mailstore_sdk._generated.compat.spe.jobs import JobsMethods
from mailstore_sdk._generated.compat.spe.messages import MessagesMethods
from mailstore_sdk._generated.compat.spe.profiles import ProfilesMethods
from mailstore_sdk._generated.compat.spe.provider_access import ProviderAccessMethods
from mailstore_sdk._generated.compat.spe.search_indexes import SearchIndexesMethods
from mailstore_sdk._generated.compat.spe.smtp import SmtpMethods
from mailstore_sdk._generated.compat.spe.stores import StoresMethods
from mailstore_sdk._generated.compat.spe.system import SystemMethods
from mailstore_sdk._generated.compat.spe.users import UsersMethods


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
