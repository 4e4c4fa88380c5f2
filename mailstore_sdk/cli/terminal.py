"""Printing, which must not fail because of the environment: any encoding, closed or full streams, text from any server."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from mailstore_sdk.cli.exit_codes import Exit
from mailstore_sdk.runtime.sanitize import printable


class CannotShowError(click.ClickException):
    """A result cannot be shown as the options ask."""


def prepare() -> None:
    """Make the standard streams of the process usable.

    A stream that the shell has closed is replaced by the null device. Files and pipes are UTF-8 on every platform; a
    terminal keeps its encoding and shows characters that it lacks as escapes.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the process
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Print a result."""
    click.echo(text)


def one_line(text: str) -> str:
    """Make text safe to show in one line."""
    return printable(" ".join(text.splitlines()).replace("\t", " "))


def shell_line(words: Sequence[str], system: str = os.name) -> str:
    """A command to type: quoted for POSIX shells, or for both cmd.exe and PowerShell."""
    if system == "nt":
        import subprocess

        return subprocess.list2cmdline(words)
    import shlex

    return shlex.join(words)


def notify(message: str) -> None:
    """Print a line for the person at the terminal on standard error."""
    click.echo(printable(message), err=True)


def stop(status: Exit, message: str = "") -> click.exceptions.Exit:
    """End with a status, and a message on standard error."""
    if message:
        notify(message)
    return click.exceptions.Exit(status)


@contextmanager
def survived(what: str, advice: str = "") -> Generator[None]:
    """Turn a failure to print into a warning, since the server has already acted and the exit status reports that.

    Args:
        what: What is printed, to begin the warning with.
        advice: What to do without it.
    """
    try:
        yield
    except (CannotShowError, OSError) as error:
        if isinstance(error, OSError):
            # Buffered output would fail again when the interpreter ends.
            with Path(os.devnull).open("wb") as null:
                os.dup2(null.fileno(), sys.stdout.fileno())
        reason = error.message if isinstance(error, CannotShowError) else error.strerror
        notify(f"Warning: {what} cannot be printed: {reason}\n{advice}".rstrip())
