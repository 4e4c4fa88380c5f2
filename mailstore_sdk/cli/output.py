"""Print results as tables for people, and as JSON, YAML, CSV and lines for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping
from typing import cast

from mailstore_sdk.cli.columns import COLUMNS
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.data import finite
from mailstore_sdk.cli.secrets import mask
from mailstore_sdk.cli.table import Entry
from mailstore_sdk.cli.tables import Layout, as_table, cell, records
from mailstore_sdk.cli.terminal import CannotShowError, notify, say
from mailstore_sdk.runtime.sanitize import printable


def show(context: Context, value: object, entry: Entry | None = None) -> None:
    """Print a result in the format of the options.

    Args:
        context: The options.
        value: The result.
        entry: The function's entry in the table of commands.

    Raises:
        CannotShowError: The query fails on the result.
    """
    secret_fields = entry.get("secret_fields", []) if entry else []
    shown = value if context.show_secrets else mask(value, secret_fields)
    if shown is not value and shown != value:
        notify("Secret fields are masked; --show-secrets shows them.")
    style = context.output or ("table" if sys.stdout.isatty() else "json")
    picked = _picked(shown, context.query)
    text = as_table(picked, _layout(context, entry)) if style == "table" else _STYLES[style](picked)
    if text:
        say(text)


def _layout(context: Context, entry: Entry | None) -> Layout:
    if context.query or not entry:
        return Layout(everything=context.all_columns)
    return Layout(COLUMNS.get(entry["function"], ()), entry.get("sizes", {}), context.all_columns)


def _picked(value: object, query: str | None) -> object:
    if not query:
        return value
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return cast("object", jmespath.search(query, value))
    except JMESPathError as error:
        problem = " ".join(str(error).split())
        raise CannotShowError(f"--query {query!r:.100} fails on the result: {problem}") from None


def as_json(value: object) -> str:
    """Format as indented JSON. NaN and infinity, which JSON does not have, become null."""
    try:
        text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(finite(value), indent=2, ensure_ascii=False)
    return printable(text)


def as_yaml(value: object) -> str:
    """Format as YAML in the original order of keys."""
    import yaml

    dump = cast("Callable[..., str]", yaml.safe_dump)  # pyright: ignore[reportUnknownMemberType] - its stubs are incomplete
    text = dump(value, sort_keys=False, allow_unicode=True)
    if printable(text) != text:
        text = dump(value, sort_keys=False)  # escapes everything that is not ASCII
    return text.removesuffix("\n").removesuffix("\n...")


def as_csv(value: object) -> str:
    """Format as CSV with a heading and a row per item, without formulas for spreadsheets."""
    columns, rows = _grid(value, _csv_cell)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([columns, *rows] if rows else [])
    return text.getvalue().removesuffix("\n")


def as_text(value: object) -> str:
    """Format as one line per item with tabs between the values, without a heading."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in _grid(value)[1])


def _csv_cell(text: str) -> str:
    """Put an apostrophe before a value that a spreadsheet would run as a formula."""
    return f"'{printable(text)}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else printable(text)


def _grid(value: object, safe: Callable[[str], str] = printable) -> tuple[list[str], list[list[str]]]:
    """Convert a value to column names and rows of strings."""
    names, rows = records(value)
    return [safe(name) for name in names], [[cell(row.get(name), safe) for name in names] for row in rows]


_STYLES: Mapping[str, Callable[[object], str]] = {"json": as_json, "yaml": as_yaml, "csv": as_csv, "text": as_text}
