"""Progress of jobs, as a bar on a terminal or as lines in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit, status_of
from mailstore_sdk.cli.terminal import notify, one_line, shell_line, stop
from mailstore_sdk.errors import JobRequestError, JobTimeoutError
from mailstore_sdk.runtime.sanitize import printable

if TYPE_CHECKING:
    from mailstore_sdk.jobs import Job
    from mailstore_sdk.runtime._protocol.job_status import JobStatus
    from mailstore_sdk.runtime.hooks import Hooks

T = TypeVar("T")
Advance = Callable[["JobStatus"], None]


def follow(context: Context, job: Job[T], label: str) -> T:
    """Show progress and log on stderr until the end, and return the result.

    Raises:
        JobError: The job failed, was cancelled, or is no longer known to the server.
        Exit: The timeout expired, a request about the job failed, or Ctrl-C was pressed; the job is still running.
    """
    try:
        with _display(label) as advance:
            for status in job:
                advance(status)
    except KeyboardInterrupt:
        raise stop(Exit.INTERRUPTED, how_to_continue(context, job.function, job.token)) from None
    except JobTimeoutError as error:
        failed = f"The last poll failed: {error.__cause__}\n" if error.__cause__ else ""
        raise stop(Exit.TIMEOUT, f"{failed}The timeout expired. {how_to_continue(context, job.function, job.token)}") from None
    except JobRequestError as error:
        failed = f"Error: {job.function} was started, but a request about it failed: {error.__cause__}"
        raise stop(status_of(error), f"{failed}\n{how_to_continue(context, job.function, job.token)}") from error
    return job.result()


def outage_hooks() -> Hooks:
    """Hooks that report on stderr when the server stops replying to polls."""
    from mailstore_sdk.runtime.hooks import Hooks, RetryEvent

    def report(event: RetryEvent) -> None:
        if event.request.function == "get-status" and event.request.attempt == 1:
            notify(f"{event.reason}. Retrying until the timeout expires.")

    return Hooks(on_retry=report)


def how_to_continue(context: Context, function: str, token: str) -> str:
    """The commands that follow or cancel a running job."""
    wait, cancel = (shell_line(["mailstore", *context.login_words(), "jobs", verb, token]) for verb in ("wait", "cancel"))
    return f"{function} is still running on the server.\nWait for it:  {wait}\nCancel it:    {cancel}"


@contextmanager
def _display(label: str) -> Generator[Advance]:
    if not sys.stderr.isatty():
        yield lambda status: _as_lines(label, status)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(one_line(label), total=100)

        def advance(status: JobStatus) -> None:
            for line in status.log.splitlines():
                progress.console.print(printable(line), markup=False)
            progress.update(task, completed=status.percent or 0)

        yield advance


def _as_lines(label: str, status: JobStatus) -> None:
    percent = "" if status.percent is None else f" {status.percent} %"
    for line in status.log.splitlines():
        notify(line)
    notify(f"{label}: {status.state}{percent}")
