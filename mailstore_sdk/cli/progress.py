"""Long-running work before the eyes of a person, or as lines in a log."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.cli.terminal import one_line, stop, tell
from mailstore_sdk.errors import JobTimeoutError
from mailstore_sdk.runtime.sanitize import printable

if TYPE_CHECKING:
    from mailstore_sdk.jobs import Job
    from mailstore_sdk.runtime._protocol.job_status import JobStatus

T = TypeVar("T")
Advance = Callable[["JobStatus"], None]


def follow(context: Context, job: Job[T], label: str) -> T:
    """Show progress and log on stderr until the end, and return the result.

    Raises:
        JobError: The work failed or was cancelled.
        Exit: Time is up, or somebody pressed Ctrl-C; the work goes on.
    """
    try:
        with _display(label) as advance:
            for status in job:
                advance(status)
    except KeyboardInterrupt:
        raise stop(Exit.INTERRUPTED, how_to_continue(context, job.function, job.token)) from None
    except JobTimeoutError:
        raise stop(Exit.TIMEOUT, f"Time is up. {how_to_continue(context, job.function, job.token)}") from None
    return job.result()


def how_to_continue(context: Context, function: str, token: str) -> str:
    """What to type to come back to work that goes on."""
    mailstore, quoted = shlex.join(["mailstore", *context.login_words()]), shlex.quote(token)
    return (
        f"{function} goes on at the server.\nWait for it:  {mailstore} jobs wait {quoted}\nCancel it:    {mailstore} jobs cancel {quoted}"
    )


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
        tell(line)
    tell(f"{label}: {status.state}{percent}")
