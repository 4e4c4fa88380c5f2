"""``mailstore report``: the command, its options and its exit status."""

from __future__ import annotations

import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

import click

from mailstore_sdk import MailStoreError, SPEClient
from mailstore_sdk.cli import options
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.output import show as print_data
from mailstore_sdk.cli.report.collect import Estate, collect
from mailstore_sdk.cli.report.data import as_data
from mailstore_sdk.cli.report.history import Span
from mailstore_sdk.cli.report.judge import MEASURES, RULES, Level, Limit, Policy, Verdict, judge
from mailstore_sdk.cli.report.line import line
from mailstore_sdk.cli.terminal import one_line, say

IN_DAYS = {"profile-silence"}
"""Measures whose limits can be given in hours too."""

_logger = logging.getLogger(__name__)


def _level_setting(text: str) -> tuple[str, Level]:
    """Parse a rule and its level."""
    rule, _, level = text.partition("=")
    if rule not in RULES:
        raise click.BadParameter(f"{rule!r} is not a rule; expected one of {', '.join(RULES)}")
    if level not in list(Level):
        raise click.BadParameter(f"{rule} cannot be {level!r}; expected one of {', '.join(Level)}")
    return rule, Level(level)


def _limit_setting(text: str) -> tuple[str, Limit]:
    """Parse a measure and its limit; an omitted number is never reached."""
    measure, _, numbers = text.partition("=")
    if measure not in MEASURES:
        raise click.BadParameter(f"{measure!r} is not a measure; expected one of {', '.join(MEASURES)}")
    warning, _, critical = numbers.partition(":")
    try:
        return measure, Limit(_limit_number(measure, warning), _limit_number(measure, critical))
    except ValueError:
        hours = ", or hours such as 6h" if measure in IN_DAYS else ""
        raise click.BadParameter(
            f"{measure} cannot be {numbers!r}; expected a number{hours}, or two such as 1:3, the second for critical"
        ) from None


def _limit_number(measure: str, text: str) -> float | None:
    if measure in IN_DAYS and text.endswith("h"):
        return float(text.removesuffix("h")) / 24
    return float(text) if text else None


