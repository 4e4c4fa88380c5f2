"""Results as tables for people: the columns that matter, no wider than the terminal, sizes in units."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailstore_sdk.cli.data import is_list, is_object
from mailstore_sdk.cli.terminal import one_line
from mailstore_sdk.runtime.sanitize import printable

if TYPE_CHECKING:
    from rich.table import Table

_GAP = 3
"""Cells between two columns."""
_EDGE = 1
_NARROWEST = 24
"""Cells that a column keeps when it is shortened, so that its values still say something; more if its name is longer."""


@dataclass(frozen=True)
class Layout:
    """How a table is laid out.

    Attributes:
        columns: The columns to show, if not all of them.
        sizes: The unit of each field that is a size.
        everything: Show all columns and shorten nothing.
    """

    columns: Sequence[str] = ()
    sizes: Mapping[str, str] = field(default_factory=dict[str, str])
    everything: bool = False


@dataclass(frozen=True)
class _Column:
    name: str
    cells: list[str]
    is_number: bool
    width: int
    least: int


def as_table(value: object, layout: Layout | None = None) -> str:
    """Draw columns for a list, names and values for an object."""
    layout = layout or Layout()
    if is_object(value):
        return _drawn([(one_line(key), _shown(layout, key, item)) for key, item in value.items()])
    if not is_list(value):
        return cell(value)
    names, rows = records(value)
    if not rows:
        return "(none)"
    if not layout.everything:
        names = [name for name in layout.columns if name in names] or names
    columns = [_column(layout, name, [row.get(name) for row in rows]) for name in names]
    if not layout.everything:
        columns = [column for column in columns if any(column.cells)] or columns
        return _in_columns(columns, _fitted(columns, _terminal_width()))
    if _needed(column.width for column in columns) <= _terminal_width():
        return _in_columns(columns, [column.width for column in columns])
    cells = zip(*(column.cells for column in columns), strict=True)
    return "\n\n".join(_drawn([(column.name, text) for column, text in zip(columns, row, strict=True)]) for row in cells)


def records(value: object) -> tuple[list[str], list[Mapping[str, object]]]:
    """The names and the rows of a value; the items of a list of lists are columns, named by their numbers."""
    items = value if is_list(value) else [] if value is None else [value]
    if items and all(map(is_list, items)):
        items = [{f"Column{number}": part for number, part in enumerate(item, 1)} for item in items if is_list(item)]
    names = list(dict.fromkeys(key for item in items if is_object(item) for key in item)) or ["value"]
    return names, [item if is_object(item) else {names[0]: item} for item in items]


def cell(value: object, safe: Callable[[str], str] = printable) -> str:
    """A value in the cell of a table."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if is_list(value) and all(isinstance(item, str) for item in value):
        return safe(", ".join(map(str, value)))
    return safe(value) if isinstance(value, str) else printable(json.dumps(value, ensure_ascii=False))


def _shown(layout: Layout, name: str, value: object) -> str:
    if name in layout.sizes and isinstance(value, int | float) and not isinstance(value, bool):
        from mailstore_sdk.cli.sizes import human_size

        return human_size(value, layout.sizes[name])
    return cell(value)


def _column(layout: Layout, name: str, values: list[object]) -> _Column:
    from rich.cells import cell_len

    title, cells = one_line(name), [" ".join(_shown(layout, name, value).split()) for value in values]
    is_number = all(value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values)
    width = max(map(cell_len, [title, *cells]))
    return _Column(title, cells, is_number, width, min(width, max(cell_len(title), _NARROWEST)))


def _fitted(columns: list[_Column], room: int) -> list[int]:
    """The widths of as many columns as there is room for: the last ones are dropped, the widest are shortened.

    One more short column is dropped if nothing has to be shortened then.
    """
    count = next((number for number in range(len(columns), 1, -1) if _needed(column.least for column in columns[:number]) <= room), 1)
    widths = [column.width for column in columns[:count]]
    if count > 1 and widths[-1] == columns[count - 1].least and _needed(widths[:-1]) <= room < _needed(widths):
        widths.pop()
    while _needed(widths) > room and (longer := [at for at, width in enumerate(widths) if width > columns[at].least]):
        widths[max(longer, key=lambda at: widths[at])] -= 1
    return widths


def _needed(widths: Iterable[int]) -> int:
    return _EDGE + sum(width + _GAP for width in widths)


def _terminal_width() -> int:
    from rich.console import Console

    return Console().width


def _in_columns(columns: list[_Column], widths: list[int]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    shown = columns[: len(widths)]
    for column, width in zip(shown, widths, strict=True):
        heading = Text(column.name, justify="right" if column.is_number else "left")
        table.add_column(heading, width=width, no_wrap=True, overflow="ellipsis", header_style="bold")
    for row in zip(*(column.cells for column in shown), strict=True):
        table.add_row(*(Text(text, justify="right" if column.is_number else "left") for text, column in zip(row, shown, strict=True)))
    return _text_of(table)


def _drawn(rows: Sequence[tuple[str, str]]) -> str:
    """Names with their values."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return _text_of(table)


def _text_of(table: Table) -> str:
    from rich.console import Console

    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(table)
    text = "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n")
    return text.replace("\N{HORIZONTAL ELLIPSIS}", "~") if console.options.ascii_only else text
