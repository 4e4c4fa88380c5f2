"""Runs are grouped by day and profile, in any order."""

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.history import Kind, Span
from tests.support.estates import NOW, history, run


def test_a_time_range_is_whole_days_in_utc_and_today_until_now() -> None:
    evening_in_new_york = datetime(2026, 3, 9, 22, 30, 15, 999, tzinfo=timezone(timedelta(hours=-5)))
    span = Span.ending(evening_in_new_york, 2)
    assert span == Span(datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 10, 3, 30, 15, tzinfo=UTC), "2 days")
    assert span.days == (date(2026, 3, 9), date(2026, 3, 10))


def test_a_run_counts_on_the_day_that_it_started() -> None:
    days = history(run(archived=5), run("failed", archived=0), run("completedWithErrors", hours=13, archived=7), run(hours=12)).days
    assert len(days) == 10
    assert (days[-1].archived, days[-1].runs) == (15, {Kind.SUCCEEDED: 2, Kind.FAILED: 1})
    assert (days[-2].archived, days[-2].runs) == (7, {Kind.INCOMPLETE: 1})
    assert days[-2].date == date(2026, 3, 9)
    assert days[0].count == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("succeeded", Kind.SUCCEEDED),
        ("completedWithWarnings", Kind.INCOMPLETE),
        ("completedWithErrors", Kind.INCOMPLETE),
        ("failed", Kind.FAILED),
        ("cancelled", Kind.OTHER),
        ("disconnected", Kind.OTHER),
        ("a text of a newer server", Kind.OTHER),
    ],
)
def test_the_result_decides_the_kind_of_a_run(text: str, kind: Kind) -> None:
    assert history(run(text)).days[-1].runs == {kind: 1}


def test_failures_are_counted_since_the_last_completed_run_in_any_order() -> None:
    runs = [
        run("failed", hours=30),
        run("succeeded", hours=25),
        run("completedWithErrors", hours=20),
        run("failed", hours=15),
        run("cancelled", hours=10),
        run("failed", hours=5),
        run("succeeded", hours=1, profile_id=2),
        run("failed", hours=1, profile_id=None),
    ]
    for seed in range(20):
        random.Random(seed).shuffle(runs)
        profiles = history(*runs).profiles
        assert {number: one.failures for number, one in profiles.items()} == {1: 2, 2: 0}
        assert profiles[1].latest.result == "failed"


def test_of_simultaneous_runs_the_highest_number_is_the_latest() -> None:
    assert history(run("failed", number=2), run("succeeded", number=1)).profiles[1].latest.result == "failed"


def test_texts_contain_no_control_or_direction_characters() -> None:
    hostile = "a\x1b[2J\u202eb\r\nc\ud800"
    assert rows.Server(server_name=hostile, server_type="x", active=True).server_name == "a\\u001b[2J\\u202eb c\\ud800"


def test_times_are_utc() -> None:
    row = {"id": 1, "result": "failed", "items_archived": 0}
    assert rows.Run(**row, start_time="2026-03-10T12:00:00").start_time == NOW
    assert rows.Run(**row, start_time="2026-03-10T13:00:00+01:00").start_time == NOW
