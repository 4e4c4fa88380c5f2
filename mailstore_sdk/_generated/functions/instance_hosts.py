"""Instance hosts: what the runtime knows of each function.

Generated from spec/functions/instance_hosts.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_DIRECTORY_ON_INSTANCE_HOST: Function[None] = Function(
    "CreateDirectoryOnInstanceHost",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("serverName", "string", required=True),
        Argument("path", "string", required=True),
    ),
    since="9.0",
)
CREATE_INSTANCE_HOST: Function[None] = Function(
    "CreateInstanceHost",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.InstanceHost),),
    since="9.0",
)
DELETE_INSTANCE_HOST: Function[None] = Function(
    "DeleteInstanceHost",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("serverName", "string", required=True),),
    since="9.0",
)
GET_DIRECTORIES_ON_INSTANCE_HOST: Function[models.JsonValue] = Function(
    "GetDirectoriesOnInstanceHost",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("serverName", "string", required=True),
        Argument("path", "string"),
    ),
    since="9.0",
)
GET_INSTANCE_HOSTS: Function[list[models.InstanceHost]] = Function(
    "GetInstanceHosts",
    Effect.READ,
    result=lambda: list[models.InstanceHost],
    arguments=(Argument("serverNameFilter", "string"),),
    since="9.0",
)
SET_INSTANCE_HOST_CONFIGURATION: Function[None] = Function(
    "SetInstanceHostConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.InstanceHost),),
    since="9.0",
)
