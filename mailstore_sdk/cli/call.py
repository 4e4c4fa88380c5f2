"""``mailstore call``: any function by its wire name."""

from __future__ import annotations

import click

from mailstore_sdk.cli import completions, options, table
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.data import parse_json
from mailstore_sdk.cli.request import Request
from mailstore_sdk.cli.run import execute
from mailstore_sdk.cli.secrets import source
from mailstore_sdk.cli.values import read_arguments, reader, refuse_masked
from mailstore_sdk.runtime.sanitize import looks_secret


@click.command(cls=options.Command, short_help="Call any function by its wire name, even one newer than this program.")
@click.argument("function", shell_complete=completions.functions)
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...", shell_complete=completions.pairs)
@click.pass_obj
def call(context: Context, function: str, arguments: tuple[str, ...], from_file: str | None) -> None:
    """Call any FUNCTION by its wire name: mailstore call VerifyStore instanceID=test01 id=1.

    This includes functions that are newer than this program. Their values are strings; NAME:=JSON passes a number, true,
    false or any other JSON value. For a secret, pass its source: password=env:NAME.
    """
    entry = table.entry_of(function)
    known = table.arguments(entry) if entry else []
    values = read_arguments(from_file, known, closed=False) if from_file else {}
    values |= dict(_pair(text, {item["name"]: item for item in known}) for text in arguments)
    if any(item["name"] == table.INSTANCE for item in known) and table.INSTANCE not in values and (instance := context.default_instance()):
        values[table.INSTANCE] = instance
    execute(context, Request.of(function, values, entry), refuse=False)


call.params += [options.from_file(), options.wait(), options.dry_run(), *options.everything()]


def _pair(text: str, known: dict[str, table.Argument]) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    typed = name.endswith(":")
    name = name.removesuffix(":")
    if not equals or not name:
        # The value is not shown: it may be a secret that was typed without its name.
        raise click.UsageError("An argument without a name: expected NAME=VALUE or NAME:=JSON for each.")
    if name in known:
        return name, reader(known.values())(known[name], value)
    if looks_secret(name):
        return name, source(value, name)
    if not typed:
        return name, value
    try:
        return name, refuse_masked(name, parse_json(value))
    except (ValueError, RecursionError):
        raise click.UsageError(f"{name}:= requires JSON, such as true, 12 or '[\"a\"]'; for a string use {name}=.") from None
