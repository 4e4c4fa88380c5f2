"""Scheduled jobs: what the runtime knows of each function.

Generated from spec/functions/jobs.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CANCEL_JOB_ASYNC: Function[None] = Function(
    "CancelJobAsync",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
CREATE_JOB: Function[models.JsonValue] = Function(
    "CreateJob",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("action", "string", required=True),
        Argument("owner", "string", required=True),
        Argument("timeZoneId", "string", required=True),
        Argument("date", "datetime"),
        Argument("interval", "integer"),
        Argument("time", "string"),
        Argument("dayOfWeek", "string", enum=lambda: models.DayOfWeek),
        Argument("dayOfMonth", "string"),
    ),
    since="12.0",
)
DELETE_JOB: Function[None] = Function(
    "DeleteJob",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
GET_JOB_RESULTS: Function[list[models.JobResult]] = Function(
    "GetJobResults",
    Effect.READ,
    result=lambda: list[models.JobResult],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromIncluding", "datetime", required=True),
        Argument("toExcluding", "datetime", required=True),
        Argument("timeZoneId", "string", required=True, default="$Local"),
        Argument("jobId", "integer"),
    ),
    interval=("fromIncluding", "toExcluding"),
    since="12.0",
)
GET_JOBS: Function[list[models.ScheduledJob]] = Function(
    "GetJobs",
    Effect.READ,
    result=lambda: list[models.ScheduledJob],
    arguments=(Argument("instanceID", "string", required=True),),
    since="12.0",
)
RENAME_JOB: Function[None] = Function(
    "RenameJob",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("name", "string", required=True),
    ),
    since="12.0",
)
RUN_JOB_ASYNC: Function[None] = Function(
    "RunJobAsync",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="12.0",
)
SET_JOB_ENABLED: Function[None] = Function(
    "SetJobEnabled",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("enabled", "boolean", required=True),
    ),
    since="12.0",
)
SET_JOB_SCHEDULE: Function[None] = Function(
    "SetJobSchedule",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("timeZoneId", "string", required=True),
        Argument("date", "datetime"),
        Argument("interval", "integer"),
        Argument("time", "string"),
        Argument("dayOfWeek", "string", enum=lambda: models.DayOfWeek),
        Argument("dayOfMonth", "string"),
    ),
    since="12.0",
)
