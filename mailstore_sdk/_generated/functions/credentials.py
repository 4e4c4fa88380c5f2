"""Stored credentials: what the runtime knows of each function.

Generated from spec/functions/credentials.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_CREDENTIAL: Function[models.JsonValue] = Function(
    "CreateCredential",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("type", "string", required=True, enum=lambda: models.CredentialType),
        Argument("description", "string", required=True),
        Argument("tenantId", "string"),
        Argument("applicationId", "string"),
    ),
    since="25.3",
)
DELETE_CREDENTIAL: Function[None] = Function(
    "DeleteCredential",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
GET_CREDENTIALS: Function[list[models.Credential]] = Function(
    "GetCredentials",
    Effect.READ,
    result=lambda: list[models.Credential],
    arguments=(Argument("instanceID", "string", required=True),),
    since="24.4",
)
GET_CREDENTIAL_SETTINGS: Function[models.JsonValue] = Function(
    "GetCredentialSettings",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
SET_CREDENTIAL_SETTINGS: Function[None] = Function(
    "SetCredentialSettings",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="25.3",
)
