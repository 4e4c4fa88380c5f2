"""Profiles and their runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import JsonValue

from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.estate import WorkerRun
from mailstore_sdk.simulator.functions.invocation import Answer, Handler, Invocation
from mailstore_sdk.simulator.refusal import Refusal, out_of_range
from mailstore_sdk.simulator.tasks import Plan, Step

_ZONES = {
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "GMT Standard Time": "Europe/London",
    "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago",
    "Pacific Standard Time": "America/Los_Angeles",
    "Tokyo Standard Time": "Asia/Tokyo",
}
"""The Windows time zones that the simulator knows, beside UTC."""


def get_worker_results(call: Invocation) -> Answer:
    """The runs that started in [from, to), in the time zone asked for; many rows become long-running work."""
    _check_filters(call.arguments)
    zone = _zone(call.arguments.text("timeZoneID"))
    rows: list[JsonValue] = [_row(run, zone) for run in call.instance.runs if _is_wanted(run, call.arguments, zone)]
    if len(rows) <= call.estate.long_running_rows:
        return rows
    return Plan((Step(percent=0), Step(percent=50)), lambda: rows)


def _check_filters(arguments: Arguments) -> None:
    """As observed, 0 and an empty text are not the same as nothing."""
    if "profileID" in arguments and arguments.integer("profileID") <= 0:
        raise out_of_range()
    if arguments.optional_text("userName") == "":
        raise out_of_range()


def _zone(name: str) -> tzinfo:
    """The zone of a Windows id; the simulator's server stands in UTC."""
    if name in ("$Local", "UTC"):
        return UTC
    try:
        return ZoneInfo(_ZONES[name])
    except (KeyError, ZoneInfoNotFoundError):
        message = f"The time zone ID '{name}' was not found on the local computer."
        raise Refusal(message, "System.TimeZoneNotFoundException") from None


def _is_wanted(run: WorkerRun, arguments: Arguments, zone: tzinfo) -> bool:
    in_span = arguments.moment("fromIncluding") <= _in_zone(run.start, zone) < arguments.moment("toExcluding")
    right_profile = "profileID" not in arguments or run.profile_id == arguments.integer("profileID")
    return in_span and right_profile and arguments.optional_text("userName") in (None, run.user_name)


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _row(run: WorkerRun, zone: tzinfo) -> JsonValue:
    row: dict[str, JsonValue] = {"id": run.id, "userName": run.user_name}
    if run.profile_id is not None:
        row |= {"profileId": run.profile_id, "profileName": run.profile_name}
    return row | {
        "result": run.result,
        "itemsArchived": run.items_archived,
        "startTime": _in_zone(run.start, zone).isoformat(),
        "completeTime": _in_zone(run.complete, zone).isoformat() if run.complete else None,
        "machineName": run.machine_name,
    }


HANDLERS: Mapping[str, Handler] = {"GetWorkerResults": get_worker_results}
