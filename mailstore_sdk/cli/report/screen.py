"""The report on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rich import box
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mailstore_sdk.cli.report import words
from mailstore_sdk.cli.report.collect import Estate, InstanceHealth
from mailstore_sdk.cli.report.history import levels
from mailstore_sdk.cli.report.judge import Finding, Level, Verdict
from mailstore_sdk.cli.report.line import sentence

T = TypeVar("T")

STYLES = {Level.OK: "green", Level.UNKNOWN: "magenta", Level.WARNING: "yellow", Level.CRITICAL: "bold red"}
_BLOCKS = "▁▂▃▄▅▆▇█"
_SPARKS = 20
_FRAME = 17
"""Lines that are there whatever the installation holds: the head, headings, borders, notes and the prompt."""

_FEWEST = 6


@dataclass(frozen=True)
class Rows:
    """How many lines each part may have; None is as many as there are."""

    instances: int | None = None
    findings: int | None = None
    messages: int | None = None

    @classmethod
    def fitting(cls, height: int, estate: Estate, verdict: Verdict) -> Rows:
        """What fits on a screen of that many lines: equal parts, but none gets more than it needs."""
        wanted = {"instances": len(estate.instances), "findings": len(verdict.findings), "messages": len(verdict.messages)}
        room = max(height - _FRAME, _FEWEST)
        given: dict[str, int] = {}
        for name, want in sorted(wanted.items(), key=lambda item: item[1]):
            given[name] = min(want, room // (len(wanted) - len(given)))
            room -= given[name]
        return cls(**given)


def show(console: Console, estate: Estate, verdict: Verdict, limit: Rows) -> None:
    """Print the report."""
    console.print(_report(console, estate, verdict, limit))


def for_screen(console: Console, estate: Estate, verdict: Verdict) -> Rows:
    """All lines, long texts wrapped, if the screen has room for them; otherwise as many as fit, long texts shortened."""
    lines = console.render_lines(_report(console, estate, verdict, Rows()))
    return Rows() if len(lines) < console.height else Rows.fitting(console.height, estate, verdict)


def _report(console: Console, estate: Estate, verdict: Verdict, limit: Rows) -> RenderableType:
    parts = [_head(estate, verdict), _instances(console, estate, verdict, limit.instances)]
    parts += _findings("Needs attention", verdict.findings, limit.findings)
    parts += _findings("Service messages", verdict.messages, limit.messages)
    return Group(*parts)


def _head(estate: Estate, verdict: Verdict) -> RenderableType:
    environment = estate.service.environment_info if estate.service else None
    server = f"{environment.server_name}, SPE {environment.version}" if environment else "MailStore SPE"
    text = Text.assemble((verdict.level.upper(), f"{STYLES[verdict.level]} reverse"), f"  {sentence(estate, verdict)}")
    return Panel(text, title=Text(server), subtitle=words.moment(estate.span.end), title_align="left", subtitle_align="right")


def _instances(console: Console, estate: Estate, verdict: Verdict, limit: int | None) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    columns = [column for column in _COLUMNS if column.from_width <= console.width and not (column.drawn and console.options.ascii_only)]
    table.add_column(no_wrap=True)
    for column in columns:
        table.add_column(column.name, justify=column.justify, no_wrap=True, overflow="ellipsis")
    shown, hidden = _cut(verdict.worst_first(estate.instances), limit)
    for instance in shown:
        table.add_row(_level(verdict.level_of(instance)), *(column.cell(instance) for column in columns))
    note = f"Runs and archived: runs of profiles in the last {estate.span.label} and the messages that they archived."
    below = _more(hidden, "instance") + (note if any(column.name == "Runs" for column in columns) else "")
    return Group(Text(), table, *([Text(), Text(below, style="dim")] if below else []))


def _state(instance: InstanceHealth) -> Text:
    return Text(instance.info.status, style="" if instance.running else "yellow")


def _sparkline(instance: InstanceHealth) -> Text:
    heights = levels(instance.history.days, _SPARKS) if instance.history else []
    most = max(heights, default=0) or 1
    return Text("".join(_BLOCKS[height * (len(_BLOCKS) - 1) // most] for height in heights), style="cyan")


@dataclass(frozen=True)
class _Column:
    """A column of the table of instances, there from a width of the screen on; `drawn` ones need more than ASCII."""

    name: str
    cell: Callable[[InstanceHealth], Text]
    from_width: int = 0
    justify: JustifyMethod = "right"
    drawn: bool = False


def _count(name: str, count: Callable[[InstanceHealth], int | None], from_width: int = 0) -> _Column:
    return _Column(name, lambda one: Text(words.number(count(one))), from_width)


_COLUMNS = (
    _Column("Instance", lambda one: Text(one.info.instance_id), justify="left"),
    _Column("State", _state, justify="left"),
    _count("Messages", lambda one: one.size.number_of_messages if one.size else None),
    _Column("Size", lambda one: Text(words.size(one.size.total_size_mb if one.size else None))),
    _count("Users", lambda one: one.users, 72),
    _count("Stores", lambda one: None if one.stores is None else len(one.stores), 100),
    _count("Profiles", lambda one: None if one.profiles is None else len(one.profiles), 100),
    _count("Runs", lambda one: sum(day.count for day in one.history.days) if one.history else None, 72),
    _count("Archived", lambda one: sum(day.archived for day in one.history.days) if one.history else None, 72),
    _Column("", _sparkline, 120, "left", drawn=True),
)


def _findings(title: str, findings: tuple[Finding, ...], limit: int | None) -> Iterator[RenderableType]:
    if not findings:
        return
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), title=title, title_justify="left", title_style="bold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold" if limit is None else "ellipsis", no_wrap=limit is not None, ratio=1)
    shown, hidden = _cut(sorted(findings, key=lambda one: -one.level.gravity), limit)
    for finding in shown:
        where = f"{finding.where}  " if finding.where else ""
        table.add_row(Text(finding.label, style=STYLES[finding.level]), Text.assemble((where, "bold"), finding.text))
    yield Group(Text(), table)
    if hidden:
        yield Text(_more(hidden, "line"), style="dim")


def _level(level: Level) -> Text:
    return Text(level, style=STYLES[level])


def _cut(items: list[T], limit: int | None) -> tuple[list[T], int]:
    """What there is room for, and how many more there are."""
    shown = items[:limit]
    return shown, len(items) - len(shown)


def _more(hidden: int, what: str) -> str:
    return f"... and {hidden} more {what}{'s' if hidden > 1 else ''} (--all shows them). " if hidden else ""
