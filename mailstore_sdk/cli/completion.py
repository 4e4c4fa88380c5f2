"""``mailstore completion``: the scripts that make shells ask what to offer."""

from __future__ import annotations

from importlib.resources import files

import click

from mailstore_sdk.cli.terminal import say

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(short_help="Print a completion script for a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that makes a shell complete commands, options, known values, instances and profiles.

    \b
    bash: eval "$(mailstore completion bash)" in ~/.bashrc
    zsh:  eval "$(mailstore completion zsh)" in ~/.zshrc
    fish: mailstore completion fish > ~/.config/fish/completions/mailstore.fish
    PowerShell: mailstore completion powershell | Out-String | Invoke-Expression   in $PROFILE
    """  # noqa: D301 - the mark by which click leaves lines as they are is the character itself
    say(files("mailstore_sdk.cli").joinpath("shells", f"completion.{shell}").read_text("utf-8").rstrip("\n"))
