"""Search indexes: asynchronous methods.

Generated from spec/functions/search_indexes.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import search_indexes as functions
from mailstore_sdk.aio.client import AsyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import IndexConfiguration
    from mailstore_sdk.aio.jobs import AsyncJob


class InstanceSearchIndexes(AsyncInstanceBase):
    """Search indexes: functions of one instance."""

    async def get_index_configuration(self) -> IndexConfiguration:
        """Read which attachments the full-text indexes cover.

        Returns:
            IndexConfiguration: Which types of attached files the full-text indexes cover.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetIndexConfiguration (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(functions.GET_INDEX_CONFIGURATION, {"instanceID": self.instance_id})

    async def rebuild_selected_store_indexes(self) -> AsyncJob[None]:
        """Rebuild the marked full-text indexes of an instance.

        The log shows the progress.

        Returns:
            Job: Work that the server has begun; its result is None.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RebuildSelectedStoreIndexes (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._start(functions.REBUILD_SELECTED_STORE_INDEXES, {"instanceID": self.instance_id})

    async def select_all_store_indexes_for_rebuild(self) -> None:
        """Mark all full-text indexes of an instance for a rebuild.

        RebuildSelectedStoreIndexes then builds them.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SelectAllStoreIndexesForRebuild (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SELECT_ALL_STORE_INDEXES_FOR_REBUILD, {"instanceID": self.instance_id}
        )

    async def set_index_configuration(self, config: IndexConfiguration) -> None:
        """Set which attachments the full-text indexes cover.

        Read the settings with GetIndexConfiguration, change them and send all of them back.

        Args:
            config: The complete settings.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetIndexConfiguration (idempotent). Evidence: documented, result inferred.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return await self._client._call(functions.SET_INDEX_CONFIGURATION, arguments)
