"""Service provider access: what the runtime knows of each function.

Generated from spec/functions/provider_access.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_CLIENT_ONE_TIME_URL_FOR_ARCHIVE_ADMIN: Function[models.SecretText] = Function(
    "CreateClientOneTimeUrlForArchiveAdmin",
    Effect.MUTATING,
    result=lambda: models.SecretText,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("instanceUrl", "string"),
    ),
    since="9.0",
)
GET_ARCHIVE_ADMIN_ENABLED: Function[bool] = Function(
    "GetArchiveAdminEnabled",
    Effect.READ,
    result=lambda: bool,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_ARCHIVE_ADMIN_ENABLED: Function[None] = Function(
    "SetArchiveAdminEnabled",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("enabled", "boolean", required=True),
    ),
    since="9.0",
)
