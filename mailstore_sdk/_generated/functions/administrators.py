"""System administrators: what the runtime knows of each function.

Generated from spec/functions/administrators.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_SYSTEM_ADMINISTRATOR: Function[None] = Function(
    "CreateSystemAdministrator",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("config", "json", required=True, shape=lambda: models.SystemAdministrator),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
CREATE_SYSTEM_ADMINISTRATOR_API_PASSWORD: Function[models.SecretText] = Function(
    "CreateSystemAdministratorAPIPassword",
    Effect.MUTATING,
    result=lambda: models.SecretText,
    since="24.4",
)
DEACTIVATE_SYSTEM_ADMINISTRATOR_MFA: Function[None] = Function(
    "DeactivateSystemAdministratorMFA",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("userName", "string", required=True),),
    since="22.4",
)
DELETE_SYSTEM_ADMINISTRATOR: Function[None] = Function(
    "DeleteSystemAdministrator",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("userName", "string", required=True),),
    since="9.0",
)
GET_SYSTEM_ADMINISTRATORS: Function[list[models.SystemAdministrator]] = Function(
    "GetSystemAdministrators",
    Effect.READ,
    result=lambda: list[models.SystemAdministrator],
    since="9.0",
)
INITIALIZE_SYSTEM_ADMINISTRATOR_MFA: Function[models.JsonValue] = Function(
    "InitializeSystemAdministratorMFA",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("userName", "string", required=True),),
    since="22.4",
)
SET_SYSTEM_ADMINISTRATOR_CONFIGURATION: Function[None] = Function(
    "SetSystemAdministratorConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.SystemAdministrator),),
    since="9.0",
)
SET_SYSTEM_ADMINISTRATOR_PASSWORD: Function[None] = Function(
    "SetSystemAdministratorPassword",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("userName", "string", required=True),
        Argument("password", "string", required=True, secret=True),
    ),
    since="9.0",
)
