"""Archive stores of an instance: verification, repair and maintenance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work, work_on
from mailstore_sdk.simulator.functions.stores import refuse_closed, the_store
from mailstore_sdk.simulator.state.archive import Store
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.tasks import Plan, Step

_BATCH = 100
_MOST_BATCHES = 100


def verify_store(call: Invocation) -> Answer:
    """Check all messages of a store, in batches. A disabled store cannot be checked."""
    instance, store = call.instance, the_store(call)
    if not store.is_open:
        return Plan((Step((f"Checking store {store.id}...",), percent=0),), lambda: refuse_closed(store))
    opening = (
        f"Checking store {store.id}...",
        "Listing messages...",
        f"{store.messages} messages to check.",
        "Checking...",
    )
    steps = (Step(opening, percent=0), *_batches(store.messages))
    return Plan(steps, lambda: _end_verification(instance, [store]), "Done. No errors.")


def verify_stores(call: Invocation) -> Answer:
    """Check all stores that are open, and fail if messages are damaged."""
    instance = call.instance
    stores = [store for store in instance.stores.values() if store.is_open]
    closed = [store for store in instance.stores.values() if not store.is_open]
    lines = [f"Archive store {store.id} is not open and is left out." for store in closed]
    lines += [f"Checking store {store.id}, {store.messages} messages..." for store in stores]
    return work(lines or ["There are no archive stores."], lambda: _end_verification(instance, stores), "Done. No errors.")


def _batches(messages: int) -> Iterator[Step]:
    """Return batches of 100 messages, or fewer and larger ones for a big store."""
    size = max(_BATCH, -(-messages // _MOST_BATCHES))
    for start in range(0, messages, size):
        checked = min(start + size, messages)
        yield Step((f"  {checked} messages checked...",), percent=min(99, 100 * checked // messages))


def _end_verification(instance: Instance, stores: list[Store]) -> JsonValue:
    if instance.process:
        instance.process.checked += sum(store.messages for store in stores)
    damaged = [store for store in stores if store.damaged]
    if damaged:
        raise Refusal(" ".join(f"Archive store {store.id} has {store.damaged} damaged messages." for store in damaged))
    return None


def upgrade_stores(call: Invocation) -> Answer:
    """Upgrade every open store that needs it."""
    old = [store for store in call.instance.stores.values() if store.needs_upgrade and store.is_open]
    return work_on((f"Upgrading archive store {store.id}...", _doing(_upgrade, store)) for store in old)


def unlock_store(call: Invocation) -> Answer:
    """Unlock a store that comes from another installation. A store that is not locked stays as it is."""
    store = the_store(call)
    if store.trouble == "locked":
        if call.arguments.text("passphrase") != store.passphrase:
            raise Refusal("The passphrase is not correct.")
        store.trouble = store.passphrase = None
    return None


def retry_open_stores(call: Invocation) -> Answer:
    """Retry to open the stores that could not be opened. Locked and corrupt stores stay closed."""
    stores = [store for store in call.instance.stores.values() if store.trouble]

    def open_(store: Store) -> None:
        if store.trouble == "unavailable":
            store.trouble = None

    return work_on((f"Opening archive store {store.id}...", _doing(open_, store)) for store in stores)


def refresh_all_store_statistics(call: Invocation) -> Answer:
    """Log a recount; the simulator's figures are always up to date, so nothing else changes."""
    stores = call.instance.stores.values()
    return work([f"Archive store {store.id}: {store.messages} messages, {store.size} bytes." for store in stores] or ["Nothing to do."])


def recover_store(call: Invocation) -> Answer:
    """Rebuild a database from the recovery records.

    The vendor requires a store that is disabled or in error, and upgraded. Assumed: a store that is locked or not
    available cannot be recovered; the indexes need a rebuild afterwards; the result is null.
    """
    store = the_store(call)
    _check_recovery(call, store)
    brings_back = call.arguments.flag("recoverDeletedMessages", default=False)

    def finish() -> JsonValue:
        if brings_back:
            store.messages += store.deleted
            store.deleted = 0
        store.trouble = None
        store.damaged = 0
        store.needs_rebuild = True
        return None

    lines = ("Reading recovery records...", f"Recovering archive store {store.id}...", "Rebuilding the database...")
    return work(lines, finish)


def _check_recovery(call: Invocation, store: Store) -> None:
    reasons = {
        "is neither disabled nor in error": store.is_open,
        "has to be upgraded first": store.needs_upgrade,
        "is locked or not there": store.trouble in ("locked", "unavailable"),
        "has no recovery records": not store.recovery_records,
        "has no key file, so an encryption key is needed": not store.key_file and not call.arguments.optional_text("encryptionKey"),
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise Refusal(f"Archive store {store.id} {reason}.")


def _for_store(line: str, act: Callable[[Store], object]) -> Handler:
    """Make a handler that works on one store, which must be open."""

    def handler(call: Invocation) -> Answer:
        store = the_store(call)
        refuse_closed(store)
        return work_on([(line.format(store.id), _doing(act, store))])

    return handler


def _for_all_open(line: str, act: Callable[[Store], object]) -> Handler:
    """Make a handler that works on all stores that are open."""

    def handler(call: Invocation) -> Answer:
        stores = [store for store in call.instance.stores.values() if store.is_open]
        return work_on((line.format(store.id), _doing(act, store)) for store in stores)

    return handler


def _doing(act: Callable[[Store], object], store: Store) -> Callable[[], object]:
    return lambda: act(store)


def _upgrade(store: Store) -> None:
    store.needs_upgrade = False


def _compact(store: Store) -> None:
    """Free the space of deleted messages, which no recovery restores afterwards."""
    if store.deleted:
        store.size = store.size * store.messages // (store.messages + store.deleted)
    store.deleted = 0


def _repair(store: Store) -> None:
    """Assumed: no message is damaged afterwards."""
    store.damaged = 0


def _write_records(store: Store) -> None:
    store.recovery_records = True


HANDLERS: Mapping[str, Handler] = {
    "VerifyStore": verify_store,
    "VerifyStores": verify_stores,
    "CompactStore": _for_store("Compacting archive store {}...", _compact),
    "UpgradeStore": _for_store("Upgrading archive store {}...", _upgrade),
    "UpgradeStores": upgrade_stores,
    "UnlockStore": unlock_store,
    "RetryOpenStores": retry_open_stores,
    "RefreshAllStoreStatistics": refresh_all_store_statistics,
    "RepairStoreDatabase": _for_store("Rebuilding the database indexes of archive store {}...", _repair),
    "RecoverStore": recover_store,
    "RecreateRecoveryRecords": _for_store("Writing the recovery records of archive store {}...", _write_records),
    "MaintainFileSystemDatabases": _for_all_open("Backing up and restoring the database of archive store {}...", lambda _: None),
}
