"""Archive stores: synchronous methods.

Generated from spec/functions/stores.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import stores as functions
from mailstore_sdk.client import SyncClientBase, SyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.literals import StoreStateValue
    from mailstore_sdk._generated.models import JsonValue, Store, StoreState
    from mailstore_sdk.jobs import Job


class ServerStores(SyncClientBase):
    """Archive stores: functions of the whole installation."""

    def transfer_stores(self) -> Job[JsonValue]:
        """Transfer archive stores; what moves where is not documented.

        Read the arguments from the server's get-metadata before any use.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: TransferStores (mutating). Evidence: unknown, result unknown.
        """
        return self._start(functions.TRANSFER_STORES, {})


class InstanceStores(SyncInstanceBase):
    """Archive stores: functions of one instance."""

    def attach_store(
        self,
        name: str,
        database_path: str,
        *,
        content_path: str | None = None,
        index_path: str | None = None,
        requested_state: StoreState | StoreStateValue | None = None,
    ) -> Job[JsonValue]:
        """Attach an existing archive store.

        Args:
            name: Name of the store.
            database_path: Folder of the database on the instance host; the other two are derived from it unless given.
                Since 22.4.
            content_path: Folder of the messages on the instance host. Since 22.4.
            index_path: Folder of the full-text indexes on the instance host. Since 22.4.
            requested_state: The requested state of the store. Known values: current, normal, writeProtected, disabled.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: AttachStore (mutating). Evidence: documented, result unknown.
        """
        return self._client._start(
            functions.ATTACH_STORE,
            {
                "instanceID": self.instance_id,
                "name": name,
                "databasePath": database_path,
                "contentPath": content_path,
                "indexPath": index_path,
                "requestedState": requested_state,
            },
        )

    def compact_store(self, id: int) -> Job[None]:
        """Compact an archive store.

        The log shows the progress. Messages that were deleted before can presumably no longer be brought back by
        RecoverStore.

        Args:
            id: Number of the archive store.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CompactStore (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.COMPACT_STORE, {"instanceID": self.instance_id, "id": id})

    def create_store(
        self,
        name: str,
        database_path: str,
        *,
        content_path: str | None = None,
        index_path: str | None = None,
        requested_state: StoreState | StoreStateValue | None = None,
    ) -> Job[JsonValue]:
        """Create an archive store and attach it.

        Args:
            name: Name of the store.
            database_path: Folder of the database on the instance host; the other two are derived from it unless given.
                Since 22.4.
            content_path: Folder of the messages on the instance host. Since 22.4.
            index_path: Folder of the full-text indexes on the instance host. Since 22.4.
            requested_state: The requested state of the store. Known values: current, normal, writeProtected, disabled.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateStore (mutating). Evidence: documented, result unknown.
        """
        return self._client._start(
            functions.CREATE_STORE,
            {
                "instanceID": self.instance_id,
                "name": name,
                "databasePath": database_path,
                "contentPath": content_path,
                "indexPath": index_path,
                "requestedState": requested_state,
            },
        )

    def detach_store(self, id: int) -> None:
        """Detach an archive store from its instance.

        Its messages are not accessible until AttachStore attaches it again; save its paths first.

        Args:
            id: Number of the archive store.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DetachStore (mutating). Evidence: documented, result inferred.
        """
        return self._client._call(functions.DETACH_STORE, {"instanceID": self.instance_id, "id": id})

    def get_store_auto_create_configuration(self) -> JsonValue:
        """Read when the server creates archive stores automatically.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetStoreAutoCreateConfiguration (read). Evidence: documented, result unknown.
        """
        return self._client._call(functions.GET_STORE_AUTO_CREATE_CONFIGURATION, {"instanceID": self.instance_id})

    def get_stores(self, *, include_size: bool | None = None) -> list[Store]:
        """List the archive stores of an instance.

        Args:
            include_size: Also measure the size of the stores, which takes long on slow storage; the server's own
                default is not known. Since 12.0.

        Returns:
            list[Store]: One archive store of an instance each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetStores (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(functions.GET_STORES, {"instanceID": self.instance_id, "includeSize": include_size})

    def maintain_file_system_databases(self) -> Job[None]:
        """Rebuild all databases of an instance by backing them up and restoring them.

        It is meant for Firebird databases. The log shows the progress.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: MaintainFileSystemDatabases (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.MAINTAIN_FILE_SYSTEM_DATABASES, {"instanceID": self.instance_id})

    def merge_store(self, id: int, source_id: int) -> Job[None]:
        """Merge one archive store into another.

        Nothing is deleted, but no function can split the target store again. The source store stays unchanged and
        should be detached afterwards.

        Args:
            id: Number of the target store.
            source_id: Number of the source store.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: MergeStore (destructive). Evidence: documented, result inferred.
        """
        return self._client._start(
            functions.MERGE_STORE, {"instanceID": self.instance_id, "id": id, "sourceId": source_id}
        )

    def recover_store(
        self, id: int, *, encryption_key: str | None = None, recover_deleted_messages: bool | None = None
    ) -> Job[JsonValue]:
        """Rebuild the broken database of an archive store from its recovery records.

        The store must be disabled or in error, and upgraded already. Deleted messages come back only while the records
        still hold them: compaction drops them, also the automatic one at 8 MiB.

        Args:
            id: Number of the archive store.
            encryption_key: Key of the store; needed if there is no key file.
            recover_deleted_messages: Also recover deleted messages.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RecoverStore (mutating). Evidence: documented, result unknown.
        """
        arguments: Arguments = {
            "instanceID": self.instance_id,
            "id": id,
            "encryptionKey": encryption_key,
            "recoverDeletedMessages": recover_deleted_messages,
        }
        del encryption_key  # Tracebacks that show variables must not show secrets.
        return self._client._start(functions.RECOVER_STORE, arguments)

    def recreate_recovery_records(self, id: int) -> Job[None]:
        """Rewrite the recovery records of an archive store.

        Args:
            id: Number of the archive store.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RecreateRecoveryRecords (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.RECREATE_RECOVERY_RECORDS, {"instanceID": self.instance_id, "id": id})

    def refresh_all_store_statistics(self) -> Job[None]:
        """Recalculate message counts and sizes of all archive stores of an instance.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RefreshAllStoreStatistics (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.REFRESH_ALL_STORE_STATISTICS, {"instanceID": self.instance_id})

    def rename_store(self, id: int, name: str) -> None:
        """Rename an archive store.

        Args:
            id: Number of the archive store.
            name: New name of the store.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RenameStore (mutating). Evidence: documented, result inferred.
        """
        return self._client._call(functions.RENAME_STORE, {"instanceID": self.instance_id, "id": id, "name": name})

    def repair_store_database(self, id: int) -> Job[None]:
        """Rebuild the internal indexes of the database of an archive store.

        It is meant for Firebird databases.

        Args:
            id: Number of the archive store.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RepairStoreDatabase (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.REPAIR_STORE_DATABASE, {"instanceID": self.instance_id, "id": id})

    def retry_open_stores(self) -> Job[None]:
        """Retry opening the archive stores that could not be opened.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RetryOpenStores (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.RETRY_OPEN_STORES, {"instanceID": self.instance_id})

    def set_store_auto_create_configuration(self, config: JsonValue) -> None:
        """Set when the server creates archive stores automatically.

        Read the settings with GetStoreAutoCreateConfiguration, change them and send all of them back; their fields are
        not documented.

        Args:
            config: The complete settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetStoreAutoCreateConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._client._call(functions.SET_STORE_AUTO_CREATE_CONFIGURATION, arguments)

    def set_store_path(self, id: int, path: str) -> None:
        """Change the folder where the server looks for an archive store.

        Args:
            id: Number of the archive store.
            path: Folder of the store on the instance host.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetStorePath (idempotent). Evidence: documented, result inferred.
        """
        return self._client._call(functions.SET_STORE_PATH, {"instanceID": self.instance_id, "id": id, "path": path})

    def set_store_requested_state(self, id: int, requested_state: StoreState | StoreStateValue) -> None:
        """Set the requested state of an archive store.

        Args:
            id: Number of the archive store.
            requested_state: The requested state. Known values: current, normal, writeProtected, disabled.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetStoreRequestedState (idempotent). Evidence: documented, result inferred.
        """
        return self._client._call(
            functions.SET_STORE_REQUESTED_STATE,
            {"instanceID": self.instance_id, "id": id, "requestedState": requested_state},
        )

    def unlock_store(self, id: int, passphrase: str) -> None:
        """Unlock an archive store that comes from another installation.

        Args:
            id: Number of the archive store.
            passphrase: Product key or recovery key of that installation.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: UnlockStore (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "id": id, "passphrase": passphrase}
        del passphrase  # Tracebacks that show variables must not show secrets.
        return self._client._call(functions.UNLOCK_STORE, arguments)

    def upgrade_store(self, id: int) -> Job[None]:
        """Upgrade an archive store to the current format.

        needsUpgrade of GetStores shows which stores are of an older format. The log shows the progress.

        Args:
            id: Number of the archive store.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: UpgradeStore (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.UPGRADE_STORE, {"instanceID": self.instance_id, "id": id})

    def upgrade_stores(self) -> Job[None]:
        """Upgrade all archive stores of an instance that need it.

        The log shows the progress.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: UpgradeStores (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(functions.UPGRADE_STORES, {"instanceID": self.instance_id})

    def verify_store(self, id: int, *, include_indexes: bool = True) -> Job[None]:
        """Check one archive store for missing or damaged messages.

        The log shows what is checked and what is found; the result is empty.

        Args:
            id: Number of the archive store.
            include_indexes: Also check the full-text indexes. Since 12.0.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: VerifyStore (idempotent). Evidence: documented, result printed-sample.
        """
        return self._client._start(
            functions.VERIFY_STORE, {"instanceID": self.instance_id, "id": id, "includeIndexes": include_indexes}
        )

    def verify_stores(self, *, include_indexes: bool = True) -> Job[None]:
        """Check the consistency of all archive stores of an instance.

        The log shows what is checked and what is found; the result is assumed to be empty.

        Args:
            include_indexes: Also check the full-text indexes.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: VerifyStores (idempotent). Evidence: documented, result inferred.
        """
        return self._client._start(
            functions.VERIFY_STORES, {"instanceID": self.instance_id, "includeIndexes": include_indexes}
        )
