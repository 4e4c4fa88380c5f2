"""Results as tables for people, and as JSON, YAML, CSV and lines for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Collection, Mapping
from typing import cast

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.data import finite, is_list, is_object
from mailstore_sdk.cli.secrets import mask
from mailstore_sdk.cli.terminal import CannotShowError, one_line, say, tell
from mailstore_sdk.runtime.sanitize import printable

_GAP = 3
"""Cells between two columns."""


def show(context: Context, value: object, secret_fields: Collection[str] = ()) -> None:
    """Print a result in the form that the options say.

    Raises:
        CannotShowError: The query does not fit the result.
    """
    shown = value if context.show_secrets else mask(value, secret_fields)
    if shown is not value and shown != value:
        tell("Secret fields are masked; --show-secrets shows them.")
    style = context.output or ("table" if sys.stdout.isatty() else "json")
    text = _STYLES[style](_picked(shown, context.query))
    if text:
        say(text)


def _picked(value: object, query: str | None) -> object:
    if not query:
        return value
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return cast("object", jmespath.search(query, value))
    except JMESPathError as error:
        problem = " ".join(str(error).split())
        raise CannotShowError(f"--query {query!r:.100} does not fit the result: {problem}") from None


def as_json(value: object) -> str:
    """JSON, indented. What JSON has no number for, NaN and infinity, is null."""
    try:
        text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(finite(value), indent=2, ensure_ascii=False)
    return printable(text)


def as_yaml(value: object) -> str:
    """YAML, keys in their order."""
    import yaml

    dump = cast("Callable[..., str]", yaml.safe_dump)  # pyright: ignore[reportUnknownMemberType] - its stubs are incomplete
    text = dump(value, sort_keys=False, allow_unicode=True)
    if printable(text) != text:
        text = dump(value, sort_keys=False)  # escapes whatever is not ASCII
    return text.removesuffix("\n").removesuffix("\n...")


def as_csv(value: object) -> str:
    """One row for each item, under the names of the fields; a spreadsheet finds no formulas in it."""
    columns, rows = _grid(value, _csv_cell)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([columns, *rows] if rows else [])
    return text.getvalue().removesuffix("\n")


def as_text(value: object) -> str:
    """One line for each item, values divided by tabs, without names: for cut and while read."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in _grid(value)[1])


def as_table(value: object) -> str:
    """Columns for a list where they fit the terminal, else names and values, one item after the other."""
    if is_object(value):
        return _drawn([[one_line(key), _cell(item)] for key, item in value.items()])
    if not is_list(value):
        return _cell(value)
    columns, rows = _grid(value)
    if not rows:
        return "(none)"
    if _width([columns, *rows]) <= _terminal_width():
        return _drawn(rows, columns)
    return "\n\n".join(_drawn([[name, cell] for name, cell in zip(columns, row, strict=True)]) for row in rows)


def _width(rows: list[list[str]]) -> int:
    """What columns need, with the space around them."""
    from rich.cells import cell_len

    return sum(max(map(cell_len, column)) + _GAP for column in zip(*rows, strict=True))


def _terminal_width() -> int:
    from rich.console import Console

    return Console().width


def _grid(value: object, safe: Callable[[str], str] = printable) -> tuple[list[str], list[list[str]]]:
    """A value as rows of strings under names; the items of a list of lists are columns, named by their numbers."""
    items = value if is_list(value) else [] if value is None else [value]
    if items and all(map(is_list, items)):
        items = [{f"Column{number}": part for number, part in enumerate(item, 1)} for item in items if is_list(item)]
    columns = list(dict.fromkeys(key for item in items if is_object(item) for key in item))
    if not columns:
        return ["value"], [[_cell(item, safe)] for item in items]
    objects = [item if is_object(item) else {columns[0]: item} for item in items]
    return [safe(column) for column in columns], [[_cell(item.get(column), safe) for column in columns] for item in objects]


def _csv_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{printable(text)}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else printable(text)


def _cell(value: object, safe: Callable[[str], str] = printable) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if is_list(value) and all(isinstance(item, str) for item in value):
        return safe(", ".join(map(str, value)))
    return safe(value) if isinstance(value, str) else printable(json.dumps(value, ensure_ascii=False))


def _drawn(rows: list[list[str]], columns: list[str] | None = None) -> str:
    """Rows under the names of their columns, or names with their values."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=SIMPLE_HEAD if columns else None, show_header=bool(columns))
    for column in columns or ("", ""):
        table.add_column(Text(column), header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip()


_STYLES: Mapping[str, Callable[[object], str]] = {
    "table": as_table,
    "json": as_json,
    "yaml": as_yaml,
    "csv": as_csv,
    "text": as_text,
}