def _level_completions(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    settings = (f"{rule}={level}" for rule in RULES for level in Level)
    return [setting for setting in settings if setting.startswith(incomplete)]


def _limit_completions(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [f"{measure}=" for measure in MEASURES if measure.startswith(incomplete)]


class UnknownError(click.ClickException):
    """An error that ends with the status for unknown: click's own status for an invalid option, 2, would mean critical."""

    exit_code = Level.UNKNOWN.exit_status

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(error.message)
        self._error = error

    def show(self, file: IO[str] | None = None) -> None:
        """Print the original error."""
        self._error.show(file)


@contextmanager
def _ending_unknown() -> Generator[None]:
    """End with the status for unknown after any error. The debug log has its traceback."""
    try:
        yield
    except click.ClickException as error:
        raise UnknownError(error) from error
    except (click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        _logger.debug("no report", exc_info=error)
        message = str(error) if isinstance(error, MailStoreError) else f"{type(error).__name__}: {error}"
        raise UnknownError(click.ClickException(one_line(message))) from error


@contextmanager
def _opened(context: Context) -> Generator[SPEClient]:
    """Return the client; if it cannot be created, the report is unknown."""
    try:
        client = context.client()
    except click.exceptions.Exit as error:
        raise click.exceptions.Exit(Level.UNKNOWN.exit_status) from error
    with client:
        yield client


class ReportCommand(options.Command):
    """A command whose errors end with the status for unknown."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object) -> click.Context:
        """Read the options."""
        with _ending_unknown():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run."""
        with _ending_unknown():
            return super().invoke(ctx)


def _rules() -> str:
    """The rules and measures with their defaults, for the help."""
    rules = [f"  {rule.name} ({rule.level}): {rule.meaning}" for rule in RULES.values()]
    measures = [f"  {measure.name} ({_limit(measure.limit)}): {measure.meaning}" for measure in MEASURES.values()]
    return "\n".join(["\b", "Rules:", *rules, "", "\b", "Measures:", *measures])


def _limit(limit: Limit) -> str:
    """A limit as it is given as an option."""
    if limit.warning is None and limit.critical is None:
        return "no limit"
    numbers = ["" if number is None else f"{number:g}" for number in (limit.warning, limit.critical)]
    return ":".join(numbers).removesuffix(":")


@click.command(
    cls=ReportCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_rules(),
    short_help="Report the health of the whole installation.",
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Also write a page with charts; - writes only the page, to standard output.",
)
@click.option("--summary", is_flag=True, help="Print one line for a monitoring system instead of the screen.")
@click.option("--all", "everything", is_flag=True, help="Print all lines, not only those that fit on the screen.")
@click.option("--days", type=click.IntRange(1, 366), help="Days of profile runs to read.  [default: 30]")
@click.option("--hours", type=click.IntRange(1, 366 * 24), help="Hours of profile runs to read, instead of days.")
@click.option("--concurrency", type=click.IntRange(1, 100), default=8, show_default=True, help="Number of instances to read at once.")
@click.option(
    "--level",
    "levels",
    metavar="RULE=LEVEL",
    type=_level_setting,
    shell_complete=_level_completions,
    multiple=True,
    help="Set the level of a rule: ok, unknown, warning or critical.",
)
@click.option(
    "--limit",
    "limits",
    metavar="MEASURE=WARNING[:CRITICAL]",
    type=_limit_setting,
    shell_complete=_limit_completions,
    multiple=True,
    help="Set the numbers from which a measure is a warning or critical.",
)
@click.pass_context
def report(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    *,
    page: str | None,
    summary: bool,
    everything: bool,
    days: int | None,
    hours: int | None,
    concurrency: int,
    levels: tuple[tuple[str, Level], ...],
    limits: tuple[tuple[str, Limit], ...],
) -> None:
    """Report the health of the whole installation: instances, stores, profiles and service messages.

    The exit status is that of monitoring plug-ins: 0 ok, 1 warning, 2 critical, 3 unknown, which includes
    errors and invalid options.
    """
    context = ctx.ensure_object(Context)
    if context.output in ("csv", "text") and not context.query:
        raise click.UsageError(f"the report as {context.output} needs --query, such as --query instances.")
    if days and hours:
        raise click.UsageError("use --days or --hours, not both.")
    now = datetime.now(UTC)
    span = Span.of_hours(now, hours) if hours else Span.ending(now, days or 30)
    try:
        with _opened(context) as spe, _waiting():
            estate = collect(spe, span, concurrency=concurrency)
    except MailStoreError as error:
        if summary:
            say(f"MAILSTORE UNKNOWN - {one_line(str(error))}")
        raise
    verdict = judge(estate, Policy(dict(levels), dict(limits)))
    if page:
        _write(page, estate, verdict)
    if summary:
        say(line(estate, verdict))
    elif context.query or context.output not in (None, "table"):
        print_data(context, as_data(estate, verdict))
    elif page != "-":
        _show(estate, verdict, everything=everything)
    ctx.exit(verdict.level.exit_status)


report.params += [*options.output("table"), *options.connection(), options.profile(), options.debug()]


@contextmanager
def _waiting() -> Generator[None]:
    """Show a spinner on a terminal. FORCE_COLOR does not turn a file into a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading the installation"):
        yield


def _show(estate: Estate, verdict: Verdict, *, everything: bool) -> None:
    from rich.console import Console

    from mailstore_sdk.cli.report.screen import Rows, for_screen, show

    console = Console(highlight=False)
    limited = sys.stdout.isatty() and not everything
    show(console, estate, verdict, for_screen(console, estate, verdict) if limited else Rows())


def _write(file: str, estate: Estate, verdict: Verdict) -> None:
    from mailstore_sdk.cli.report.page import render

    text = render(estate, verdict)
    try:
        with click.open_file(file, "w", encoding="utf-8", atomic=file != "-") as stream:
            stream.write(text)
    except OSError as error:
        raise click.FileError(file, hint=error.strerror or str(error)) from error
