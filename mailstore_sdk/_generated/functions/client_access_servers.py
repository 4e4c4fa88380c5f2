"""Client access servers: what the runtime knows of each function.

Generated from spec/functions/client_access_servers.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

CREATE_CLIENT_ACCESS_SERVER: Function[None] = Function(
    "CreateClientAccessServer",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.ClientAccessServer),),
    since="9.0",
)
DELETE_CLIENT_ACCESS_SERVER: Function[None] = Function(
    "DeleteClientAccessServer",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(Argument("serverName", "string", required=True),),
    since="9.0",
)
GET_CLIENT_ACCESS_SERVERS: Function[list[models.ClientAccessServer]] = Function(
    "GetClientAccessServers",
    Effect.READ,
    result=lambda: list[models.ClientAccessServer],
    arguments=(
        Argument("serverNameFilter", "string"),
        Argument("withServiceStatus", "boolean", required=True),
    ),
    since="9.0",
)
SET_CLIENT_ACCESS_SERVER_CONFIGURATION: Function[None] = Function(
    "SetClientAccessServerConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("config", "json", required=True, shape=lambda: models.ClientAccessServer),),
    since="9.0",
)
