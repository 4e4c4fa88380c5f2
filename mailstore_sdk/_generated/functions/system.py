"""Management server: what the runtime knows of each function.

Generated from spec/functions/system.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_LICENSE_REQUEST: Function[models.LicenseRequest] = Function(
    "CreateLicenseRequest",
    Effect.READ,
    result=lambda: models.LicenseRequest,
    since="9.0",
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
GET_TIME_ZONES: Function[list[models.TimeZone]] = Function(
    "GetTimeZones",
    Effect.READ,
    result=lambda: list[models.TimeZone],
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
PAIR_WITH_MANAGEMENT_SERVER: Function[None] = Function(
    "PairWithManagementServer",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("serverType", "string", required=True),
        Argument("serverName", "string", required=True),
        Argument("port", "integer", required=True),
        Argument("thumbprint", "string", required=True),
    ),
    since="9.0",
)
PING: Function[None] = Function(
    "Ping",
    Effect.READ,
    result=lambda: None,
    since="9.0",
)
RELOAD_BRANDING: Function[None] = Function(
    "ReloadBranding",
    Effect.IDEMPOTENT,
    result=lambda: None,
    since="12.0",
)
SEND_STATUS_REPORT: Function[models.JsonValue] = Function(
    "SendStatusReport",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("timespan", "string", required=True, enum=lambda: models.ReportTimespan),
        Argument("timeZoneId", "string", required=True),
        Argument("recipients", "list", required=True),
    ),
    since="12.0",
)
