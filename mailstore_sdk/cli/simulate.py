"""``mailstore simulate``: the simulator, with its own options."""

from __future__ import annotations

import sys

import click


@click.command(
    short_help="Start a server to try things on.",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def simulate(arguments: tuple[str, ...]) -> None:
    """Serve until it is interrupted. mailstore simulate --help tells its options, which are the simulator's own."""
    from mailstore_sdk.simulator.__main__ import main

    sys.exit(main(arguments, prog="mailstore simulate"))
