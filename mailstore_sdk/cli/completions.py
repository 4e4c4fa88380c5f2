"""What a shell offers for an argument or an option. A shell's line is no place for errors, nor for questions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import cast

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

from mailstore_sdk.cli import table
from mailstore_sdk.cli.context import Context, profile_file
from mailstore_sdk.cli.table import INSTANCE, Argument
from mailstore_sdk.errors import ConfigurationError

PATIENCE = 3.0
"""Seconds that a shell waits for the instances of the server."""


@add_completion_class
class Line(ShellComplete):
    """What the scripts in ``shells/`` ask: the line up to the cursor, and its last word. click's own protocols change."""

    name = "line"

    def get_completion_args(self) -> tuple[list[str], str]:
        """The whole words, and the one that is being typed."""
        words, last = split_arg_string(os.environ["COMP_LINE"]), os.environ["COMP_WORD"]
        return (words[1:-1], words[-1]) if last else (words[1:], "")

    def format_completion(self, item: CompletionItem) -> str:
        """A line with three fields."""
        return "\t".join((item.type, item.value, " ".join((item.help or "").split())))


def values(context: Context, argument: Argument, incomplete: str) -> list[CompletionItem]:
    """Values that an argument may take: known ones, and the instances of the server."""
    if argument["name"] in (INSTANCE, "instanceFilter"):
        return _offered(_instances(context), incomplete)
    done, comma, last = incomplete.rpartition(",") if argument["kind"] == "list" else ("", "", incomplete)
    return [CompletionItem(f"{done}{comma}{value}") for value in argument.get("values", []) if value.startswith(last)]


def is_bound(context: Context) -> bool:
    """Whether something names an instance that an argument need not name."""
    with contextlib.suppress(ConfigurationError):
        return context.default_instance() is not None
    return False


def functions(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The wire names of functions."""
    return _offered(table.index()["functions"], incomplete)


def pairs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The arguments of the function that a line names, and after the equals sign their values."""
    entry = table.entry_of(str(ctx.params.get("function")))
    known = table.arguments(entry) if entry else []
    name, equals, text = incomplete.partition("=")
    if equals:
        context = ctx.find_object(Context) or Context()
        found = (item for argument in known if argument["name"] == name for item in values(context, argument, text))
        return [CompletionItem(f"{name}={item.value}") for item in found]
    given = {str(pair).partition("=")[0] for pair in cast("tuple[str, ...]", ctx.params.get(str(param.name)) or ())}
    return _offered([f"{argument['name']}=" for argument in known if argument["name"] not in given], incomplete)


def instances(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The instances of the server, for an option."""
    return _offered(_instances(ctx.find_object(Context) or Context()), incomplete)


def profiles(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profiles of the file, for an option or an argument."""
    with contextlib.suppress(ConfigurationError):
        return _offered(profile_file().profiles, incomplete)
    return []


def _offered(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _instances(context: Context) -> list[str]:
    """The ids of all instances; none where the server cannot be asked."""
    with contextlib.suppress(Exception), contextlib.closing(context):
        client = context.client(ask=False).with_options(timeout=PATIENCE, retries=0)
        found = cast("list[object]", client.call("GetInstances", instanceFilter="*"))
        return [str(cast("dict[str, object]", item)["instanceID"]) for item in found]
    return []
