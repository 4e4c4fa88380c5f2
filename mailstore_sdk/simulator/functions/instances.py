"""Instances: list, create, start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from mailstore_sdk.simulator.demo import new_provider_user, store_path
from mailstore_sdk.simulator.estate import Instance, Store, User
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.refusal import Refusal
from mailstore_sdk.simulator.tasks import Plan, Step


def get_instances(call: Invocation) -> Answer:
    """The instances that the filter selects; none is no failure."""
    return [_row(instance) for instance in call.estate.selected(call.arguments.text("instanceFilter"))]


def create_instance(call: Invocation) -> Answer:
    """Add an instance, stopped, with the provider's user and one current store, which is the simulator's choice."""
    config = call.arguments.json_object("config")
    instance = _new_instance(config)
    call.estate.check_new(instance)
    name = instance.id
    steps = (
        Step((f"Creating instance {name}...",), percent=0),
        Step(("Creating folders...",), percent=40),
        Step(("Creating the first archive store...",), percent=80),
    )

    def finish() -> JsonValue:
        call.estate.add_instance(instance)
        return None

    return Plan(steps, finish, "Done.")


def start_instances(call: Invocation) -> Answer:
    """Give every instance that the filter selects a process; refuse where it selects none."""
    wanted = call.arguments.text("instanceFilter")
    selected = call.estate.selected(wanted)
    if not selected and wanted != "*":
        raise Refusal(f"Instance {wanted} does not exist.")
    lines = tuple(f"Starting instance {instance.id}..." for instance in selected)

    def finish() -> JsonValue:
        for instance in selected:
            call.estate.start_instance(instance)
        return None

    return Plan((Step(lines, percent=0), Step(percent=50)), finish, "Done.")


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


def _new_instance(config: Mapping[str, JsonValue]) -> Instance:
    name = str(config["instanceID"])
    directory = _text_or_none(config["baseDirectory"])
    month = f"{date.today():%Y-%m}"  # noqa: DTZ011 - the server's month
    first_store = Store(1, month, store_path(directory or f"D:\\archive\\{name}", 1), "current")
    users = (new_provider_user(), User("admin", privileges=["admin"]))
    return Instance(
        id=name,
        alias=_text_or_none(config["alias"]),
        display_name=_text_or_none(config["displayName"]),
        host=str(config["instanceHost"]),
        start_mode=str(config["startMode"]),
        base_directory=directory,
        options={key: value for key, value in config.items() if isinstance(value, bool)},
        users={user.name: user for user in users},
        stores={first_store.id: first_store},
    )


def _text_or_none(value: JsonValue) -> str | None:
    return None if value is None else str(value)


HANDLERS: Mapping[str, Handler] = {
    "GetInstances": get_instances,
    "CreateInstance": create_instance,
    "StartInstances": start_instances,
}
