"""Instances: what the runtime knows of each function.

Generated from spec/functions/instances.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_INSTANCE: Function[models.JsonValue] = Function(
    "CreateInstance",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.InstanceConfiguration),),
    long_running=True,
    since="9.0",
)
DELETE_INSTANCES: Function[None] = Function(
    "DeleteInstances",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
FREEZE_INSTANCES: Function[models.JsonValue] = Function(
    "FreezeInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
GET_INSTANCE_CONFIGURATION: Function[models.InstanceConfiguration] = Function(
    "GetInstanceConfiguration",
    Effect.READ,
    result=lambda: models.InstanceConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_INSTANCE_PROCESS_LIVE_STATISTICS: Function[models.InstanceProcessLiveStatistics] = Function(
    "GetInstanceProcessLiveStatistics",
    Effect.READ,
    result=lambda: models.InstanceProcessLiveStatistics,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_INSTANCES: Function[list[models.InstanceInfo]] = Function(
    "GetInstances",
    Effect.READ,
    result=lambda: list[models.InstanceInfo],
    arguments=(Argument("instanceFilter", "string", required=True, default="*"),),
    since="9.0",
)
GET_INSTANCE_STATISTICS: Function[models.InstanceStatistics] = Function(
    "GetInstanceStatistics",
    Effect.READ,
    result=lambda: models.InstanceStatistics,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
RESTART_INSTANCES: Function[models.JsonValue] = Function(
    "RestartInstances",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
SET_INSTANCE_CONFIGURATION: Function[None] = Function(
    "SetInstanceConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.InstanceConfiguration),),
    since="9.0",
)
START_INSTANCES: Function[models.JsonValue] = Function(
    "StartInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
STOP_INSTANCES: Function[models.JsonValue] = Function(
    "StopInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
THAW_INSTANCES: Function[models.JsonValue] = Function(
    "ThawInstances",
    Effect.IDEMPOTENT,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceFilter", "string", required=True),),
    long_running=True,
    since="9.0",
)
