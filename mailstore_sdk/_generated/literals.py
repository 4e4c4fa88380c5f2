"""Known values of the enums, for arguments: a misspelt one is an error of the type checker.

Generated from spec/types/; change the catalogue and run ``make generate``.
"""

from typing import Literal, TypeAlias

FolderPrivilegeValue: TypeAlias = Literal["none", "read", "write", "delete"]
InstanceStartModeValue: TypeAlias = Literal["automatic"]
InstanceStatusValue: TypeAlias = Literal["running"]
LoginPrivilegeValue: TypeAlias = Literal["none", "windows", "web", "outlook", "windowsCmd", "imap", "api"]
MFAStatusValue: TypeAlias = Literal["Disabled"]
ServerTypeValue: TypeAlias = Literal["managementServer", "instanceHost", "clientAccessServer"]
ServiceMessageTypeValue: TypeAlias = Literal["information", "warning", "error"]
StoreStateValue: TypeAlias = Literal["current", "normal", "writeProtected", "disabled"]
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
