"""Archive stores of an instance: list, create, attach, configure."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work
from mailstore_sdk.simulator.functions.settings import getter, setter
from mailstore_sdk.simulator.state.archive import Store
from mailstore_sdk.simulator.state.instance import Instance


def get_stores(call: Invocation) -> Answer:
    """List all stores. Assumed: the size is null unless requested, and it is requested by default."""
    with_size = call.arguments.flag("includeSize", default=True)
    return [_row(store, with_size=with_size) for _, store in sorted(call.instance.stores.items())]


def create_store(call: Invocation) -> Answer:
    """Add an empty store. Assumed: its state is normal by default; two stores cannot share a path; the result is null."""
    instance = call.instance
    path = _new_path(call)
    _check_path(instance, path)
    if path in instance.detached:
        raise Refusal(f"There is an archive store in {path} already; attach it.")
    store = Store(0, _new_name(call), path, created=timezones.now().date())
    _set_paths(call, store)
    return _adding(call, store, f"Creating archive store {store.name}...", f"Creating the database in {store.database_path}...")


def attach_store(call: Invocation) -> Answer:
    """Attach the store in a folder, under a new number. Assumed: its state is normal by default."""
    instance = call.instance
    path = _new_path(call)
    _check_path(instance, path)
    if path not in instance.detached:
        raise Refusal(f"No archive store exists in {path}.")
    store = instance.detached[path]
    store.name = _new_name(call)
    _set_paths(call, store)
    return _adding(call, store, f"Attaching archive store {store.name}...", f"Opening the database in {path}...")


def _adding(call: Invocation, store: Store, *lines: str) -> Answer:
    instance, state = call.instance, call.arguments.optional_text("requestedState") or "normal"

    def finish() -> JsonValue:
        _check_path(instance, store.database_path)  # Another call may have attached the same store meanwhile.
        instance.detached.pop(store.database_path, None)
        store.id = instance.next_number("store", instance.stores)
        if state == "current" and (before := instance.store_in_state_current()):
            before.requested_state = "normal"  # as for each new month's store
        instance.stores[store.id] = store
        store.requested_state = state
        return None

    return work(lines, finish)


def detach_store(call: Invocation) -> Answer:
    """Detach a store; it stays on the host, where AttachStore finds it."""
    instance, store = call.instance, the_store(call)
    del instance.stores[store.id]
    instance.detached[store.database_path] = store
    return None


def rename_store(call: Invocation) -> Answer:
    """Rename a store; names need not be unique."""
    the_store(call).name = _new_name(call)
    return None


def set_store_requested_state(call: Invocation) -> Answer:
    """Set the state. Assumed: a second current store is refused, since new messages go to a single store."""
    store, state = the_store(call), call.arguments.text("requestedState")
    current = call.instance.store_in_state_current()
    if state == "current" and current and current is not store:
        raise Refusal(f"Archive store {store.id} cannot be the current one: archive store {current.id} is.")
    store.requested_state = state
    return None


def set_store_path(call: Invocation) -> Answer:
    """Set the folder of a store. Assumed: its messages and indexes are there too."""
    store, path = the_store(call), call.arguments.text("path")
    if path != store.database_path:
        _check_path(call.instance, path)
    store.move(path)
    return None


def merge_store(call: Invocation) -> Answer:
    """Copy all messages of the source into the target. The source does not change, as the vendor says."""
    target, source = the_store(call), call.instance.store(call.arguments.integer("sourceId"))
    if target is source:
        raise out_of_range()
    for store in (target, source):
        refuse_closed(store)
    if target.requested_state == "writeProtected":
        raise Refusal(f"Archive store {target.id} is write-protected.")

    def finish() -> JsonValue:
        target.add(source.messages, source.size)
        target.needs_rebuild = target.needs_rebuild or source.messages > 0
        return None

    lines = (f"Merging archive store {source.id} into {target.id}...", f"{source.messages} messages to copy.", "Copying...")
    return work(lines, finish, f"Done. {source.messages} messages copied.")


def the_store(call: Invocation) -> Store:
    """Return the store that a call names."""
    return call.instance.store(call.arguments.integer("id"))


def refuse_closed(store: Store) -> None:
    """Check that a store is open.

    Raises:
        Refusal: It is disabled or in error.
    """
    if store.error:
        raise Refusal(f"Archive store {store.id} is not open. {store.error}")
    if store.requested_state == "disabled":
        raise Refusal(f"Archive store {store.id} is disabled and cannot be used.")


def _new_name(call: Invocation) -> str:
    return call.arguments.text("name") or _refuse_empty()


def _refuse_empty() -> str:
    raise out_of_range()


def _new_path(call: Invocation) -> str:
    """Return the folder of the database; the argument's name depends on the version."""
    return call.arguments.text("databasePath" if "databasePath" in call.arguments else "path") or _refuse_empty()


def _check_path(instance: Instance, path: str) -> None:
    for store in instance.stores.values():
        if store.database_path == path:
            raise Refusal(f"The folder {path} already belongs to archive store {store.id}.")


def _set_paths(call: Invocation, store: Store) -> None:
    store.content_path = call.arguments.optional_text("contentPath") or store.content_path
    store.index_path = call.arguments.optional_text("indexPath") or store.index_path


def _row(store: Store, *, with_size: bool) -> JsonValue:
    return {
        "id": store.id,
        "name": store.name,
        "requestedState": store.requested_state,
        "error": store.error,
        "statisticsCount": store.messages,
        "statisticsSize": store.size if with_size else None,
        "needsUpgrade": store.needs_upgrade,
        "searchIndexesNeedRebuild": store.needs_rebuild,
        "databasePath": store.database_path,
        "contentPath": store.content_path,
        "indexPath": store.index_path,
    }


HANDLERS: Mapping[str, Handler] = {
    "GetStores": get_stores,
    "CreateStore": create_store,
    "AttachStore": attach_store,
    "DetachStore": detach_store,
    "RenameStore": rename_store,
    "SetStoreRequestedState": set_store_requested_state,
    "SetStorePath": set_store_path,
    "MergeStore": merge_store,
    # The fields are unknown: the object is empty until something is set.
    "GetStoreAutoCreateConfiguration": getter("autoCreate", {}),
    "SetStoreAutoCreateConfiguration": setter("autoCreate"),
}
