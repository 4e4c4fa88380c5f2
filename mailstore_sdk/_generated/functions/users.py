"""Users: what the runtime knows of each function.

Generated from spec/functions/users.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CLEAR_USER_PRIVILEGES_ON_FOLDERS: Function[None] = Function(
    "ClearUserPrivilegesOnFolders",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="9.0",
)
CREATE_USER: Function[None] = Function(
    "CreateUser",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.UserPrivilege),
        Argument("fullName", "string"),
        Argument("distinguishedName", "string"),
        Argument("authentication", "string", enum=lambda: models.UserAuthentication),
        Argument("password", "string", secret=True),
        Argument("loginPrivileges", "list", since="24.4", enum=lambda: models.LoginPrivilege),
    ),
    since="9.0",
)
DELETE_APP_PASSWORDS: Function[None] = Function(
    "DeleteAppPasswords",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
DELETE_USER: Function[None] = Function(
    "DeleteUser",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="9.0",
)
DISABLE_MFA: Function[None] = Function(
    "DisableMFA",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
GET_USER_INFO: Function[models.UserInfo] = Function(
    "GetUserInfo",
    Effect.READ,
    result=lambda: models.UserInfo,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="8.5",
)
GET_USERS: Function[list[models.User]] = Function(
    "GetUsers",
    Effect.READ,
    result=lambda: list[models.User],
    arguments=(Argument("instanceID", "string", required=True),),
    since="8.5",
)
INITIALIZE_MFA: Function[models.JsonValue] = Function(
    "InitializeMFA",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
    ),
    since="24.4",
)
RENAME_USER: Function[None] = Function(
    "RenameUser",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("oldUserName", "string", required=True),
        Argument("newUserName", "string", required=True),
    ),
    since="9.0",
)
SET_USER_AUTHENTICATION: Function[None] = Function(
    "SetUserAuthentication",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("authentication", "string", required=True, enum=lambda: models.UserAuthentication),
    ),
    since="9.0",
)
SET_USER_DISTINGUISHED_NAME: Function[None] = Function(
    "SetUserDistinguishedName",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("distinguishedName", "string"),
    ),
    since="9.0",
)
SET_USER_EMAIL_ADDRESSES: Function[None] = Function(
    "SetUserEmailAddresses",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("emailAddresses", "list"),
    ),
    since="9.0",
)
SET_USER_FULL_NAME: Function[None] = Function(
    "SetUserFullName",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("fullName", "string"),
    ),
    since="9.0",
)
SET_USER_LOGIN_PRIVILEGES: Function[None] = Function(
    "SetUserLoginPrivileges",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("loginPrivileges", "list", required=True, enum=lambda: models.LoginPrivilege),
    ),
    since="24.4",
)
SET_USER_PASSWORD: Function[None] = Function(
    "SetUserPassword",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
SET_USER_POP3_USER_NAMES: Function[None] = Function(
    "SetUserPop3UserNames",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("pop3UserNames", "list"),
    ),
    since="9.0",
)
SET_USER_PRIVILEGES: Function[None] = Function(
    "SetUserPrivileges",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.UserPrivilege),
    ),
    since="9.0",
)
SET_USER_PRIVILEGES_ON_ALL_FOLDERS: Function[None] = Function(
    "SetUserPrivilegesOnAllFolders",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.FolderPrivilege),
    ),
    since="25.3",
)
SET_USER_PRIVILEGES_ON_FOLDER: Function[None] = Function(
    "SetUserPrivilegesOnFolder",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("userName", "string", required=True),
        Argument("folder", "string", required=True),
        Argument("privileges", "list", required=True, enum=lambda: models.FolderPrivilege),
    ),
    since="9.0",
)
