"""``mailstore jobs wait|status|cancel``: long-running work that was started elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mailstore_sdk.cli import options
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.data import is_list
from mailstore_sdk.cli.functions import FunctionGroup
from mailstore_sdk.cli.output import show
from mailstore_sdk.cli.progress import follow, outage_hooks
from mailstore_sdk.cli.secrets import read_text
from mailstore_sdk.cli.table import entry_of
from mailstore_sdk.cli.terminal import notify
from mailstore_sdk.errors import ArgumentError

if TYPE_CHECKING:
    from mailstore_sdk.jobs import Job

token = click.argument("token", metavar="TOKEN|-")


class JobsGroup(options.Group):
    """Jobs by their tokens. The functions for scheduled jobs, which were here before, are still found."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        return super().get_command(ctx, cmd_name) or FunctionGroup("scheduled-jobs", "").get_command(ctx, cmd_name)


@options.common
@click.group(cls=JobsGroup, short_help="Wait for long-running jobs, show or cancel them.")
def jobs() -> None:
    """Long-running jobs by their tokens, which --no-wait prints. What SPE runs by itself is in scheduled-jobs."""


@options.common
@jobs.command(cls=options.Command, short_help="Wait for long-running work that --no-wait or Ctrl-C left behind.")
@token
@click.pass_obj
def wait(context: Context, token: str) -> None:
    """Wait for the end of long-running work, and print its result. TOKEN is what --no-wait printed; - reads it."""
    job = _job(context, token)
    result = follow(context, job, job.function)
    if result is not None:
        show(context, plain(result), entry_of(job.function))


@options.common
@jobs.command(cls=options.Command, short_help="Show the status of long-running work once.")
@token
@click.pass_obj
def status(context: Context, token: str) -> None:
    """Show the status of long-running work once: its state, percent and whole log."""
    job = _job(context, token)
    now = job.refresh()
    show(context, {"function": job.function, "state": str(now.state), "percent": now.percent, "log": job.log})


@options.common
@jobs.command(cls=options.Command, short_help="Ask the server to stop long-running work.")
@token
@click.pass_obj
def cancel(context: Context, token: str) -> None:
    """Ask the server to stop long-running work. It ends when the server stops it: mailstore jobs wait shows how."""
    job = _job(context, token)
    job.cancel()
    notify(f"{job.function}: asked to stop.")


def plain(value: object) -> object:
    """A typed result as the data that it came as."""
    from mailstore_sdk.runtime.model import Model

    if is_list(value):
        return [plain(item) for item in value]
    return value.to_wire() if isinstance(value, Model) else value


def _job(context: Context, token: str) -> Job[object]:
    text = (read_text(token) if token == "-" else token).strip()
    client = context.client().with_options(job_timeout=context.timeout, hooks=outage_hooks())
    try:
        return client.resume(text)
    except ArgumentError:
        raise click.UsageError(f"{text!r:.60} is no token: expected what --no-wait printed.") from None
