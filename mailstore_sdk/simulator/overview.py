"""The data of the page, as JSON."""

from __future__ import annotations

from typing import cast

from pydantic import JsonValue

from mailstore_sdk.simulator.arguments import is_secret
from mailstore_sdk.simulator.faults import Fault
from mailstore_sdk.simulator.functions.system import messages
from mailstore_sdk.simulator.state.archive import Store
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.tasks import Task
from mailstore_sdk.simulator.world import World

_WORK_SHOWN = 20


def overview(world: World) -> JsonValue:
    """Return the current state of the installation, work and faults, without secrets."""
    return {
        "version": world.catalogue.version,
        "protocol": world.protocol,
        "clock": str(world.tasks.clock),
        "requests": world.requests,
        "connections": world.connections,
        "resets": world.resets,
        "running": world.tasks.count_running(),
        "messages": list(messages(world.estate)),
        "instances": [_instance(instance) for instance in world.estate.instances.values()],
        "work": [_work(task) for task in _newest(world.tasks.all())],
        "faults": get_faults(world),
    }


def get_faults(world: World) -> JsonValue:
    """Return the pending faults, without secret arguments."""
    return [_fault(world, fault) for fault in world.faults.all()]


def _fault(world: World, fault: Fault) -> JsonValue:
    described = fault.model_dump()
    shown = {name: "***" if is_secret(world.catalogue, name) else value for name, value in fault.arguments.items()}
    return {**described, "arguments": cast("JsonValue", shown)}


def _instance(instance: Instance) -> JsonValue:
    results = {run.job_id: run.result for run in instance.job_runs}
    return {
        "id": instance.id,
        "name": instance.display_name,
        "host": instance.host,
        "status": instance.status,
        "users": len(instance.users),
        "profiles": len(instance.profiles),
        "stores": [_store(store) for store in instance.stores.values()],
        "jobs": [
            {"id": job.id, "name": job.name, "action": job.action, "enabled": job.enabled, "result": results.get(job.id)}
            for job in instance.jobs.values()
        ],
    }


def _store(store: Store) -> JsonValue:
    remarks = {"needs an upgrade": store.needs_upgrade, "indexes need a rebuild": store.needs_rebuild}
    return {
        "id": store.id,
        "name": store.name,
        "state": store.requested_state,
        "messages": store.messages,
        "size": store.size,
        "error": store.error,
        "remarks": [remark for remark, is_so in remarks.items() if is_so],
    }


def _newest(tasks: list[Task]) -> list[Task]:
    """Return running work, then ended work, each with the newest first."""
    return sorted(tasks, key=lambda task: (not task.running, -task.number))[:_WORK_SHOWN]


def _work(task: Task) -> JsonValue:
    # A token gives access to results, so a number identifies the work here.
    return {
        "id": task.number,
        "name": task.name,
        "about": task.about,
        "code": task.code,
        "percent": task.percent,
        "line": task.last_line,
        "error": task.error.message if task.error else None,
        "began": task.began,
        "ended": task.ended,
    }
