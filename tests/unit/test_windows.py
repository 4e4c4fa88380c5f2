"""Cutting and halving time ranges."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailstore_sdk import ArgumentError, FunctionFailedError, RefusedWindowsError, Window
from mailstore_sdk._history import SMALLEST, WEEK, Windows
from mailstore_sdk.runtime.function import Effect, Function

START = datetime(2026, 1, 1)
DAY = timedelta(days=1)


READ: Function[list[object]] = Function("GetWorkerResults", Effect.READ, result=lambda: list[object], interval=("from", "to"))


def windows_of(start: object, end: object, length: timedelta | None, zone: str | None = None) -> Windows[object]:
    return Windows(READ, {"from": start, "to": end, "timeZoneID": zone}, length)


def test_a_range_is_divided_without_gaps_and_its_last_window_can_be_short() -> None:
    windows = windows_of(START, START + 2.5 * DAY, DAY)
    assert list(windows) == [
        Window(START, START + DAY),
        Window(START + DAY, START + 2 * DAY),
        Window(START + 2 * DAY, START + 2.5 * DAY),
    ]


@pytest.mark.parametrize("length", [timedelta(0), -DAY, SMALLEST - timedelta(seconds=1)])
def test_a_window_is_at_least_an_hour(length: timedelta) -> None:
    with pytest.raises(ArgumentError, match=r"window cannot be .*; expected a timedelta of 1:00:00 or more"):
        windows_of(START, START + DAY, length)


def test_an_empty_range_sends_no_request() -> None:
    assert not list(windows_of(START, START, DAY))
    assert not list(windows_of(START, START - DAY, DAY))


@given(
    hours=st.integers(min_value=1, max_value=2000),
    length=st.integers(min_value=1, max_value=500),
    bad=st.sets(st.integers(min_value=0, max_value=2000), max_size=5),
)
def test_every_hour_is_yielded_or_rejected_once_and_in_order(hours: int, length: int, bad: set[int]) -> None:
    windows = windows_of(START, START + timedelta(hours=hours), timedelta(hours=length))
    reported: list[Window] = []
    failure: RefusedWindowsError | None = None
    try:
        for window in windows:
            with windows.reading(window):
                if any(window.start <= START + timedelta(hours=hour) < window.end for hour in bad):
                    raise FunctionFailedError("no", server_message="no")
                reported.append(window)
    except RefusedWindowsError as error:
        failure = error
    refused = failure.windows if failure else []
    assert failure is None or re.match(r"GetWorkerResults failed for \d+ window\(s\)", failure.message)
    assert bool(refused) == any(hour < hours for hour in bad)
    assert reported == sorted(reported)
    pieces = sorted([*reported, *refused])
    assert pieces[0].start == START
    assert pieces[-1].end == START + timedelta(hours=hours)
    assert all(before.end == after.start for before, after in pairwise(pieces))
    assert all(window.end - window.start < 2 * SMALLEST for window in refused)


def test_a_range_can_be_in_days_and_have_fractions() -> None:
    windows = windows_of(date(2026, 1, 1), datetime(2026, 1, 3, 0, 0, 0, 1), WEEK)
    assert next(iter(windows)) == (START, datetime(2026, 1, 3, 0, 0, 1))


def test_times_with_a_zone_are_converted_if_the_call_is_in_utc() -> None:
    start = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))
    assert next(iter(windows_of(start, start + DAY, WEEK, "UTC"))) == (START, START + DAY)


@pytest.mark.parametrize(
    ("start", "end", "window", "problem"),
    [
        ("2026-01-01", START, WEEK, "start cannot be '2026-01-01'; expected a datetime, or a date for its midnight"),
        (START, 5, WEEK, "end cannot be 5; expected a datetime"),
        (START, START.replace(tzinfo=UTC), WEEK, "end cannot be .*; expected a datetime without time zone"),
        (START, START, 7, "window cannot be 7; expected a timedelta of 1:00:00 or more"),
    ],
)
def test_an_invalid_time_is_refused(start: Any, end: Any, window: Any, problem: str) -> None:
    with pytest.raises(ArgumentError, match=problem):
        windows_of(start, end, window)
