"""When a job runs."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import cast

from mailstore_sdk.simulator import timezones
from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.errors import Refusal, out_of_range
from mailstore_sdk.simulator.state.automation import JsonObject

_INTERVALS = (5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_DAYS = {"last", *(str(day) for day in range(1, 32))}
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST_WAIT = 366 * 5
"""A period in which each day of a month falls on each day of the week at least once."""


def schedule_of(arguments: Arguments) -> JsonObject:
    """Return the schedule that the arguments of a call describe, in the format of replies: unused keys are omitted.

    Days need a time, as the vendor says. Assumed: exactly one of date, interval and time is given.

    Raises:
        Refusal: The arguments describe no valid schedule.
    """
    timezones.zone(arguments.text("timeZoneId"))
    schedule: JsonObject = {"timeZoneId": arguments.text("timeZoneId")}
    if sum(name in arguments for name in ("date", "interval", "time")) != 1:
        raise Refusal("A schedule has either a date, an interval or a time.", "System.ArgumentException")
    if "date" in arguments:
        schedule["date"] = arguments.moment("date").isoformat()
    if "interval" in arguments:
        schedule["interval"] = _checked(arguments.integer("interval"))
    if "time" in arguments:
        schedule["time"] = _time(arguments.text("time"))
    return schedule | _days(arguments)


def _days(arguments: Arguments) -> JsonObject:
    days: JsonObject = {name: arguments.text(name) for name in ("dayOfWeek", "dayOfMonth") if name in arguments}
    if days and "time" not in arguments:
        raise Refusal("Missing API argument time.")
    if str(days.get("dayOfMonth", "1")).lower() not in _DAYS:
        raise out_of_range()
    return days


def _checked(interval: int) -> int:
    if interval not in _INTERVALS:
        raise out_of_range()
    return interval


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if not match:
        raise Refusal("String was not recognized as a valid TimeSpan.", "System.FormatException")
    return f"{int(match[1]):02}:{match[2]}:{match[3] or '00'}"


def next_start(schedule: JsonObject, now: datetime) -> datetime | None:
    """Return the next start in UTC; None for a schedule without one. An interval counts from midnight."""
    where = timezones.zone(str(schedule["timeZoneId"]))
    here = timezones.in_zone(now, where)
    start = _next_here(schedule, here)
    return None if start is None else timezones.from_zone(start, where)


def _next_here(schedule: JsonObject, here: datetime) -> datetime | None:
    midnight = here.replace(hour=0, minute=0, second=0)
    if "date" in schedule:
        date = datetime.fromisoformat(str(schedule["date"]))
        return date if date > here else None
    if "interval" in schedule:
        pause = timedelta(minutes=cast("int", schedule["interval"]))
        return midnight + ((here - midnight) // pause + 1) * pause
    hours, minutes, seconds = (int(part) for part in str(schedule["time"]).split(":"))
    moment = midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    days = (moment + timedelta(days=count) for count in range(_LONGEST_WAIT))
    return next((day for day in days if day > here and _is_day(schedule, day)), None)


def _is_day(schedule: JsonObject, day: datetime) -> bool:
    is_last = (day + timedelta(days=1)).month != day.month
    of_month = str(schedule.get("dayOfMonth", day.day))
    right_date = is_last if of_month.lower() == "last" else int(of_month) == day.day
    return right_date and schedule.get("dayOfWeek") in (None, _WEEK[day.weekday()])
