"""Ask before something is destroyed, with the names of what is affected."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from mailstore_sdk.cli import table
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.data import is_list, is_object
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.request import Request
from mailstore_sdk.cli.terminal import notify, stop
from mailstore_sdk.errors import MailStoreError

NAMED_BY = {
    ("stores", "id"): "GetStores",
    ("stores", "sourceId"): "GetStores",
    ("scheduled-jobs", "id"): "GetJobs",
    ("archiving-profiles", "id"): "GetProfiles",
}
"""The function that returns the name for a number: its rows have an id and a name."""


def ask(context: Context, request: Request) -> None:
    """Show what will be done, and ask.

    Raises:
        Exit: The answer is no, or there is no terminal.
    """
    if context.yes:
        return
    summary = request.entry["summary"] if request.entry else f"The catalogue does not have this function{request.descriptor().hint}."
    lines = [f"{request.function}: {summary}", *(f"  {line}" for line in _targets(context, request))]
    notify("\n".join(lines))
    if not sys.stdin.isatty():
        raise stop(Exit.DECLINED, "Nothing was sent: there is no terminal for a prompt. To confirm, add --yes.")
    question = "This cannot be undone. Continue?" if request.entry else "Continue?"
    if not click.confirm(question, err=True):
        raise stop(Exit.DECLINED, "Nothing was sent.")


def _targets(context: Context, request: Request) -> Iterator[str]:
    for name, value in request.masked().items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        yield f"{name}: {text}{_name_behind(context, request, name)}"


def _name_behind(context: Context, request: Request, argument: str) -> str:
    """The names that belong to a number or a filter, if the server reports them."""
    group = table.index()["functions"].get(request.function, "")
    value = request.values.get(argument)
    try:
        if argument == "instanceFilter":
            rows = context.client().call("GetInstances", instanceFilter=value)
            return f" ({', '.join(_fields(rows, 'instanceID'))})"
        if function := NAMED_BY.get((group, argument)):
            more = {"raw": True} if group == "archiving-profiles" else {}
            rows = context.client().call(function, instanceID=request.values.get(table.INSTANCE), **more)
            return "".join(f" ({name})" for name in _fields(rows, "name", value))
    except MailStoreError as error:
        return f" ({error.message})"
    return ""


def _fields(rows: object, field: str, number: object = None) -> Iterator[str]:
    """A field of each row, or of those with a number; nothing if the reply has another shape."""
    found = [row for row in rows if is_object(row)] if is_list(rows) else []
    return (str(row.get(field)) for row in found if number is None or row.get("id") == number)
