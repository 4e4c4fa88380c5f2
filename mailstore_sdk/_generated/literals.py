"""Known values of the enums, for arguments: a misspelt one is an error of the type checker.

Generated from spec/types/; change the catalogue and run ``make generate``.
"""

from typing import Literal, TypeAlias

CredentialTypeValue: TypeAlias = Literal["Office365_Modern", "SignedEnvelope"]
DayOfWeekValue: TypeAlias = Literal["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
DirectoryServicesAuthenticationProtocolValue: TypeAlias = Literal["networkAuthentication"]
DirectoryServicesAuthenticationTypeValue: TypeAlias = Literal["standardAuthentication"]
DirectoryServicesProtocolValue: TypeAlias = Literal["LDAP"]
DirectoryServicesUserNameFormatValue: TypeAlias = Literal["samAccountName"]
FolderPrivilegeValue: TypeAlias = Literal["none", "read", "write", "delete"]
InstanceStartModeValue: TypeAlias = Literal["automatic"]
InstanceStatusValue: TypeAlias = Literal["running"]
JobResultStatusValue: TypeAlias = Literal["succeeded", "failed", "cancelled"]
LoginPrivilegeValue: TypeAlias = Literal["none", "windows", "web", "outlook", "windowsCmd", "imap", "api"]
MFAStatusValue: TypeAlias = Literal["Disabled"]
ProfileConnectorValue: TypeAlias = Literal["IMAP"]
ProfileTypeValue: TypeAlias = Literal["I"]
ReportTimespanValue: TypeAlias = Literal["today", "yesterday", "thisweek", "lastweek", "thismonth", "lastmonth"]
RetentionPeriodUnitValue: TypeAlias = Literal["day", "month", "year"]
RetentionReferenceDateValue: TypeAlias = Literal["ArchiveDate"]
ServerTypeValue: TypeAlias = Literal["managementServer", "instanceHost", "clientAccessServer"]
ServiceMessageTypeValue: TypeAlias = Literal["information", "warning", "error"]
StoreStateValue: TypeAlias = Literal["current", "normal", "writeProtected", "disabled"]
UserActivityValue: TypeAlias = Literal[
    "ComplianceChangeSettings",
    "CredentialsAdd",
    "CredentialsChange",
    "CredentialsDelete",
    "ProfileChangeUserName",
    "RecoverStoreFinish",
    "RecoverStoreStart",
    "RetentionPoliciesMessageDelete",
    "RetentionPoliciesProcessStart",
    "RetentionPoliciesUpdate",
    "SessionLogin",
    "SessionLogout",
    "SessionUnlockWithMfaCode",
    "UserAdd",
    "UserAppPasswordAdd",
    "UserAppPasswordDelete",
    "UserDelete",
    "UserDisableMFA",
    "UserInitializeMFA",
    "UserRename",
    "UserSetArchiveAdminSetEnabled",
    "UserSetFolderAccess",
    "UserSetMappings",
    "UserSetPassword",
    "UserUpdate",
]
UserAuthenticationValue: TypeAlias = Literal["integrated", "directoryServices"]
UserPrivilegeValue: TypeAlias = Literal[
    "none",
    "admin",
    "login",
    "changePassword",
    "archive",
    "modifyArchiveProfiles",
    "export",
    "modifyExportProfiles",
    "delete",
]
WorkerResultStatusValue: TypeAlias = Literal[
    "succeeded", "completedWithWarnings", "completedWithErrors", "failed", "cancelled", "disconnected", "threadAbort"
]
