"""The help of every command of ``mailstore`` as Markdown pages, taken from the commands themselves."""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import cast

import click

WIDTH = 100
HEAD = "Taken from the commands themselves by `mailstore-codegen manual`. [All commands](index.md)"


def manual(app: click.Group, common: type[click.Parameter]) -> dict[str, str]:
    """Every page by its file name.

    Args:
        app: The whole command line.
        common: The options that commands share; only the index lists them.
    """
    root = click.Context(app, info_name="mailstore", terminal_width=WIDTH, help_option_names=["-h", "--help"])
    commands = {name: command for name in app.list_commands(root) if (command := app.get_command(root, name))}
    pages = {f"{name}.md": _page(root, name, command, common) for name, command in commands.items()}
    return {"index.md": _index(root, commands)} | pages


def _index(root: click.Context, commands: Mapping[str, click.Command]) -> str:
    links = "\n".join(f"- [mailstore {name}]({name}.md)" for name in sorted(commands))
    return (
        "# Commands\n\nTaken from the commands themselves by `mailstore-codegen manual`. "
        "How to use them: [the guide](../cli.md)\n\n"
        f"{_block(root.get_help())}\n"
        f"The options from `--url` to `--debug` may also follow a command; the pages omit them there. "
        "The guide lists the few exceptions.\n\n"
        f"{links}\n\n## Functions and their commands\n\n"
        "A function's name on the wire is accepted in place of the command's.\n\n"
        "| function | command |\n|---|---|\n"
        f"{''.join(_functions(root, commands))}"
    )


def _functions(root: click.Context, commands: Mapping[str, click.Command]) -> Iterator[str]:
    """A row for each function, sorted by its name on the wire."""
    rows: dict[str, str] = {}
    for group, command in commands.items():
        if not isinstance(command, click.Group):
            continue
        for name in command.list_commands(root):
            entry = cast("Mapping[str, object] | None", getattr(command.get_command(root, name), "entry", None))
            if entry:
                rows[str(entry["function"])] = f"| `{entry['function']}` | [`{group} {name}`]({group}.md) |\n"
    return (rows[function] for function in sorted(rows))


def _page(parent: click.Context, name: str, command: click.Command, common: type[click.Parameter]) -> str:
    return f"# mailstore {name}\n\n{HEAD}\n\n" + "\n".join(_sections(parent, name, command, common))


def _sections(parent: click.Context, name: str, command: click.Command, common: type[click.Parameter]) -> Iterator[str]:
    command = copy(command)
    command.params = [param for param in command.params if not isinstance(param, common)]
    context = click.Context(command, parent=parent, info_name=name, terminal_width=WIDTH, **command.context_settings)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            if found := command.get_command(context, inner):
                yield from _sections(context, inner, found, common)
    else:
        yield f"## {context.command_path}\n\n{_block(command.get_help(context))}"


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"
