"""Results as tables for people, and as JSON, YAML, CSV and lines for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Collection, Mapping
from typing import cast

import click

from mailstore_sdk.cli.context import Context, stop, tell
from mailstore_sdk.cli.data import is_list, is_object
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.secrets import mask
from mailstore_sdk.runtime.sanitize import printable

_GAP = 3
"""Cells between two columns."""


def show(context: Context, value: object, secret_fields: Collection[str] = ()) -> None:
    """Print a result in the form that the options say.

    Raises:
        Exit: The query does not fit the result.
    """
    shown = value if context.show_secrets else mask(value, secret_fields)
    if shown != value:
        tell("Secret fields are masked; --show-secrets shows them.")
    style = context.output or ("table" if sys.stdout.isatty() else "json")
    text = _STYLES[style](_picked(shown, context.query))
    if text:
        click.echo(text)


def _picked(value: object, query: str | None) -> object:
    if not query:
        return value
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return cast("object", jmespath.search(query, value))
    except JMESPathError as error:
        problem = " ".join(str(error).split())
        raise stop(Exit.OTHER, f"The command is done, but --query {query!r:.100} does not fit its result: {problem}") from None


def as_json(value: object) -> str:
    """JSON, indented."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def as_yaml(value: object) -> str:
    """YAML, keys in their order."""
    import yaml

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...")


def as_csv(value: object) -> str:
    """One row for each item, under the names of the fields."""
    columns, rows = _grid(value)
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
        return _drawn([[key, _cell(item)] for key, item in value.items()])
    if not is_list(value):
        return printable(_cell(value))
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


def _grid(value: object) -> tuple[list[str], list[list[str]]]:
    """A value as rows of texts under names."""
    items = value if is_list(value) else [] if value is None else [value]
    columns = list(dict.fromkeys(key for item in items if is_object(item) for key in item))
    if not columns:
        return ["value"], [[_cell(item)] for item in items]
    objects = [item if is_object(item) else {columns[0]: item} for item in items]
    return columns, [[_cell(item.get(column)) for column in columns] for item in objects]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if is_list(value) and all(isinstance(item, str) for item in value):
        return ", ".join(printable(str(item)) for item in value)
    return printable(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


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
