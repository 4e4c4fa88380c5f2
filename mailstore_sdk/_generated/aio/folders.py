"""Folders: asynchronous methods.

Generated from spec/functions/folders.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import folders as functions
from mailstore_sdk.aio.client import AsyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import FolderStatistic, JsonValue
    from mailstore_sdk.aio.jobs import AsyncJob


class InstanceFolders(AsyncInstanceBase):
    """Folders: functions of one instance."""

    async def delete_empty_folders(self, *, folder: str | None = None) -> AsyncJob[JsonValue]:
        """Delete the folders that hold no messages.

        The empty folders are deleted: those below the start folder or, without one, those of the whole archive.

        Args:
            folder: Start folder, parts of the path separated by /; the whole archive if omitted.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteEmptyFolders (destructive). Evidence: documented, result unknown.
        """
        return await self._client._start(
            functions.DELETE_EMPTY_FOLDERS, {"instanceID": self.instance_id, "folder": folder}
        )

    async def get_child_folders(self, *, folder: str | None = None, max_levels: int | None = None) -> JsonValue:
        """List the folders below a folder.

        All levels are listed unless maxLevels limits them; compliance settings may restrict the list to the first.

        Args:
            folder: Start folder, parts of the path separated by /; the users' archives if omitted.
            max_levels: How many levels to list, at least 1; all if omitted.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetChildFolders (read). Evidence: documented, result unknown.
        """
        return await self._client._call(
            functions.GET_CHILD_FOLDERS, {"instanceID": self.instance_id, "folder": folder, "maxLevels": max_levels}
        )

    async def get_folder_statistics(self) -> list[FolderStatistic]:
        """Measure the size of every folder.

        On large archives it becomes long-running work on the server; the SDK waits for it.

        Returns:
            list[FolderStatistic]: The size of one folder each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetFolderStatistics (read). Evidence: documented, result consumed-by-code.
        """
        return await self._client._call(functions.GET_FOLDER_STATISTICS, {"instanceID": self.instance_id})

    async def move_folder(self, from_folder: str, to_folder: str) -> None:
        """Move or rename a folder.

        Args:
            from_folder: Current path, parts separated by /.
            to_folder: New path, parts separated by /.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: MoveFolder (mutating). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.MOVE_FOLDER, {"instanceID": self.instance_id, "fromFolder": from_folder, "toFolder": to_folder}
        )
