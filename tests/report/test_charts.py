"""The charts' geometry: a plot is 100 high, and a day is 1 wide."""

import re
from datetime import date

import pytest

from mailstore_sdk.cli.report import charts, words
from mailstore_sdk.cli.report.history import Day
from tests.support.estates import estate, history, info, instance, run, size

DAYS = history(
    run(archived=30),
    run("failed", archived=0),
    run("completedWithWarnings", hours=24, archived=10),
    run("threadAbort", hours=24, archived=0),
).days


def columns(path: str) -> list[tuple[int, float, float]]:
    """Day, lower and upper end of each column of a path."""
    return [
        (int(float(x)), 100 - float(lower), 100 - float(upper)) for x, lower, upper in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)h", path)
    ]


def test_the_height_of_a_column_is_the_days_value() -> None:
    chart = charts.archived(DAYS)
    assert chart.ticks == ("30", "15", "0")
    assert columns(chart.shapes[0].path) == [(8, 0, pytest.approx(100 / 3, abs=0.1)), (9, 0, 100)]
    assert chart.dates == ("1 Mar 2026", "6 Mar 2026", "10 Mar 2026")
    assert chart.caption == "The most in one day were 30 messages on 10 Mar 2026."
    assert chart.spots[9].text == "10 Mar 2026: 30 messages"
    assert (chart.width, len(chart.spots)) == (10, 10)


def test_the_runs_of_a_day_are_stacked() -> None:
    chart = charts.runs(DAYS)
    ends = {shape.style: columns(shape.path) for shape in chart.shapes}
    assert ends == {"succeeded": [(9, 0, 50)], "incomplete": [(8, 0, 50)], "failed": [(9, 50, 100)], "other": [(8, 50, 100)]}
    assert chart.caption == "4 runs: 1 succeeded, 1 with warnings or errors, 1 failed, 1 ended otherwise."
    assert chart.spots[8].text == "9 Mar 2026: 1 with warnings or errors, 1 ended otherwise"
    assert chart.spots[0].text == "1 Mar 2026: no runs"


def test_growth_adds_up() -> None:
    chart = charts.growth(DAYS)
    assert chart.ticks == ("40", "20", "0")
    assert chart.shapes[1].path.startswith("M0 100L1 100")
    assert chart.shapes[1].path.endswith("L8 100L9 75L10 0")
    assert chart.shapes[0].path == f"{chart.shapes[1].path}L10 100Z"
    assert chart.spots[9].text == "10 Mar 2026: 40 messages since 1 Mar 2026"


def test_without_runs_the_charts_are_empty() -> None:
    days = history().days[:1]
    assert charts.archived(days).caption == "None were archived."
    assert charts.runs(days).ticks == ("2", "1", "0")
    assert {shape.path for shape in charts.runs(days).shapes} == {""}
    assert charts.growth(days).dates == ("1 Mar 2026",)
    assert charts.sparkline(days) == (1, "")


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (2, 2), (3, 4), (7, 8), (9, 10), (11, 12), (14, 20), (150, 150), (22_327, 25_000), (80_001, 100_000)]
)
def test_an_axis_ends_at_a_round_number(most: int, top: int) -> None:
    assert charts.ceiling(most) == top


def test_the_largest_instances_have_a_bar_each_and_the_others_a_line() -> None:
    caption = [instance(info=info(instance_id=f"i{megabytes}"), size=size(megabytes)) for megabytes in (20, 80, 40, 30)]
    bars = charts.sizes([*caption, instance(size=None)], most=2)
    assert [(bar.name, bar.total) for bar in bars] == [("i80", "80 MB"), ("i40", "40 MB"), ("2 others", "50 MB")]
    assert bars[0].parts == (("content", 0, 85), ("indexes", 85, 12.5), ("databases", 97.5, 2.5))
    assert bars[1].caption == "messages 28 MB, indexes 10 MB, databases 2 MB"
    assert bars[2].parts == ()
    assert charts.sizes([], most=2) == ()


def test_a_small_chart_of_many_days_has_bars_of_several_days() -> None:
    days = [Day(date(2026, 1, 1), archived=number) for number in range(121)]
    width, path = charts.sparkline(days)
    assert width == 41  # three days each, the last one day
    assert columns(path)[-1] == (40, 0, 100)
    assert columns(path)[19] == (19, 0, pytest.approx(100 * 58 / 120, abs=0.1))


@pytest.mark.parametrize(
    ("megabytes", "text"),
    [(None, "–"), (0, "0 MB"), (1_023, "1,023 MB"), (1_536, "1.5 GB"), (1_048_576, "1.0 TB"), (5 * 10**9, "4,768.4 TB")],
)
def test_sizes_are_in_the_unit_that_fits(megabytes: int | None, text: str) -> None:
    assert words.size(megabytes) == text


def test_the_days_of_all_instances_are_added_up() -> None:
    days = estate(instance(runs=(run(archived=1),)), instance(runs=(run("failed", archived=2),)), instance(history=None)).days
    assert (days[-1].archived, days[-1].count) == (3, 2)
    assert len(days) == 10
