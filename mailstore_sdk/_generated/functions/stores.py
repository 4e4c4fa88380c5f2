"""Archive stores: what the runtime knows of each function.

Generated from spec/functions/stores.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from mailstore_sdk._generated import models
from mailstore_sdk.runtime.function import Argument, Effect, Function

ATTACH_STORE: Function[models.JsonValue] = Function(
    "AttachStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("path", "string", required=True, until="12.0"),
        Argument("databasePath", "string", required=True, since="22.4"),
        Argument("contentPath", "string", since="22.4"),
        Argument("indexPath", "string", since="22.4"),
        Argument("requestedState", "string", enum=lambda: models.StoreState),
    ),
    long_running=True,
    since="9.0",
)
COMPACT_STORE: Function[None] = Function(
    "CompactStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
CREATE_STORE: Function[models.JsonValue] = Function(
    "CreateStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("name", "string", required=True),
        Argument("path", "string", required=True, until="12.0"),
        Argument("databasePath", "string", required=True, since="22.4"),
        Argument("contentPath", "string", since="22.4"),
        Argument("indexPath", "string", since="22.4"),
        Argument("requestedState", "string", enum=lambda: models.StoreState),
    ),
    long_running=True,
    since="9.0",
)
DETACH_STORE: Function[None] = Function(
    "DetachStore",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    since="9.0",
)
GET_STORE_AUTO_CREATE_CONFIGURATION: Function[models.JsonValue] = Function(
    "GetStoreAutoCreateConfiguration",
    Effect.READ,
    result=lambda: models.JsonValue,
    arguments=(Argument("instanceID", "string", required=True),),
    since="9.0",
)
GET_STORES: Function[list[models.Store]] = Function(
    "GetStores",
    Effect.READ,
    result=lambda: list[models.Store],
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("includeSize", "boolean", since="12.0"),
    ),
    since="9.0",
)
MAINTAIN_FILE_SYSTEM_DATABASES: Function[None] = Function(
    "MaintainFileSystemDatabases",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
MERGE_STORE: Function[None] = Function(
    "MergeStore",
    Effect.DESTRUCTIVE,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("sourceId", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
RECOVER_STORE: Function[models.JsonValue] = Function(
    "RecoverStore",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("encryptionKey", "string", secret=True),
        Argument("recoverDeletedMessages", "boolean"),
    ),
    long_running=True,
    since="12.0",
)
RECREATE_RECOVERY_RECORDS: Function[None] = Function(
    "RecreateRecoveryRecords",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="12.0",
)
REFRESH_ALL_STORE_STATISTICS: Function[None] = Function(
    "RefreshAllStoreStatistics",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
RENAME_STORE: Function[None] = Function(
    "RenameStore",
    Effect.MUTATING,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("name", "string", required=True),
    ),
    since="9.0",
)
REPAIR_STORE_DATABASE: Function[None] = Function(
    "RepairStoreDatabase",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="12.0",
)
RETRY_OPEN_STORES: Function[None] = Function(
    "RetryOpenStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="9.0",
)
SET_STORE_AUTO_CREATE_CONFIGURATION: Function[None] = Function(
    "SetStoreAutoCreateConfiguration",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("config", "json", required=True),
    ),
    since="9.0",
)
SET_STORE_PATH: Function[None] = Function(
    "SetStorePath",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("path", "string", required=True),
    ),
    since="9.0",
)
SET_STORE_REQUESTED_STATE: Function[None] = Function(
    "SetStoreRequestedState",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("requestedState", "string", required=True, enum=lambda: models.StoreState),
    ),
    since="9.0",
)
TRANSFER_STORES: Function[models.JsonValue] = Function(
    "TransferStores",
    Effect.MUTATING,
    result=lambda: models.JsonValue,
    long_running=True,
    since="25.3",
)
UNLOCK_STORE: Function[None] = Function(
    "UnlockStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("passphrase", "string", required=True, secret=True),
    ),
    since="12.0",
)
UPGRADE_STORE: Function[None] = Function(
    "UpgradeStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
    ),
    long_running=True,
    since="9.0",
)
UPGRADE_STORES: Function[None] = Function(
    "UpgradeStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(Argument("instanceID", "string", required=True),),
    long_running=True,
    since="24.4",
)
VERIFY_STORE: Function[None] = Function(
    "VerifyStore",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("id", "integer", required=True),
        Argument("includeIndexes", "boolean", required=True, default=True, since="12.0"),
    ),
    long_running=True,
    since="8.5",
)
VERIFY_STORES: Function[None] = Function(
    "VerifyStores",
    Effect.IDEMPOTENT,
    result=lambda: None,
    arguments=(
        Argument("instanceID", "string", required=True),
        Argument("includeIndexes", "boolean", required=True, default=True),
    ),
    long_running=True,
    since="12.0",
)
