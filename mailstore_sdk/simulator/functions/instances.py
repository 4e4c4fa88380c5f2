"""Instances: life cycle, configuration and statistics."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, text_or_none, work, work_on
from mailstore_sdk.simulator.state.archive import Folder, Store
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.instance import Instance, Process
from mailstore_sdk.simulator.state.people import PROVIDER_USER, User

_MB = 2**20


def get_instances(call: Invocation) -> Answer:
    """List the instances that the filter selects; an empty list is not an error."""
    return [_row(instance) for instance in call.estate.selected(call.arguments.text("instanceFilter"))]


def create_instance(call: Invocation) -> Answer:
    """Add a stopped instance with the provider's user and one current store, which is the simulator's choice."""
    config = call.arguments.json_object("config")
    instance = new_instance(config)
    call.estate.check_new(instance)

    def finish() -> JsonValue:
        call.estate.add_instance(instance)
        return None

    return work((f"Creating instance {instance.id}...", "Creating folders...", "Creating the first archive store..."), finish)


def get_instance_configuration(call: Invocation) -> Answer:
    """Return the configuration of an instance."""
    instance = call.instance
    return {
        "instanceID": instance.id,
        "alias": instance.alias,
        "displayName": instance.display_name,
        "instanceHost": instance.host,
        "startMode": instance.start_mode,
        "baseDirectory": instance.base_directory,
        **instance.options,
    }


def set_instance_configuration(call: Invocation) -> Answer:
    """Replace the configuration of the instance that it names. The instance keeps running; omitted options keep their values."""
    config = call.arguments.json_object("config")
    instance = call.estate.instance(str(config["instanceID"]))
    call.estate.host(str(config["instanceHost"]))
    _configure(instance, config)
    return None


def get_instance_statistics(call: Invocation) -> Answer:
    """Return sums over the stores. How a store's size divides into database and index is the simulator's choice."""
    stores = call.instance.stores.values()
    size = sum(store.size for store in stores) // _MB
    database, index = size // 20, size // 10
    return {
        "totalSizeMB": size,
        "databaseFileSizeMB": database,
        "contentFileSizeMB": size - database - index,
        "indexFileSizeMB": index,
        "numberOfMessages": sum(store.messages for store in stores),
    }


def get_instance_process_live_statistics(call: Invocation) -> Answer:
    """Return counters of the process. They grow with time, with calls, and with messages archived and checked."""
    instance = call.instance
    return _live(instance.process, instance.id) if instance.process else None


def _live(process: Process, name: str) -> JsonValue:
    now = datetime.now(UTC)
    milliseconds = int((now.replace(tzinfo=None) - process.started).total_seconds() * 1000)
    moved = process.archived * 60_000 + process.calls * 4_096
    return {
        "processUniqueID": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {process.id}")),
        "timestamp": int(now.timestamp() * 1000),
        "totalProcessorMilliseconds": milliseconds // 10 + process.calls * 5,
        "totalIOReadBytes": process.checked * 60_000 + moved,
        "totalIOWriteBytes": moved,
        "totalIOOtherBytes": process.calls * 512,
        "totalRemoteProcedureCalls": process.calls,
        "totalMessagesArchived": process.archived,
        "totalMessagesChecked": process.checked,
        "currentPrivateMemoryBytes": 200 * _MB + process.calls * 1_024,
    }


def _for_selected(verb: str, act: Callable[[Estate, Instance], object]) -> Handler:
    """Make a handler that acts on every instance that the filter selects; an id that does not exist is refused."""

    def handler(call: Invocation) -> Answer:
        wanted = call.arguments.text("instanceFilter")
        selected = call.estate.selected(wanted)
        for name in wanted.split() if wanted != "*" else ():
            call.estate.instance(name)

        def doing(instance: Instance) -> Callable[[], object]:
            return lambda: act(call.estate, instance)

        return work_on((f"{verb} instance {instance.id}...", doing(instance)) for instance in selected)

    return handler


def _restart(estate: Estate, instance: Instance) -> None:
    instance.stop()
    estate.start_instance(instance)


def _freeze(_estate: Estate, instance: Instance) -> None:
    """Assumed: a frozen instance keeps its process and replies; only its status changes. A stopped instance stays stopped."""
    instance.frozen = instance.is_running


def _thaw(_estate: Estate, instance: Instance) -> None:
    instance.frozen = False


def _row(instance: Instance) -> JsonValue:
    return {
        "instanceID": instance.id,
        "alias": instance.alias,
        "displayName": instance.display_name,
        "instanceHost": instance.host,
        "startMode": instance.start_mode,
        "processID": instance.process_id,
        "status": instance.status,
        "startStopError": instance.start_stop_error,
    }


def new_instance(config: JsonObject) -> Instance:
    """Create an instance as CreateInstance does."""
    name = str(config["instanceID"])
    users = (User(PROVIDER_USER, privileges=["admin"]), User("admin", privileges=["admin"]))
    options = {
        "debugLogEnabled": False,
        "imapServerConnectionLogEnabled": False,
        "vssWriterEnabled": True,
        "vssWriterExcludeIndexes": False,
    }
    instance = Instance(name, None, None, "", options=options, users={user.name: user for user in users}, folders={"admin": Folder()})
    _configure(instance, config)
    today = timezones.now().date()
    instance.stores[1] = Store(1, f"{today:%Y-%m}", store_path(instance, f"{today:%Y-%m}"), "current", created=today)
    instance.numbers["store"] = 1
    return instance


def store_path(instance: Instance, name: str) -> str:
    """Return the folder of a store that the server creates on the instance's host."""
    base = instance.base_directory or f"D:\\archive\\{instance.id}"
    return f"{base}\\{name}"


def _configure(instance: Instance, config: JsonObject) -> None:
    instance.alias = text_or_none(config["alias"])
    instance.display_name = text_or_none(config["displayName"])
    instance.host = str(config["instanceHost"])
    instance.start_mode = str(config["startMode"])
    instance.base_directory = text_or_none(config["baseDirectory"])
    instance.options |= {key: value for key, value in config.items() if isinstance(value, bool)}


HANDLERS: Mapping[str, Handler] = {
    "GetInstances": get_instances,
    "CreateInstance": create_instance,
    "GetInstanceConfiguration": get_instance_configuration,
    "SetInstanceConfiguration": set_instance_configuration,
    "GetInstanceStatistics": get_instance_statistics,
    "GetInstanceProcessLiveStatistics": get_instance_process_live_statistics,
    "StartInstances": _for_selected("Starting", lambda estate, instance: estate.start_instance(instance)),
    "StopInstances": _for_selected("Stopping", lambda _, instance: instance.stop()),
    "RestartInstances": _for_selected("Restarting", _restart),
    "FreezeInstances": _for_selected("Freezing", _freeze),
    "ThawInstances": _for_selected("Thawing", _thaw),
    "DeleteInstances": _for_selected("Deleting", lambda estate, instance: estate.instances.pop(instance.id, None)),
}
