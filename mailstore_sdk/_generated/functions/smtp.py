"""SMTP settings: what the runtime knows of each function.

Generated from spec/functions/smtp.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

GET_SMTP_SETTINGS: Function[models.SmtpSettings] = Function(
    "GetSmtpSettings",
    Effect.READ,
    result=lambda: models.SmtpSettings,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
GET_SYSTEM_SMTP_CONFIGURATION: Function[models.SmtpSettings] = Function(
    "GetSystemSmtpConfiguration",
    Effect.READ,
    result=lambda: models.SmtpSettings,
    since="12.0",
)
SET_SMTP_SETTINGS: Function[None] = Function(
    "SetSmtpSettings",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("settings", "json", required=True, shape=lambda: models.SmtpSettings),
    ),
    since="12.0",
)
SET_SYSTEM_SMTP_CONFIGURATION: Function[None] = Function(
    "SetSystemSmtpConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.SmtpSettings),),
    since="12.0",
)
TEST_SMTP_SETTINGS: Function[models.JsonValue] = Function(
    "TestSmtpSettings",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
TEST_SYSTEM_SMTP_CONFIGURATION: Function[models.JsonValue] = Function(
    "TestSystemSmtpConfiguration",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    since="12.0",
)
