"""Search indexes: what the runtime knows of each function.

Generated from spec/functions/search_indexes.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

GET_INDEX_CONFIGURATION: Function[models.IndexConfiguration] = Function(
    "GetIndexConfiguration",
    Effect.READ,
    result=lambda: models.IndexConfiguration,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
REBUILD_SELECTED_STORE_INDEXES: Function[None] = Function(
    "RebuildSelectedStoreIndexes",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
SELECT_ALL_STORE_INDEXES_FOR_REBUILD: Function[None] = Function(
    "SelectAllStoreIndexesForRebuild",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
SET_INDEX_CONFIGURATION: Function[None] = Function(
    "SetIndexConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True, shape=lambda: models.IndexConfiguration),
    ),
    since="9.0",
)
