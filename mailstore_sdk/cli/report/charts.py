"""The geometry of the page's charts. A plot is 100 high and is stretched to its container, so its labels are HTML, not SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain, repeat
from operator import mul

from mailstore_sdk.cli.report import words
from mailstore_sdk.cli.report.collect import InstanceHealth
from mailstore_sdk.cli.report.history import Day, Kind, levels
from mailstore_sdk.cli.report.rows import Size

HEIGHT = 100
_GAP = 0.16
_STYLES = ("content", "indexes", "databases")
_SPARKS = 60
_SMALL = (2, 4, 6, 8)
_STEPS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)


@dataclass(frozen=True)
class Shape:
    """A coloured part of a chart: the name in the legend, the CSS class and the SVG path."""

    name: str
    style: str
    path: str


@dataclass(frozen=True)
class Spot:
    """One day of the plot, which shows its values under the pointer."""

    x: int
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart over days.

    Attributes:
        about: What it counts, and what it does not.
        caption: Its content in a sentence, for screen readers.
        width: Width of the plot in its own units.
        ticks: Labels of the axis of numbers, from the top.
        dates: Labels of the axis of days, from the left.
    """

    id: str
    title: str
    about: str
    caption: str
    width: int
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    ticks: tuple[str, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """A horizontal bar: parts from the left, each with its start and width in percent of the longest bar; a plain line has no parts."""

    name: str
    total: str
    caption: str
    parts: tuple[tuple[str, float, float], ...]


def growth(days: Sequence[Day]) -> Chart:
    """The cumulative number of archived messages by day."""
    sums = list(accumulate(day.archived for day in days))
    top = ceiling(sums[-1])
    # The start is at the left edge of the first day, each day's sum at its right edge.
    line = "".join(f"L{index} {_y(total, top)}" for index, total in enumerate(sums, 1))
    shapes = (
        Shape("", "area archived", f"M0 {HEIGHT}{line}L{len(days)} {HEIGHT}Z"),
        Shape("", "line archived", f"M0 {HEIGHT}{line}"),
    )
    return Chart(
        "growth",
        "Growth",
        "Messages archived by profile runs since the first day, cumulative. Messages archived in other ways are not counted, "
        "and deleted ones are not subtracted.",
        f"From {words.day(days[0].date)} to {words.day(days[-1].date)}, {_count(sums[-1], 'message')} were archived.",
        len(days),
        shapes,
        _spots(days, [f"{_count(total, 'message')} since {words.day(days[0].date)}" for total in sums]),
        _ticks(top),
        _dates(days),
    )


def archived(days: Sequence[Day]) -> Chart:
    """The messages archived on each day."""
    most = max(days, key=lambda day: day.archived)
    top = ceiling(most.archived)
    return Chart(
        "archived",
        "Archived by day",
        "Messages archived by profile runs, by the day on which the run started.",
        f"The most in one day were {_count(most.archived, 'message')} on {words.day(most.date)}."
        if most.archived
        else "None were archived.",
        len(days),
        (Shape("", "archived", "".join(_column(index, 0, day.archived, top) for index, day in enumerate(days))),),
        _spots(days, [_count(day.archived, "message") for day in days]),
        _ticks(top),
        _dates(days),
    )


def runs(days: Sequence[Day]) -> Chart:
    """The runs of each day, by how they ended."""
    top = ceiling(max(day.count for day in days))
    totals = {kind: sum(day.runs.get(kind, 0) for day in days) for kind in Kind}
    caption = ", ".join(f"{words.number(total)} {ended(kind)}" for kind, total in totals.items())
    return Chart(
        "runs",
        "Archive runs by day",
        "Profile runs by outcome and by the day on which they started. Ended otherwise: cancelled, interrupted or unknown.",
        f"{_count(sum(totals.values()), 'run')}: {caption}.",
        len(days),
        tuple(Shape(ended(kind), kind.name.lower(), _layer(days, kind, top)) for kind in Kind),
        _spots(days, map(_runs_caption, days)),
        _ticks(top),
        _dates(days),
    )


def sizes(instances: Sequence[InstanceHealth], most: int) -> tuple[Bar, ...]:
    """The largest instances with a bar each, and the sum of all others without a bar, which would make the other bars small."""
    caption = sorted(((one.info.instance_id, one.size) for one in instances if one.size), key=lambda pair: -pair[1].total_size_mb)
    longest = max((_held(size) for _, size in caption), default=0) or 1
    bars = tuple(_bar(name, size, longest) for name, size in caption[:most])
    rest = [_held(size) for _, size in caption[most:]]
    return (*bars, Bar(_count(len(rest), "other"), words.size(sum(rest)), "", ())) if rest else bars


def sparkline(days: Sequence[Day]) -> tuple[int, str]:
    """A small chart of the messages archived in a day: its width and its path."""
    heights = levels(days, _SPARKS)
    top = max(heights) or 1
    return len(heights), "".join(_column(index, 0, height, top) for index, height in enumerate(heights))


def ceiling(most: int) -> int:
    """The end of an axis: the next round number whose half is an integer."""
    scales = accumulate(repeat(10), mul, initial=1)
    rounds = chain(_SMALL, (step * scale for scale in scales for step in _STEPS))
    return next(number for number in rounds if number >= most and number % 2 == 0)


def _held(size: Size) -> int:
    return size.content_file_size_mb + size.index_file_size_mb + size.database_file_size_mb


def _bar(name: str, size: Size, longest: int) -> Bar:
    sizes = (size.content_file_size_mb, size.index_file_size_mb, size.database_file_size_mb)
    starts = accumulate(sizes[:-1], initial=0)
    parts = tuple(
        (style, _percent(start, longest), _percent(part, longest)) for style, start, part in zip(_STYLES, starts, sizes, strict=True)
    )
    caption = ", ".join(f"{style} {words.size(part)}" for style, part in zip(("messages", *_STYLES[1:]), sizes, strict=True))
    return Bar(name, words.size(_held(size)), caption, parts)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def _layer(days: Sequence[Day], kind: Kind, top: int) -> str:
    """One kind of runs; its columns are stacked on those of the previous kinds."""
    below = list(Kind)[: list(Kind).index(kind)]
    return "".join(_column(index, sum(day.runs.get(one, 0) for one in below), day.runs.get(kind, 0), top) for index, day in enumerate(days))


def _column(index: int, below: int, value: int, top: int) -> str:
    if not value:
        return ""
    upper, lower = _y(below + value, top), _y(below, top)
    return f"M{index + _GAP / 2:g} {lower}V{upper}h{1 - _GAP:g}V{lower}Z"


def _y(value: int, top: int) -> str:
    return f"{HEIGHT - HEIGHT * value / top:.4g}"


def _spots(days: Sequence[Day], texts: Iterable[str]) -> tuple[Spot, ...]:
    return tuple(Spot(index, f"{words.day(day.date)}: {text}") for index, (day, text) in enumerate(zip(days, texts, strict=True)))


def _runs_caption(day: Day) -> str:
    return ", ".join(f"{count} {ended(kind)}" for kind, count in day.runs.items()) or "no runs"


def ended(kind: Kind) -> str:
    """How runs of a kind ended, in words that need no context."""
    return f"ended {kind}" if kind is Kind.OTHER else kind


def _ticks(top: int) -> tuple[str, ...]:
    return tuple(words.number(value) for value in (top, top // 2, 0))


def _dates(days: Sequence[Day]) -> tuple[str, ...]:
    wanted: list[date] = [days[0].date, days[len(days) // 2].date, days[-1].date]
    return tuple(words.day(day) for day in dict.fromkeys(wanted))


def _count(number: int, what: str) -> str:
    return f"{words.number(number)} {what}{'' if number == 1 else 's'}"
