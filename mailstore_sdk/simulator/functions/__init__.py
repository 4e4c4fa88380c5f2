"""What the functions do: a registry of behaviours, and a filler for those that have none yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailstore_sdk.simulator import schema
from mailstore_sdk.simulator.catalogue import Catalogue, Function
from mailstore_sdk.simulator.functions import instances, profiles, stores, system, users
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.refusal import Refusal
from mailstore_sdk.simulator.tasks import Plan, Step

HANDLERS: Mapping[str, Handler] = {
    **instances.HANDLERS,
    **profiles.HANDLERS,
    **stores.HANDLERS,
    **system.HANDLERS,
    **users.HANDLERS,
}
"""Wire name -> behaviour. A function of the catalogue that is not here is answered by its schema alone."""


def invoke(catalogue: Catalogue, function: Function, invocation: Invocation) -> Answer:
    """Do what the function does and return its result, or a plan where it becomes long-running work.

    Raises:
        Refusal: The call fails.
    """
    _check_instance(catalogue, function, invocation)
    handler = HANDLERS.get(function.name)
    answer = handler(invocation) if handler else _filled(catalogue, function)
    if isinstance(answer, Plan):
        plan = answer
        return replace(plan, finish=lambda: schema.trim(catalogue, plan.finish(), function.result))
    return schema.trim(catalogue, answer, function.result)


def _check_instance(catalogue: Catalogue, function: Function, invocation: Invocation) -> None:
    """An instance must exist, run unless the function is about instances as such, and be open to the provider."""
    if "instanceID" not in invocation.arguments:
        return
    instance = invocation.estate.instance(invocation.arguments.text("instanceID"))
    needs_access = function.access == "provider"
    if needs_access or catalogue.group_of(function) != "instances":
        invocation.estate.running_instance(instance.id)
    if needs_access and not instance.provider_access:
        raise Refusal(f"Service provider access to instance {instance.id} is not enabled.")


def _filled(catalogue: Catalogue, function: Function) -> Answer:
    result = schema.fill(catalogue, function.result)
    if not function.long_running:
        return result
    return Plan((Step((f"{function.name}...",), percent=0), Step(percent=50)), lambda: result, "Done.")
