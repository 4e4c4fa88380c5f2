"""Full-text indexes of the archive stores."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work_on
from mailstore_sdk.simulator.functions.settings import getter, setter
from mailstore_sdk.simulator.state.archive import Store


def select_all_store_indexes_for_rebuild(call: Invocation) -> Answer:
    """Mark the indexes of all stores for a rebuild."""
    for store in call.instance.stores.values():
        store.needs_rebuild = True
    return None


def rebuild_selected_store_indexes(call: Invocation) -> Answer:
    """Rebuild the marked indexes of the stores that are open."""
    selected = [store for store in call.instance.stores.values() if store.needs_rebuild and store.is_open]
    return work_on(
        (f"Rebuilding search indexes of archive store {store.id}, {store.messages} messages...", _rebuild(store)) for store in selected
    )


def _rebuild(store: Store) -> Callable[[], None]:
    def rebuild() -> None:
        store.needs_rebuild = False

    return rebuild


HANDLERS: Mapping[str, Handler] = {
    "GetIndexConfiguration": getter("index", {"attachmentExtensions": None, "includeAttachmentsOfPDFs": False}),
    "SetIndexConfiguration": setter("index"),
    "SelectAllStoreIndexesForRebuild": select_all_store_indexes_for_rebuild,
    "RebuildSelectedStoreIndexes": rebuild_selected_store_indexes,
}
