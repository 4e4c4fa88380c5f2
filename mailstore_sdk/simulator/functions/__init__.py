"""What the functions do: a registry of handlers. Functions without a handler get a reply made from their schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailstore_sdk.simulator import schema
from mailstore_sdk.simulator.catalogue import Catalogue, Function
from mailstore_sdk.simulator.errors import Refusal
from mailstore_sdk.simulator.functions import (
    administrators,
    client_access_servers,
    compliance,
    credentials,
    directory_services,
    folders,
    instance_hosts,
    instances,
    jobs,
    messages,
    profiles,
    provider_access,
    search_indexes,
    smtp,
    store_maintenance,
    stores,
    system,
    users,
)
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work
from mailstore_sdk.simulator.tasks import Plan

_MODULES = (
    administrators,
    client_access_servers,
    compliance,
    credentials,
    directory_services,
    folders,
    instance_hosts,
    instances,
    messages,
    profiles,
    provider_access,
    search_indexes,
    smtp,
    stores,
    store_maintenance,
    system,
    users,
)

_PLAIN: Mapping[str, Handler] = {name: handler for module in _MODULES for name, handler in module.HANDLERS.items()}

HANDLERS: dict[str, Handler] = {**_PLAIN, **jobs.handlers(_PLAIN)}
"""Wire name -> handler. A function of the catalogue that is not here gets a reply made from its schema."""

FILLED: Mapping[str, str] = {
    "DeleteCredential": "which argument names the credential is not known",
    "GetCredentialSettings": "which argument names the credential is not known",
    "SetCredentialSettings": "neither the settings' argument nor the one that names the credential is known",
    "TransferStores": "nothing but its name is known",
}
"""The functions that have no handler on purpose, and why."""

_WITHOUT_PROCESS = ("GetInstanceConfiguration", "GetArchiveAdminEnabled", "SetArchiveAdminEnabled")
"""Functions on one instance that work while it is stopped. Assumed, since the management server has this data."""


def invoke(function: Function, call: Invocation) -> Answer:
    """Execute the function and return its result, or a plan if it becomes long-running work.

    Raises:
        Refusal: The call fails.
    """
    _check_instance(function, call)
    handler = HANDLERS.get(function.name)
    answer = handler(call) if handler else _filled(call.catalogue, function)
    if isinstance(answer, Plan):
        plan = answer
        return replace(plan, finish=lambda: schema.trim(call.catalogue, plan.finish(), function.result))
    return schema.trim(call.catalogue, answer, function.result)


def _check_instance(function: Function, call: Invocation) -> None:
    """Check that the instance exists, that it runs if the function needs that, and that the provider has access if needed."""
    if "instanceID" not in call.arguments:
        return
    instance = call.instance
    if function.name not in _WITHOUT_PROCESS:
        call.estate.running_instance(instance.id)
    if function.access == "provider" and not instance.provider_access:
        raise Refusal(f"Service provider access to instance {instance.id} is not enabled.")
    if instance.process:
        instance.process.calls += 1


def _filled(catalogue: Catalogue, function: Function) -> Answer:
    result = schema.fill(catalogue, function.result)
    return work((f"{function.name}...",), lambda: result) if function.long_running else result
