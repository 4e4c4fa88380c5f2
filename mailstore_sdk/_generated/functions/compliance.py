"""Compliance and retention: what the runtime knows of each function.

Generated from spec/functions/compliance.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

GET_COMPLIANCE_CONFIGURATION: Function[models.ComplianceConfiguration] = Function(
    "GetComplianceConfiguration",
    Effect.READ,
    result=lambda: models.ComplianceConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_RETENTION_POLICIES: Function[list[models.RetentionPolicy]] = Function(
    "GetRetentionPolicies",
    Effect.READ,
    result=lambda: list[models.RetentionPolicy],
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
PROCESS_RETENTION_POLICIES: Function[models.JsonValue] = Function(
    "ProcessRetentionPolicies",
    Effect.DESTRUCTIVE,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="12.0",
)
SET_COMPLIANCE_CONFIGURATION: Function[None] = Function(
    "SetComplianceConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True, shape=lambda: models.ComplianceConfiguration),
    ),
    since="9.0",
)
SET_RETENTION_POLICIES: Function[None] = Function(
    "SetRetentionPolicies",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True, shape=lambda: list[models.RetentionPolicy]),
    ),
    since="12.0",
)
