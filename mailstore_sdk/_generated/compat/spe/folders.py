"""Folders: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/folders.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import folders as functions
from mailstore_sdk.runtime.calls import WrapperCaller


class FoldersMethods(WrapperCaller):
    """Folders."""

    def DeleteEmptyFolders(
        self, instanceID: str, folder: str | None = None, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Delete the folders that hold no messages.

        Args:
            instanceID: Id of the instance.
            folder: Folder to begin at, parts divided by /; the whole archive when absent.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_empty_folders`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_EMPTY_FOLDERS,
            {"instanceID": instanceID, "folder": folder},
            auto_handle_token=autoHandleToken,
        )

    def GetChildFolders(
        self,
        instanceID: str,
        folder: str | None = None,
        maxLevels: int | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """List the folders below a folder.

        Args:
            instanceID: Id of the instance.
            folder: Folder to begin at, parts divided by /; without it the list begins with the users' archives.
            maxLevels: How many levels to list, at least 1; all when absent.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_child_folders`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_CHILD_FOLDERS,
            {"instanceID": instanceID, "folder": folder, "maxLevels": maxLevels},
            auto_handle_token=autoHandleToken,
        )

    def GetFolderStatistics(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Measure the size of every folder.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_folder_statistics`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_FOLDER_STATISTICS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def MoveFolder(
        self, instanceID: str, fromFolder: str, toFolder: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Move or rename a folder.

        Args:
            instanceID: Id of the instance.
            fromFolder: Present path, parts divided by /.
            toFolder: New path, parts divided by /.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.move_folder`` of mailstore_sdk.
        """
        return self._invoke(
            functions.MOVE_FOLDER,
            {"instanceID": instanceID, "fromFolder": fromFolder, "toFolder": toFolder},
            auto_handle_token=autoHandleToken,
        )
