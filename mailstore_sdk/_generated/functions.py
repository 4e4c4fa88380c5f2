"""What the runtime knows of each function: its arguments on the wire, its effect, the type of its result.

Generated from spec/functions/; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import models
from mailstore_sdk.function import Argument, Effect, Function

if TYPE_CHECKING:
    from collections.abc import Mapping

CREATE_INSTANCE: Function[models.JsonValue] = Function(
    "CreateInstance",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("config", "json", required=True),),
    long_running=True,
    since="9.0",
)
GET_INSTANCES: Function[list[models.InstanceInfo]] = Function(
    "GetInstances",
    Effect.READ,
    result=lambda: list[models.InstanceInfo],
    arguments=(Argument("instanceFilter", "string", required=True),),
    since="9.0",
)
START_INSTANCES: Function[models.JsonValue] = Function(
    "StartInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
GET_WORKER_RESULTS: Function[list[models.WorkerResult]] = Function(
    "GetWorkerResults",
    Effect.READ,
    result=lambda: list[models.WorkerResult],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromIncluding", "datetime", required=True),
        Argument("toExcluding", "datetime", required=True),
        Argument("timeZoneID", "string", required=True),
        Argument("profileID", "integer"),
        Argument("userName", "string"),
    ),
    since="9.0",
)
GET_STORES: Function[list[models.Store]] = Function(
    "GetStores",
    Effect.READ,
    result=lambda: list[models.Store],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("includeSize", "boolean"),
    ),
    since="9.0",
)
SET_STORE_REQUESTED_STATE: Function[None] = Function(
    "SetStoreRequestedState",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("requestedState", "string", required=True, enum=lambda: models.StoreState),
    ),
    since="9.0",
)
VERIFY_STORE: Function[None] = Function(
    "VerifyStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("includeIndexes", "boolean", required=True),
    ),
    long_running=True,
    since="8.5",
)
GET_ENVIRONMENT_INFO: Function[models.EnvironmentInfo] = Function(
    "GetEnvironmentInfo",
    Effect.READ,
    result=lambda: models.EnvironmentInfo,
    since="8.5",
)
GET_SERVICE_STATUS: Function[models.ServiceStatus] = Function(
    "GetServiceStatus",
    Effect.READ,
    result=lambda: models.ServiceStatus,
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
        Argument("loginPrivileges", "list", enum=lambda: models.LoginPrivilege),
    ),
    since="9.0",
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

FUNCTIONS: Mapping[str, Function[object]] = {
    function.name: function
    for function in (
        CREATE_INSTANCE,
        CREATE_USER,
        DELETE_USER,
        GET_ENVIRONMENT_INFO,
        GET_INSTANCES,
        GET_SERVICE_STATUS,
        GET_STORES,
        GET_USER_INFO,
        GET_USERS,
        GET_WORKER_RESULTS,
        SET_STORE_REQUESTED_STATE,
        SET_USER_PASSWORD,
        START_INSTANCES,
        VERIFY_STORE,
    )
}
"""Every function by its name on the wire."""
