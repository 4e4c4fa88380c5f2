"""Directory services: what the runtime knows of each function.

Generated from spec/functions/directory_services.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

GET_DIRECTORY_SERVICES_CONFIGURATION: Function[models.DirectoryServicesConfiguration] = Function(
    "GetDirectoryServicesConfiguration",
    Effect.READ,
    result=lambda: models.DirectoryServicesConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_DIRECTORY_SERVICES_CONFIGURATION: Function[None] = Function(
    "SetDirectoryServicesConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True, shape=lambda: models.DirectoryServicesConfiguration),
    ),
    since="9.0",
)
SYNC_USERS_WITH_DIRECTORY_SERVICES: Function[models.JsonValue] = Function(
    "SyncUsersWithDirectoryServices",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("dryRun", "boolean"),
    ),
    long_running=True,
    since="9.0",
)
