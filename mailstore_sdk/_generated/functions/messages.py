"""Messages: what the runtime knows of each function.

Generated from spec/functions/messages.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

DELETE_MESSAGE: Function[None] = Function(
    "DeleteMessage",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "string", required=True),
    ),
    since="9.0",
    until="9.0",
)
GET_MESSAGES: Function[models.JsonValue] = Function(
    "GetMessages",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string", required=True),
    ),
    since="9.0",
    until="9.0",
)
