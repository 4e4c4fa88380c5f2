"""Every model and enum by name; a group's module is loaded when one of its names is first used.

Generated from spec/types/; change the catalogue and run ``make generate``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue as JsonValue

    from mailstore_sdk._generated.models.administrators import SystemAdministrator
    from mailstore_sdk._generated.models.client_access_servers import ClientAccessServer
    from mailstore_sdk._generated.models.compliance import (
        ComplianceConfiguration,
        RetentionPeriodUnit,
        RetentionPolicy,
        RetentionReferenceDate,
        RetentionSearchCriteria,
        UserActivity,
    )
    from mailstore_sdk._generated.models.credentials import (
        Credential,
        CredentialOffice365Modern,
        CredentialOther,
        CredentialType,
        Office365ModernSettings,
    )
    from mailstore_sdk._generated.models.directory_services import (
        DirectoryServicesActiveDirectory,
        DirectoryServicesAuthenticationProtocol,
        DirectoryServicesAuthenticationType,
        DirectoryServicesConfiguration,
        DirectoryServicesOffice365OpenIDConnect,
        DirectoryServicesOther,
        DirectoryServicesProtocol,
        DirectoryServicesUserNameFormat,
    )
    from mailstore_sdk._generated.models.folders import FolderStatistic
    from mailstore_sdk._generated.models.instance_hosts import InstanceHost
    from mailstore_sdk._generated.models.instances import (
        InstanceConfiguration,
        InstanceInfo,
        InstanceProcessLiveStatistics,
        InstanceStartMode,
        InstanceStatistics,
        InstanceStatus,
    )
    from mailstore_sdk._generated.models.jobs import DayOfWeek, JobResult, JobResultStatus, JobSchedule, ScheduledJob
    from mailstore_sdk._generated.models.profiles import (
        Profile,
        ProfileConnector,
        ProfileDetails,
        ProfileServerSideExecution,
        ProfileType,
        WorkerResult,
        WorkerResultStatus,
    )
    from mailstore_sdk._generated.models.search_indexes import IndexConfiguration
    from mailstore_sdk._generated.models.smtp import SmtpSettings
    from mailstore_sdk._generated.models.stores import Store, StoreState
    from mailstore_sdk._generated.models.system import (
        ArgumentMetadata,
        EnvironmentInfo,
        FunctionMetadata,
        LicenseRequest,
        LicenseRequestInstance,
        ReportTimespan,
        ServerCertificate,
        ServerInfo,
        ServerType,
        ServiceMessage,
        ServiceMessageType,
        ServiceStatus,
        SystemProperties,
        TimeZone,
    )
    from mailstore_sdk._generated.models.users import (
        FolderPrivilege,
        FolderPrivileges,
        LoginPrivilege,
        MFAStatus,
        User,
        UserAuthentication,
        UserInfo,
        UserPrivilege,
    )
    from mailstore_sdk.runtime.model import CallDatetime as CallDatetime
    from mailstore_sdk.runtime.model import SecretText as SecretText
    from mailstore_sdk.runtime.model import UtcDatetime as UtcDatetime
    from mailstore_sdk.runtime.model import WireDatetime as WireDatetime

__all__ = [
    "ArgumentMetadata",
    "ClientAccessServer",
    "ComplianceConfiguration",
    "Credential",
    "CredentialOffice365Modern",
    "CredentialOther",
    "CredentialType",
    "DayOfWeek",
    "DirectoryServicesActiveDirectory",
    "DirectoryServicesAuthenticationProtocol",
    "DirectoryServicesAuthenticationType",
    "DirectoryServicesConfiguration",
    "DirectoryServicesOffice365OpenIDConnect",
    "DirectoryServicesOther",
    "DirectoryServicesProtocol",
    "DirectoryServicesUserNameFormat",
    "EnvironmentInfo",
    "FolderPrivilege",
    "FolderPrivileges",
    "FolderStatistic",
    "FunctionMetadata",
    "IndexConfiguration",
    "InstanceConfiguration",
    "InstanceHost",
    "InstanceInfo",
    "InstanceProcessLiveStatistics",
    "InstanceStartMode",
    "InstanceStatistics",
    "InstanceStatus",
    "JobResult",
    "JobResultStatus",
    "JobSchedule",
    "JsonValue",
    "LicenseRequest",
    "LicenseRequestInstance",
    "LoginPrivilege",
    "MFAStatus",
    "Office365ModernSettings",
    "Profile",
    "ProfileConnector",
    "ProfileDetails",
    "ProfileServerSideExecution",
    "ProfileType",
    "ReportTimespan",
    "RetentionPeriodUnit",
    "RetentionPolicy",
    "RetentionReferenceDate",
    "RetentionSearchCriteria",
    "ScheduledJob",
    "ServerCertificate",
    "ServerInfo",
    "ServerType",
    "ServiceMessage",
    "ServiceMessageType",
    "ServiceStatus",
    "SmtpSettings",
    "Store",
    "StoreState",
    "SystemAdministrator",
    "SystemProperties",
    "TimeZone",
    "User",
    "UserActivity",
    "UserAuthentication",
    "UserInfo",
    "UserPrivilege",
    "WorkerResult",
    "WorkerResultStatus",
]

_MODULES = {
    "CallDatetime": "mailstore_sdk.runtime.model",
    "JsonValue": "pydantic",
    "SecretText": "mailstore_sdk.runtime.model",
    "UtcDatetime": "mailstore_sdk.runtime.model",
    "WireDatetime": "mailstore_sdk.runtime.model",
    "ArgumentMetadata": "mailstore_sdk._generated.models.system",
    "ClientAccessServer": "mailstore_sdk._generated.models.client_access_servers",
    "ComplianceConfiguration": "mailstore_sdk._generated.models.compliance",
    "Credential": "mailstore_sdk._generated.models.credentials",
    "CredentialOffice365Modern": "mailstore_sdk._generated.models.credentials",
    "CredentialOther": "mailstore_sdk._generated.models.credentials",
    "CredentialType": "mailstore_sdk._generated.models.credentials",
    "DayOfWeek": "mailstore_sdk._generated.models.jobs",
    "DirectoryServicesActiveDirectory": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesAuthenticationProtocol": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesAuthenticationType": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesConfiguration": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesOffice365OpenIDConnect": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesOther": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesProtocol": "mailstore_sdk._generated.models.directory_services",
    "DirectoryServicesUserNameFormat": "mailstore_sdk._generated.models.directory_services",
    "EnvironmentInfo": "mailstore_sdk._generated.models.system",
    "FolderPrivilege": "mailstore_sdk._generated.models.users",
    "FolderPrivileges": "mailstore_sdk._generated.models.users",
    "FolderStatistic": "mailstore_sdk._generated.models.folders",
    "FunctionMetadata": "mailstore_sdk._generated.models.system",
    "IndexConfiguration": "mailstore_sdk._generated.models.search_indexes",
    "InstanceConfiguration": "mailstore_sdk._generated.models.instances",
    "InstanceHost": "mailstore_sdk._generated.models.instance_hosts",
    "InstanceInfo": "mailstore_sdk._generated.models.instances",
    "InstanceProcessLiveStatistics": "mailstore_sdk._generated.models.instances",
    "InstanceStartMode": "mailstore_sdk._generated.models.instances",
    "InstanceStatistics": "mailstore_sdk._generated.models.instances",
    "InstanceStatus": "mailstore_sdk._generated.models.instances",
    "JobResult": "mailstore_sdk._generated.models.jobs",
    "JobResultStatus": "mailstore_sdk._generated.models.jobs",
    "JobSchedule": "mailstore_sdk._generated.models.jobs",
    "LicenseRequest": "mailstore_sdk._generated.models.system",
    "LicenseRequestInstance": "mailstore_sdk._generated.models.system",
    "LoginPrivilege": "mailstore_sdk._generated.models.users",
    "MFAStatus": "mailstore_sdk._generated.models.users",
    "Office365ModernSettings": "mailstore_sdk._generated.models.credentials",
    "Profile": "mailstore_sdk._generated.models.profiles",
    "ProfileConnector": "mailstore_sdk._generated.models.profiles",
    "ProfileDetails": "mailstore_sdk._generated.models.profiles",
    "ProfileServerSideExecution": "mailstore_sdk._generated.models.profiles",
    "ProfileType": "mailstore_sdk._generated.models.profiles",
    "ReportTimespan": "mailstore_sdk._generated.models.system",
    "RetentionPeriodUnit": "mailstore_sdk._generated.models.compliance",
    "RetentionPolicy": "mailstore_sdk._generated.models.compliance",
    "RetentionReferenceDate": "mailstore_sdk._generated.models.compliance",
    "RetentionSearchCriteria": "mailstore_sdk._generated.models.compliance",
    "ScheduledJob": "mailstore_sdk._generated.models.jobs",
    "ServerCertificate": "mailstore_sdk._generated.models.system",
    "ServerInfo": "mailstore_sdk._generated.models.system",
    "ServerType": "mailstore_sdk._generated.models.system",
    "ServiceMessage": "mailstore_sdk._generated.models.system",
    "ServiceMessageType": "mailstore_sdk._generated.models.system",
    "ServiceStatus": "mailstore_sdk._generated.models.system",
    "SmtpSettings": "mailstore_sdk._generated.models.smtp",
    "Store": "mailstore_sdk._generated.models.stores",
    "StoreState": "mailstore_sdk._generated.models.stores",
    "SystemAdministrator": "mailstore_sdk._generated.models.administrators",
    "SystemProperties": "mailstore_sdk._generated.models.system",
    "TimeZone": "mailstore_sdk._generated.models.system",
    "User": "mailstore_sdk._generated.models.users",
    "UserActivity": "mailstore_sdk._generated.models.compliance",
    "UserAuthentication": "mailstore_sdk._generated.models.users",
    "UserInfo": "mailstore_sdk._generated.models.users",
    "UserPrivilege": "mailstore_sdk._generated.models.users",
    "WorkerResult": "mailstore_sdk._generated.models.profiles",
    "WorkerResultStatus": "mailstore_sdk._generated.models.profiles",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name]), name)
        return value
