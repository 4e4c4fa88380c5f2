"""Archive stores: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/stores.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import stores as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class StoresMethods(WrapperCaller):
    """Archive stores."""

    def AttachStore(
        self,
        instanceID: str,
        name: str,
        path: str,
        requestedState: str | None = None,
        autoHandleToken: bool | None = None,
        *,
        databasePath: str | None = None,
        contentPath: str | None = None,
        indexPath: str | None = None,
    ) -> dict[str, Any]:
        """Attach an archive store that exists already.

        Args:
            instanceID: Id of the instance.
            name: Name of the store.
            path: Folder of the store on the instance host. Until 12.0.
            databasePath: Folder of the database on the instance host; the other two are derived from it unless given.
                Since 22.4.
            contentPath: Folder of the messages on the instance host. Since 22.4.
            indexPath: Folder of the full-text indexes on the instance host. Since 22.4.
            requestedState: The requested state of the store. Known values: current, normal, writeProtected, disabled.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.attach_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.ATTACH_STORE,
            {
                "instanceID": instanceID,
                "name": name,
                "path": path,
                "databasePath": databasePath,
                "contentPath": contentPath,
                "indexPath": indexPath,
                "requestedState": requestedState,
            },
            auto_handle_token=autoHandleToken,
        )

    def CompactStore(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Compact an archive store.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.compact_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.COMPACT_STORE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def CreateStore(
        self,
        instanceID: str,
        name: str,
        path: str,
        requestedState: str | None = None,
        autoHandleToken: bool | None = None,
        *,
        databasePath: str | None = None,
        contentPath: str | None = None,
        indexPath: str | None = None,
    ) -> dict[str, Any]:
        """Create an archive store and attach it.

        Args:
            instanceID: Id of the instance.
            name: Name of the store.
            path: Folder of the store on the instance host. Until 12.0.
            databasePath: Folder of the database on the instance host; the other two are derived from it unless given.
                Since 22.4.
            contentPath: Folder of the messages on the instance host. Since 22.4.
            indexPath: Folder of the full-text indexes on the instance host. Since 22.4.
            requestedState: The requested state of the store. Known values: current, normal, writeProtected, disabled.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_STORE,
            {
                "instanceID": instanceID,
                "name": name,
                "path": path,
                "databasePath": databasePath,
                "contentPath": contentPath,
                "indexPath": indexPath,
                "requestedState": requestedState,
            },
            auto_handle_token=autoHandleToken,
        )

    def DetachStore(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Detach an archive store from its instance.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.detach_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DETACH_STORE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def GetStoreAutoCreateConfiguration(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read when the server creates archive stores by itself.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_store_auto_create_configuration`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_STORE_AUTO_CREATE_CONFIGURATION, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def GetStores(
        self, instanceID: str, autoHandleToken: bool | None = None, *, includeSize: bool | str | None = None
    ) -> dict[str, Any]:
        """List the archive stores of an instance.

        Args:
            instanceID: Id of the instance.
            includeSize: Measure the stores too, which takes long on slow storage; the server's own default is not
                known. Since 12.0.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_stores`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_STORES,
            {"instanceID": instanceID, "includeSize": includeSize},
            auto_handle_token=autoHandleToken,
        )

    def MaintainFileSystemDatabases(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rebuild all databases of an instance by backing them up and restoring them.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.maintain_file_system_databases`` of mailstore_sdk.
        """
        return self._invoke(
            functions.MAINTAIN_FILE_SYSTEM_DATABASES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def MergeStore(
        self, instanceID: str, id: int | str, sourceId: int | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Merge one archive store into another.

        Args:
            instanceID: Id of the instance.
            id: Number of the target store.
            sourceId: Number of the source store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.merge_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.MERGE_STORE,
            {"instanceID": instanceID, "id": id, "sourceId": sourceId},
            auto_handle_token=autoHandleToken,
        )

    def RecoverStore(
        self,
        instanceID: str,
        id: int | str,
        encryptionKey: str | None = None,
        recoverDeletedMessages: bool | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Rebuild the broken database of an archive store from its recovery records.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            encryptionKey: Key of the store; needed when there is no key file.
            recoverDeletedMessages: Bring deleted messages back too.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.recover_store`` of mailstore_sdk.
        """
        arguments: Arguments = {
            "instanceID": instanceID,
            "id": id,
            "encryptionKey": encryptionKey,
            "recoverDeletedMessages": recoverDeletedMessages,
        }
        del encryptionKey  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.RECOVER_STORE, arguments, auto_handle_token=autoHandleToken)

    def RecreateRecoveryRecords(
        self, instanceID: str, id: int | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Rewrite the recovery records of an archive store.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.recreate_recovery_records`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RECREATE_RECOVERY_RECORDS, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def RefreshAllStoreStatistics(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Count and measure all archive stores of an instance again.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.refresh_all_store_statistics`` of mailstore_sdk.
        """
        return self._invoke(
            functions.REFRESH_ALL_STORE_STATISTICS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def RenameStore(
        self, instanceID: str, id: int | str, name: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Rename an archive store.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            name: New name of the store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.rename_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RENAME_STORE,
            {"instanceID": instanceID, "id": id, "name": name},
            auto_handle_token=autoHandleToken,
        )

    def RepairStoreDatabase(
        self, instanceID: str, id: int | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Rebuild the internal indexes of the database of an archive store.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.repair_store_database`` of mailstore_sdk.
        """
        return self._invoke(
            functions.REPAIR_STORE_DATABASE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def RetryOpenStores(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Try again to open the archive stores that could not be opened.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.retry_open_stores`` of mailstore_sdk.
        """
        return self._invoke(functions.RETRY_OPEN_STORES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def SetStoreAutoCreateConfiguration(
        self, instanceID: str, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set when the server creates archive stores by itself.

        Args:
            instanceID: Id of the instance.
            config: The whole settings.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_store_auto_create_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_STORE_AUTO_CREATE_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)

    def SetStorePath(
        self, instanceID: str, id: int | str, path: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Change the folder in which an archive store is looked for.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            path: Folder of the store on the instance host.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_store_path`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_STORE_PATH,
            {"instanceID": instanceID, "id": id, "path": path},
            auto_handle_token=autoHandleToken,
        )

    def SetStoreRequestedState(
        self, instanceID: str, id: int | str, requestedState: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set the requested state of an archive store.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            requestedState: The state wanted. Known values: current, normal, writeProtected, disabled.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_store_requested_state`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_STORE_REQUESTED_STATE,
            {"instanceID": instanceID, "id": id, "requestedState": requestedState},
            auto_handle_token=autoHandleToken,
        )

    def TransferStores(self, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Transfer archive stores; what moves where is not documented.

        Typed: ``SPEClient.transfer_stores`` of mailstore_sdk.
        """
        return self._invoke(functions.TRANSFER_STORES, {}, auto_handle_token=autoHandleToken)

    def UnlockStore(
        self, instanceID: str, id: int | str, passphrase: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Unlock an archive store that comes from another installation.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            passphrase: Product key or recovery key of that installation.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.unlock_store`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "id": id, "passphrase": passphrase}
        del passphrase  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.UNLOCK_STORE, arguments, auto_handle_token=autoHandleToken)

    def UpgradeStore(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Upgrade an archive store to the present format.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.upgrade_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.UPGRADE_STORE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def UpgradeStores(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Upgrade all archive stores of an instance that need it.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.upgrade_stores`` of mailstore_sdk.
        """
        return self._invoke(functions.UPGRADE_STORES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def VerifyStore(
        self,
        instanceID: str,
        id: int | str,
        autoHandleToken: bool | None = None,
        *,
        includeIndexes: bool | str | None = None,
    ) -> dict[str, Any]:
        """Check one archive store for missing or damaged messages.

        Args:
            instanceID: Id of the instance.
            id: Number of the archive store.
            includeIndexes: Check the full-text indexes too. Since 12.0.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.verify_store`` of mailstore_sdk.
        """
        return self._invoke(
            functions.VERIFY_STORE,
            {"instanceID": instanceID, "id": id, "includeIndexes": includeIndexes},
            auto_handle_token=autoHandleToken,
        )

    def VerifyStores(
        self, instanceID: str, includeIndexes: bool | str = True, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Check the consistency of all archive stores of an instance.

        Args:
            instanceID: Id of the instance.
            includeIndexes: Check the full-text indexes too.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.verify_stores`` of mailstore_sdk.
        """
        return self._invoke(
            functions.VERIFY_STORES,
            {"instanceID": instanceID, "includeIndexes": includeIndexes},
            auto_handle_token=autoHandleToken,
        )
