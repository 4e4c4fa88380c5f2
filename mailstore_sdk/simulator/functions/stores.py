"""Archive stores of an instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.estate import Store
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.refusal import Refusal
from mailstore_sdk.simulator.tasks import Plan, Step

_BATCH = 100
_MOST_BATCHES = 100


def get_stores(call: Invocation) -> Answer:
    """One line for each store. Assumed: its size is null where not asked for, and asked for unless told otherwise."""
    with_size = call.arguments.flag("includeSize", default=True)
    return [_row(store, with_size=with_size) for store in call.instance.stores.values()]


def set_store_requested_state(call: Invocation) -> Answer:
    """Set the state; there is one current store at most."""
    call.instance.set_store_state(_store(call), call.arguments.text("requestedState"))
    return None


def verify_store(call: Invocation) -> Answer:
    """Check all messages of a store, in batches. A disabled store cannot be checked."""
    store = _store(call)
    if store.requested_state == "disabled":
        return Plan((Step((f"Checking store {store.id}...",), percent=0),), lambda: _refuse_disabled(store))
    opening = (
        f"Checking store {store.id}...",
        "Listing messages...",
        f"{store.messages} messages to check.",
        "Checking...",
    )
    steps = (Step(opening, percent=0), *_batches(store.messages))
    return Plan(steps, lambda: _end_verification(store), "Done. No errors.")


def _store(call: Invocation) -> Store:
    return call.instance.store(call.arguments.integer("id"))


def _batches(messages: int) -> Iterator[Step]:
    """A step each 100 messages, or fewer of larger ones for a big store."""
    size = max(_BATCH, -(-messages // _MOST_BATCHES))
    for start in range(0, messages, size):
        checked = min(start + size, messages)
        yield Step((f"  {checked} messages checked...",), percent=min(99, 100 * checked // messages))


def _refuse_disabled(store: Store) -> JsonValue:
    raise Refusal(f"Archive store {store.id} is disabled and cannot be checked.")


def _end_verification(store: Store) -> JsonValue:
    if store.damaged:
        raise Refusal(f"Archive store {store.id} has {store.damaged} damaged messages.")
    return None


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
        "databasePath": store.path,
        "contentPath": f"{store.path}\\Content",
        "indexPath": store.path,
    }


HANDLERS: Mapping[str, Handler] = {
    "GetStores": get_stores,
    "SetStoreRequestedState": set_store_requested_state,
    "VerifyStore": verify_store,
}
