"""The command line as a whole: commands, loaded on first use, and the handling of errors."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem

from mailstore_sdk import __version__
from mailstore_sdk.cli import options, table
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit, status_of
from mailstore_sdk.cli.functions import FunctionGroup
from mailstore_sdk.cli.terminal import notify, stop
from mailstore_sdk.errors import AuthenticationError, CertificateError, FunctionFailedError, JobRequestError, MailStoreError, NotSentError
from mailstore_sdk.runtime.sanitize import printable


class LazyCommand(NamedTuple):
    """The location of a command, and its summary for the list of commands, which does not load it."""

    module: str
    attribute: str
    summary: str


COMMANDS = {
    "call": LazyCommand("mailstore_sdk.cli.call", "call", "Call any function by its wire name, even one newer than this program."),
    "completion": LazyCommand("mailstore_sdk.cli.completion", "completion", "Print a completion script for a shell."),
    "doctor": LazyCommand("mailstore_sdk.cli.doctor", "doctor", "Diagnose the connection to the server."),
    "jobs": LazyCommand("mailstore_sdk.cli.jobs", "jobs", "Wait for long-running jobs, show their status or cancel them."),
    "profile": LazyCommand("mailstore_sdk.cli.profile", "profile", "Manage profiles of servers and logins."),
    "report": LazyCommand("mailstore_sdk.cli.report.command", "report", "Show the health of all instances."),
    "simulate": LazyCommand("mailstore_sdk.simulator.__main__", "main", "Start a simulated server for experiments."),
}
"""Every command that is not a group of functions."""

FORMER_GROUPS = {"profiles": "archiving-profiles"}
"""Names of groups that are still accepted."""

HINTS = (
    (CertificateError, "Trust it with --thumbprint or --ca-file, or run mailstore profile add, which asks and remembers."),
    (AuthenticationError, "mailstore doctor shows more."),
    (NotSentError, "mailstore doctor checks each step of the connection."),
)
"""Advice after an error; the first match applies."""


class App(options.Suggesting):
    """``mailstore`` itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        del ctx
        return sorted(_commands() | _groups())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load or make a command."""
        del ctx
        if (home := COMMANDS.get(cmd_name)) and _is_there(home):
            return _load(home)
        name = FORMER_GROUPS.get(cmd_name, cmd_name)
        title = table.index()["groups"].get(name)
        return None if title is None else FunctionGroup(name, title)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List both kinds of commands without loading them."""
        del ctx
        for title, entries in (("Commands", _commands()), ("Functions", _groups())):
            with formatter.section(title):
                formatter.write_dl(sorted(entries.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete both kinds of commands, without loading them, and options."""
        entries = sorted((_commands() | _groups()).items())
        found = [CompletionItem(name, help=summary) for name, summary in entries if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; report errors as a sentence and an exit status."""
        context = ctx.ensure_object(Context)
        ctx.call_on_close(context.close)
        try:
            with _warnings_as_sentences():
                return super().invoke(ctx)
        except click.ClickException as error:
            vars(error)["message"] = printable(error.message)  # click declares it final; it may hold a name from the server
            raise
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except (KeyboardInterrupt, click.Abort):
            raise stop(Exit.INTERRUPTED, "Interrupted.") from None
        except Exception as error:
            raise stop(_report_error(context, error)) from error


@click.command(
    cls=App,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=options.everything(),
    no_args_is_help=True,
)
@click.version_option(__version__, prog_name="mailstore")
def app() -> None:
    """Manage MailStore SPE from a shell: every function of its Management API.

    Each function is a command in a group: mailstore users show test01 alice. The server and the login come from
    options, from MAILSTORE_SPE_… in the environment, or from a profile that mailstore profile add creates.
    """


def _commands() -> dict[str, str]:
    """What each command does."""
    return {name: home.summary for name, home in COMMANDS.items() if _is_there(home)}


def _groups() -> dict[str, str]:
    """What each group of functions is about."""
    return {name: f"{title}." for name, title in table.index()["groups"].items()}


def _is_there(home: LazyCommand) -> bool:
    package = home.module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(home.module) is not None


def _load(home: LazyCommand) -> click.Command:
    command: click.Command = getattr(import_module(home.module), home.attribute)
    return command


def _report_error(context: Context, error: Exception) -> Exit:
    if context.debug:
        notify("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("mailstore_sdk"):
        notify(f"Error: this command needs {error.name}: pip install 'mailstore-sdk[cli]'")
        return Exit.USAGE
    if not isinstance(error, MailStoreError):
        notify(f"Error: {_problem(error, in_full=context.debug)}")
        return Exit.OTHER
    # The message of the job's error has advice for programs.
    notify(f"Error: {error.__cause__ if isinstance(error, JobRequestError) else error.message}")
    if context.debug and isinstance(error, FunctionFailedError) and error.details:
        notify(error.details)
    if hint := next((hint for kind, hint in HINTS if isinstance(error, kind) or isinstance(error.__cause__, kind)), None):
        notify(hint)
    return status_of(error)


def _problem(error: Exception, *, in_full: bool) -> str:
    name = type(error).__name__
    if in_full or not isinstance(error, OSError):
        return f"{name}: {error}" if in_full else f"{name}; use --debug for details."
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or f"{name}: {error}"


@contextmanager
def _warnings_as_sentences() -> Generator[None]:
    caught: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("default")
            yield
    finally:
        for warning in caught:
            notify(f"Warning: {warning.message}")
