"""Every model and enum by name; a group's module is loaded when one of its names is first used.

Generated from spec/types/; change the catalogue and run ``make generate``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import JsonValue

    from mailstore_sdk._generated.models.instances import (
        InstanceConfiguration,
        InstanceInfo,
        InstanceStartMode,
        InstanceStatus,
    )
    from mailstore_sdk._generated.models.profiles import WorkerResult, WorkerResultStatus
    from mailstore_sdk._generated.models.stores import Store, StoreState
    from mailstore_sdk._generated.models.system import (
        EnvironmentInfo,
        ServerCertificate,
        ServerInfo,
        ServerType,
        ServiceMessage,
        ServiceMessageType,
        ServiceStatus,
        SystemProperties,
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

__all__ = [
    "EnvironmentInfo",
    "FolderPrivilege",
    "FolderPrivileges",
    "InstanceConfiguration",
    "InstanceInfo",
    "InstanceStartMode",
    "InstanceStatus",
    "JsonValue",
    "LoginPrivilege",
    "MFAStatus",
    "ServerCertificate",
    "ServerInfo",
    "ServerType",
    "ServiceMessage",
    "ServiceMessageType",
    "ServiceStatus",
    "Store",
    "StoreState",
    "SystemProperties",
    "User",
    "UserAuthentication",
    "UserInfo",
    "UserPrivilege",
    "WorkerResult",
    "WorkerResultStatus",
]

_MODULES = {
    "JsonValue": "pydantic",
    "EnvironmentInfo": "mailstore_sdk._generated.models.system",
    "FolderPrivilege": "mailstore_sdk._generated.models.users",
    "FolderPrivileges": "mailstore_sdk._generated.models.users",
    "InstanceConfiguration": "mailstore_sdk._generated.models.instances",
    "InstanceInfo": "mailstore_sdk._generated.models.instances",
    "InstanceStartMode": "mailstore_sdk._generated.models.instances",
    "InstanceStatus": "mailstore_sdk._generated.models.instances",
    "LoginPrivilege": "mailstore_sdk._generated.models.users",
    "MFAStatus": "mailstore_sdk._generated.models.users",
    "ServerCertificate": "mailstore_sdk._generated.models.system",
    "ServerInfo": "mailstore_sdk._generated.models.system",
    "ServerType": "mailstore_sdk._generated.models.system",
    "ServiceMessage": "mailstore_sdk._generated.models.system",
    "ServiceMessageType": "mailstore_sdk._generated.models.system",
    "ServiceStatus": "mailstore_sdk._generated.models.system",
    "Store": "mailstore_sdk._generated.models.stores",
    "StoreState": "mailstore_sdk._generated.models.stores",
    "SystemProperties": "mailstore_sdk._generated.models.system",
    "User": "mailstore_sdk._generated.models.users",
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
