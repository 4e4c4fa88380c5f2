"""Asking before something is destroyed, by the names that people know."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import cast

import click

from mailstore_sdk.cli import table
from mailstore_sdk.cli.context import Context, stop
from mailstore_sdk.cli.exits import Exit
from mailstore_sdk.cli.output import printable
from mailstore_sdk.cli.run import Request
from mailstore_sdk.errors import MailStoreError

NAMED_BY = {
    ("stores", "id"): "GetStores",
    ("stores", "sourceId"): "GetStores",
    ("jobs", "id"): "GetJobs",
    ("profiles", "id"): "GetProfiles",
}
"""The function that tells the name behind a number: its rows have an id and a name."""


def ask(context: Context, request: Request) -> None:
    """Tell what will be done to what, and ask.

    Raises:
        Exit: The answer is no, or there is nobody to ask.
    """
    if context.yes:
        return
    summary = request.entry["summary"] if request.entry else "The catalogue does not know this function."
    lines = [f"{request.function}: {summary}", *(f"  {line}" for line in _targets(context, request))]
    click.echo("\n".join(lines), err=True)
    if not sys.stdin.isatty():
        raise stop(Exit.DECLINED, "Nothing was sent: there is no terminal to ask at. Add --yes if you mean it.")
    question = "This cannot be undone. Go on?" if request.entry else "Go on?"
    if not click.confirm(question, err=True):
        raise stop(Exit.DECLINED, "Nothing was sent.")


def _targets(context: Context, request: Request) -> Iterator[str]:
    for name, value in request.masked().items():
        if value is None:
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        yield printable(f"{name}: {text}{_name_behind(context, request, name)}")


def _name_behind(context: Context, request: Request, argument: str) -> str:
    """The names that a number or a filter stands for; nothing where the server does not tell."""
    group = table.index()["functions"].get(request.function, "")
    function = NAMED_BY.get((group, argument))
    try:
        if argument == "instanceFilter":
            return _matches(context, str(request.values[argument]))
        if function:
            rows = context.client().call(
                function, instanceID=request.values.get(table.INSTANCE), **({"raw": True} if group == "profiles" else {})
            )
            found = (row for row in cast("list[dict[str, object]]", rows) if row.get("id") == request.values[argument])
            return "".join(f" ({row.get('name')})" for row in found)
    except MailStoreError as error:
        return f" ({error.message})"
    except (TypeError, AttributeError):
        return ""  # a reply of another shape names nothing
    return ""


def _matches(context: Context, pattern: str) -> str:
    rows = cast("list[dict[str, object]]", context.client().call("GetInstances", instanceFilter=pattern))
    return f" ({', '.join(str(row.get('instanceID')) for row in rows) or 'no instance'})"
