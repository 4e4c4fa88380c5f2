"""``mailstore jobs wait|status|cancel``: jobs that were started elsewhere."""

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
    """Jobs by their tokens. Functions for scheduled jobs, formerly in this group, still work here."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        return super().get_command(ctx, cmd_name) or FunctionGroup("scheduled-jobs", "").get_command(ctx, cmd_name)


@options.common
@click.group(cls=JobsGroup, short_help="Wait for long-running jobs, show their status or cancel them.")
def jobs() -> None:
    """Follow long-running jobs by the tokens that --no-wait prints. For jobs on a schedule, see scheduled-jobs."""


@options.common
@jobs.command(cls=options.Command, short_help="Wait for a job after --no-wait or Ctrl-C.")
@token
@click.pass_obj
def wait(context: Context, token: str) -> None:
    """Wait for a job and print its result. TOKEN is the output of --no-wait; - reads it from standard input."""
    job = _job(context, token)
    result = follow(context, job, job.function)
    if result is not None:
        show(context, plain(result), entry_of(job.function))


@options.common
@jobs.command(cls=options.Command, short_help="Show the status of a job once.")
@token
@click.pass_obj
def status(context: Context, token: str) -> None:
    """Show the status of a job once: its state, percent and whole log."""
    job = _job(context, token)
    now = job.refresh()
    show(context, {"function": job.function, "state": str(now.state), "percent": now.percent, "log": job.log})


@options.common
@jobs.command(cls=options.Command, short_help="Ask the server to stop a job.")
@token
@click.pass_obj
def cancel(context: Context, token: str) -> None:
    """Ask the server to stop a job. It may take a while; mailstore jobs wait shows how the job ends."""
    job = _job(context, token)
    job.cancel()
    notify(f"{job.function}: the server was asked to stop it.")


def plain(value: object) -> object:
    """Convert a typed result back to plain data."""
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
        raise click.UsageError(f"{text!r:.60} is not a token: expected the output of --no-wait.") from None
