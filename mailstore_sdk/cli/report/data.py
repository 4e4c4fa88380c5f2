"""The report as data, for programs."""

from __future__ import annotations

from collections.abc import Iterable

from mailstore_sdk.cli.report.collect import Estate, InstanceHealth
from mailstore_sdk.cli.report.history import Day, Kind
from mailstore_sdk.cli.report.judge import Finding, Verdict

_ENDINGS = {Kind.SUCCEEDED: "succeeded", Kind.INCOMPLETE: "incomplete", Kind.FAILED: "failed", Kind.OTHER: "otherwise"}


def as_data(estate: Estate, verdict: Verdict) -> dict[str, object]:
    """Everything that the report shows. Keys are spelled as the API spells its own; null is what the server did not report."""
    about = estate.service.environment_info if estate.service else None
    return {
        "level": str(verdict.level),
        "serverName": about and about.server_name,
        "version": about and about.version,
        "from": estate.span.start.isoformat(),
        "to": estate.span.end.isoformat(),
        "instanceCount": len(estate.instances),
        "runningCount": estate.running,
        "messages": estate.messages,
        "sizeMB": estate.size_mb,
        "users": estate.users,
        "findings": _findings(verdict.findings),
        "serviceMessages": _findings(verdict.messages),
        "measures": {
            name: {"highest": value, "warning": verdict.limits[name].warning, "critical": verdict.limits[name].critical}
            for name, value in verdict.worst.items()
        },
        "instances": [_instance(one, verdict) for one in verdict.worst_first(estate.instances)],
        "days": _days(estate.days),
    }


def _instance(one: InstanceHealth, verdict: Verdict) -> dict[str, object]:
    return {
        "instanceID": one.info.instance_id,
        "displayName": one.info.display_name,
        "instanceHost": one.info.instance_host,
        "status": one.info.status,
        "level": str(verdict.level_of(one)),
        "messages": one.size and one.size.number_of_messages,
        "sizeMB": one.size and one.size.total_size_mb,
        "users": one.users,
        "stores": None if one.stores is None else len(one.stores),
        "profiles": None if one.profiles is None else len(one.profiles),
        "unanswered": [{"what": refusal.what, "reason": refusal.reason} for refusal in one.refusals],
        "days": one.history and _days(one.history.days),
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [{"level": str(one.level), "rule": one.rule, "instanceID": one.where or None, "text": one.text} for one in findings]


def _days(days: Iterable[Day]) -> list[dict[str, object]]:
    return [
        {"date": day.date.isoformat(), "archived": day.archived, **{name: day.runs.get(kind, 0) for kind, name in _ENDINGS.items()}}
        for day in days
    ]
