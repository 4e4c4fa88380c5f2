"""What a shell offers for an argument, and the scripts that make shells ask."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

import click
from click.shell_completion import CompletionItem, get_completion_class

from mailstore_sdk.cli.table import INSTANCE, Argument

if TYPE_CHECKING:
    from mailstore_sdk.cli.context import Context

VARIABLE = "_MAILSTORE_COMPLETE"
PATIENCE = 3.0
"""Seconds that a shell waits for the instances of the server."""


@click.command(short_help="Print the script that makes a shell complete commands, values and instances.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    r"""Print the script that makes a shell complete commands, options, known values and instances.

    \b
    bash: eval "$(mailstore completion bash)" in ~/.bashrc
    zsh:  eval "$(mailstore completion zsh)" in ~/.zshrc
    fish: mailstore completion fish > ~/.config/fish/completions/mailstore.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click has all three
    click.echo(kind(ctx.find_root().command, {}, "mailstore", VARIABLE).source())


def candidates(context: Context, argument: Argument, incomplete: str) -> list[CompletionItem]:
    """Values that an argument may take: known ones, and the instances of the server."""
    if argument["name"] in (INSTANCE, "instanceFilter"):
        return [CompletionItem(name) for name in _instances(context) if name.startswith(incomplete)]
    done, comma, last = incomplete.rpartition(",") if argument["kind"] == "list" else ("", "", incomplete)
    return [CompletionItem(f"{done}{comma}{value}") for value in argument.get("values", []) if value.startswith(last)]


def _instances(context: Context) -> list[str]:
    """The ids of all instances; none where the server cannot be asked, since a shell's line is no place for errors."""
    with contextlib.suppress(Exception), contextlib.closing(context):
        found = context.client().with_options(timeout=PATIENCE, retries=0).call("GetInstances", instanceFilter="*")
        return [str(cast("dict[str, object]", item)["instanceID"]) for item in cast("list[object]", found)]
    return []
