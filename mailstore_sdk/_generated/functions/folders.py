"""Folders: what the runtime knows of each function.

Generated from spec/functions/folders.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

DELETE_EMPTY_FOLDERS: Function[models.JsonValue] = Function(
    "DeleteEmptyFolders",
    Effect.DESTRUCTIVE,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string"),
    ),
    long_running=True,
    since="9.0",
)
GET_CHILD_FOLDERS: Function[models.JsonValue] = Function(
    "GetChildFolders",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("folder", "string"),
        Argument("maxLevels", "integer"),
    ),
    since="9.0",
)
GET_FOLDER_STATISTICS: Function[list[models.FolderStatistic]] = Function(
    "GetFolderStatistics",
    Effect.READ,
    result=lambda: list[models.FolderStatistic],
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
MOVE_FOLDER: Function[None] = Function(
    "MoveFolder",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("fromFolder", "string", required=True),
        Argument("toFolder", "string", required=True),
    ),
    since="9.0",
)
