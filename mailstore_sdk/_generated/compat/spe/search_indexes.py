"""Search indexes: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/search_indexes.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import Any

from mailstore_sdk._generated.functions import search_indexes as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller


class SearchIndexesMethods(WrapperCaller):
    """Search indexes."""

    def GetIndexConfiguration(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Read which attachments the full-text indexes cover.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_index_configuration`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_INDEX_CONFIGURATION, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def RebuildSelectedStoreIndexes(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Rebuild the marked full-text indexes of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.rebuild_selected_store_indexes`` of mailstore_sdk.
        """
        return self._invoke(
            functions.REBUILD_SELECTED_STORE_INDEXES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def SelectAllStoreIndexesForRebuild(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Mark all full-text indexes of an instance for a rebuild.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.select_all_store_indexes_for_rebuild`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SELECT_ALL_STORE_INDEXES_FOR_REBUILD,
            {"instanceID": instanceID},
            auto_handle_token=autoHandleToken,
        )

    def SetIndexConfiguration(
        self, instanceID: str, config: dict[str, Any] | list[Any] | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Set which attachments the full-text indexes cover.

        Args:
            instanceID: Id of the instance.
            config: The whole settings.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_index_configuration`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "config": config}
        del config  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.SET_INDEX_CONFIGURATION, arguments, auto_handle_token=autoHandleToken)
