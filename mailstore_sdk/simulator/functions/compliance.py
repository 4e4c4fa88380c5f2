"""Compliance settings and retention policies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from pydantic import JsonValue

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation, work
from mailstore_sdk.simulator.functions.settings import getter, setter
from mailstore_sdk.simulator.state.archive import Store
from mailstore_sdk.simulator.state.automation import JsonObject
from mailstore_sdk.simulator.state.instance import Instance

_COMPLIANCE: JsonValue = {"legalHoldEnabled": False, "logSuccessfulUserActivities": ["SessionLogin", "SessionLogout"]}
_DAYS = {"day": 1, "month": 30, "year": 365}


def process_retention_policies(call: Invocation) -> Answer:
    """Delete the messages that the policies select, unless legal hold is enabled.

    Assumptions: messages have no dates here, so a policy with deletion enabled empties each store that is older than its
    period. Messages have no text either, so a policy with search criteria finds nothing. The result is null.
    """
    instance = call.instance
    expired = [] if _is_held(instance) else [store for store in instance.stores.values() if _is_expired(store, _policies(instance))]
    lines = ["Legal hold is enabled, nothing is deleted."] if _is_held(instance) else []
    lines += [f"Processing retention policy {policy['name']}..." for policy in _policies(instance)]
    lines += [f"Deleting {store.messages} messages of archive store {store.id}..." for store in expired]

    def finish() -> JsonValue:
        for store in expired:
            store.remove_all()
            for folder in instance.folders.values():
                folder.messages = [message for message in folder.messages if not message.startswith(f"{store.id}:")]
        return None

    return work(lines or ["There are no retention policies."], finish)


def _is_held(instance: Instance) -> bool:
    compliance = instance.settings.get("compliance")
    return isinstance(compliance, dict) and compliance.get("legalHoldEnabled") is True


def _policies(instance: Instance) -> list[JsonObject]:
    policies = cast("list[JsonObject]", instance.settings.get("retention") or [])
    return [policy for policy in policies if policy["enabled"]]


def _is_expired(store: Store, policies: list[JsonObject]) -> bool:
    return store.created is not None and store.is_open and any(_reaches(policy, store.created) for policy in policies)


def _reaches(policy: JsonObject, created: date) -> bool:
    criteria = cast("JsonObject", policy["searchCriteria"] or {})
    if not policy["delete"] or any(criteria.values()):
        return False
    days = cast("int", policy["period"]) * _DAYS.get(str(policy["periodInterval"]), 365)
    return (timezones.now().date() - created).days > days


HANDLERS: Mapping[str, Handler] = {
    "GetComplianceConfiguration": getter("compliance", _COMPLIANCE),
    "SetComplianceConfiguration": setter("compliance"),
    "GetRetentionPolicies": getter("retention", []),
    "SetRetentionPolicies": setter("retention"),
    "ProcessRetentionPolicies": process_retention_policies,
}
