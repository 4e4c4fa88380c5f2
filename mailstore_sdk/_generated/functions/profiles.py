"""Profiles and their runs: what the runtime knows of each function.

Generated from spec/functions/profiles.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CAN_RUN_ARCHIVE_PROFILES: Function[bool] = Function(
    "CanRunArchiveProfiles",
    Effect.READ,
    result=lambda: bool,
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
CREATE_PROFILE: Function[models.JsonValue] = Function(
    "CreateProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("properties", "json", required=True, shape=lambda: models.Profile),
        Argument("raw", "boolean", required=True, default=True),
    ),
    since="9.0",
)
DELETE_PROFILE: Function[None] = Function(
    "DeleteProfile",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="9.0",
)
GET_PROFILES: Function[list[models.Profile]] = Function(
    "GetProfiles",
    Effect.READ,
    result=lambda: list[models.Profile],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("raw", "boolean", required=True, default=True),
    ),
    since="9.0",
)
GET_WORKER_RESULT_REPORT: Function[models.JsonValue] = Function(
    "GetWorkerResultReport",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="24.4",
)
GET_WORKER_RESULTS: Function[list[models.WorkerResult]] = Function(
    "GetWorkerResults",
    Effect.READ,
    result=lambda: list[models.WorkerResult],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromIncluding", "datetime", required=True),
        Argument("toExcluding", "datetime", required=True),
        Argument("timeZoneID", "string", required=True, default="$Local"),
        Argument("profileID", "integer"),
        Argument("userName", "string"),
    ),
    interval=("fromIncluding", "toExcluding"),
    since="9.0",
)
RUN_PROFILE: Function[models.JsonValue] = Function(
    "RunProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
RUN_TEMPORARY_PROFILE: Function[models.JsonValue] = Function(
    "RunTemporaryProfile",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("properties", "json", required=True, shape=lambda: models.Profile),
        Argument("raw", "boolean", required=True, default=True),
    ),
    long_running=True,
    since="9.0",
)
SET_PROFILE_SERVER_SIDE_EXECUTION: Function[None] = Function(
    "SetProfileServerSideExecution",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("automatic", "boolean", required=True),
        Argument("automaticPauseBetweenExecutions", "integer"),
        Argument("automaticMaintenanceWindows", "string"),
    ),
    since="22.4",
)
