"""Groups and commands of functions, created from the table when they are used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import cast

import click
from click.shell_completion import CompletionItem

from mailstore_sdk.cli import completions, options, table
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.secrets import NOTATION, SourceType
from mailstore_sdk.cli.table import Argument, Entry
from mailstore_sdk.cli.terminal import say
from mailstore_sdk.cli.values import assign, metavar, read_arguments, reader

EFFECTS = {
    "read": "It only reads.",
    "idempotent": "A second call leaves the same state as the first.",
    "mutating": "It changes the server, and a second call changes it again.",
    "destructive": "It deletes data or changes it irreversibly, so it asks first.",
}
PROVIDER = "Service provider access must be enabled for the instance."
LOGIN = frozenset(name for option in options.connection() for name in option.opts)
GIVEN = "arguments"
"""The parameter for all positional arguments."""


class FunctionGroup(options.Group):
    """The functions of one group of the catalogue."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, help=f"{title}.", params=options.everything())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        del ctx
        return sorted(table.group(str(self.name)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name or by the function's name, as on the wire or in lower case with hyphens."""
        del ctx
        found = table.find(str(self.name), cmd_name)
        return FunctionCommand(*found) if found else None


class PositionalArguments(click.Argument):
    """The positional arguments, completed one after the other."""

    def __init__(self, arguments: list[Argument]) -> None:
        super().__init__([GIVEN], nargs=-1)
        self._arguments = arguments

    def make_metavar(self, ctx: click.Context) -> str:
        """The names of all, for the usage line."""
        del ctx
        optional = (item["name"] == table.INSTANCE or not item["required"] for item in self._arguments)
        return " ".join(
            f"[{metavar(item)}]" if may_lack else metavar(item) for item, may_lack in zip(self._arguments, optional, strict=True)
        )

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete known values of the next argument."""
        place = len(cast("tuple[str, ...]", ctx.params.get(GIVEN) or ()))
        context = ctx.find_object(Context) or Context()
        return [
            item
            for left in self._left(context)
            for argument in left[place : place + 1]
            for item in completions.values(context, argument, incomplete)
        ]

    def _left(self, context: Context) -> Iterator[list[Argument]]:
        """The missing arguments: without the instance if it has a default, and with it."""
        rest = [item for item in self._arguments if not _is_instance(item)]
        if not context.instance or rest == self._arguments:
            yield self._arguments
        if rest != self._arguments and completions.is_bound(context):
            yield rest


class FunctionCommand(options.Command):
    """One function."""

    def __init__(self, name: str, entry: Entry) -> None:
        self.entry = entry
        super().__init__(name, callback=partial(_run, entry), params=[*_parameters(entry)], short_help=entry["summary"])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; report a misplaced login option with its correct position."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name not in LOGIN:
                raise
            program, _, command = ctx.command_path.partition(" ")
            raise click.UsageError(
                f"{error.option_name} must come before the command here, because --password is an argument of the function: "
                f"{program} {error.option_name} … {command}",
                ctx,
            ) from None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the function does and what its arguments mean."""
        del ctx
        entry = self.entry
        with formatter.indentation():
            for text in (entry["summary"], entry.get("details", ""), _facts(entry)):
                if text:
                    formatter.write_paragraph()
                    formatter.write_text(text)
        rows = [(metavar(item), _meaning(item)) for item in table.positional(entry)]
        rows += [(metavar(item), f"The same as --{item['option']}.") for item in table.leading_option(entry)]
        if rows:
            with formatter.section("Arguments"):
                formatter.write_dl(rows)


def _run(entry: Entry, /, **given: object) -> None:
    from mailstore_sdk.cli.request import Request
    from mailstore_sdk.cli.run import execute

    context = click.get_current_context().find_object(Context) or Context()
    if given.pop("skeleton", False):
        say(json.dumps(entry["skeleton"], indent=2, ensure_ascii=False))
        return
    texts = cast("tuple[str, ...]", given.pop(GIVEN, ()))
    file = cast("str | None", given.pop("from_file", None))
    values = read_arguments(file, table.arguments(entry)) if file else {}
    named = {item["name"]: item for item in table.arguments(entry)}
    read = reader(named.values())
    values |= {name: read(named[name], value) if isinstance(value, str) else value for name, value in given.items() if value is not None}
    placed = [*table.positional(entry), *table.leading_option(entry)]
    instance = context.default_instance() if _needs_instance(placed, values, texts) else None
    values |= assign(placed, texts, values, instance, read)
    execute(context, Request.of(entry["function"], values, entry))


def _needs_instance(placed: list[Argument], values: Mapping[str, object], texts: tuple[str, ...]) -> bool:
    """Whether the instance is missing among the arguments."""
    left = [item for item in placed if item["required"] and item["name"] not in values]
    return any(map(_is_instance, left)) and len(texts) < len(left)


def _is_instance(argument: Argument) -> bool:
    return argument["name"] == table.INSTANCE


def _parameters(entry: Entry) -> Iterator[click.Parameter]:
    placed = table.positional(entry)
    if by_place := [*placed, *table.leading_option(entry)]:
        yield PositionalArguments(by_place)
    own = [_option(item) for item in table.arguments(entry) if item not in placed]
    yield from own
    if table.arguments(entry):
        yield options.from_file()
        yield click.Option(["skeleton", "--skeleton"], is_flag=True, help="Print a template for --from-file.")
    if entry["long_running"]:
        yield options.wait()
    yield options.dry_run()
    # The function has its own --password, so all login options come before the command.
    if LOGIN.isdisjoint(name for option in own for name in option.opts):
        yield from options.connection()
    yield from options.options()


def _option(argument: Argument) -> click.Option:
    name, help_text = argument["option"], _meaning(argument)
    if argument["required"]:
        help_text = f"{help_text} Required."
    if argument["kind"] == "boolean":
        return click.Option([argument["name"], f"--{name}/--no-{name}"], default=None, help=help_text)
    if argument["secret"]:
        return click.Option([argument["name"], f"--{name}"], type=SourceType(), metavar="SOURCE", help=f"{help_text} Source: {NOTATION}.")
    if argument["kind"] == "json":
        help_text = f"{help_text} JSON, or its source: stdin, env:NAME or file:PATH."

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return completions.values(ctx.find_object(Context) or Context(), argument, incomplete)

    return click.Option([argument["name"], f"--{name}"], metavar=argument["kind"].upper(), help=help_text, shell_complete=complete)


def _meaning(argument: Argument) -> str:
    values = argument.get("values")
    sentences = (
        *_shown(argument, {"doc": "{}"}),
        f"One of {', '.join(values)}." if values else "",
        "Separated by commas." if argument["kind"] == "list" else "",
        f"Default: {json.dumps(argument['default'])}." if "default" in argument else "",
        *_shown(argument, {"unit": "Unit: {}.", "since": "Since {}.", "until": "Until {}."}),
    )
    return " ".join(filter(None, sentences))


def _facts(entry: Entry) -> str:
    sentences = (
        f"Function {entry['function']}.",
        EFFECTS[entry["effect"]],
        "It starts a job." if entry["long_running"] else "",
        PROVIDER if entry["access"] == "provider" else "",
        *_shown(entry, {"since": "Available since {}.", "until": "Removed after {}."}),
    )
    return " ".join(filter(None, sentences))


def _shown(facts: Argument | Entry, templates: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each known fact."""
    return (template.format(facts[key]) for key, template in templates.items() if key in facts)  # type: ignore[literal-required] # the keys are in the call
