"""Shared options. Their values are stored in the context, so they may come before or after a command."""

from __future__ import annotations

from typing import TypeVar

import click

from mailstore_sdk.cli import table
from mailstore_sdk.cli.completions import instances, profiles
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.secrets import NOTATION, ProxyType, SourceType

C = TypeVar("C", bound=click.Command)

STYLES = ("table", "json", "yaml", "csv", "text")


class QueryType(click.ParamType[str]):
    """A JMESPath expression; an invalid one is rejected before anything is sent."""

    name = "jmespath"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check it."""
        import jmespath
        from jmespath.exceptions import JMESPathError

        try:
            jmespath.compile(str(value))
        except JMESPathError as error:
            self.fail(f"{value!r:.100} is not a valid JMESPath expression: {' '.join(str(error).split())}", param, ctx)
        return str(value)


class Common(click.Option):
    """An option that commands share: it may come before the command or after it."""


class Command(click.Command):
    """A command whose help shows its own options before the shared ones."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two lists."""
        _write(self, ctx, formatter, "Options", shared=False)
        _write(self, ctx, formatter, "Options of every command", shared=True)


class Suggesting(click.Group):
    """A group that suggests a command for an unknown name."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            name = error.command_name
            if found := table.command_of(name):
                raise click.UsageError(f"No such command {name!r} here. The function is mailstore {' '.join(found)}.", ctx) from None
            raise click.exceptions.NoSuchCommand(name, possibilities=self.list_commands(ctx), ctx=ctx) from None


class Group(Suggesting):
    """A group that accepts the shared options of its commands, without listing them."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its own options and its commands."""
        _write(self, ctx, formatter, "Options", shared=False)
        self.format_commands(ctx, formatter)


def common(command: C) -> C:
    """Add the shared options to a command."""
    command.params += everything()
    return command


def everything() -> list[click.Parameter]:
    """All options that commands share."""
    return [*connection(), *options()]


def options() -> list[click.Parameter]:
    """Options for the target and the output."""
    return [
        _common(
            "-i",
            "--instance",
            metavar="ID",
            help="Instance ID. Default: MAILSTORE_SPE_INSTANCE, then the profile's.",
            shell_complete=instances,
        ),
        profile(),
        *output("table on a terminal, json in a pipe"),
        _common("--all-columns", is_flag=True, help="Show all columns of a table in full."),
        _common("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Time limit for the call or the job."),
        _common("-y", "--yes", is_flag=True, help="Confirm all questions."),
        _common("--show-secrets", is_flag=True, help="Show secret fields of the result."),
        debug(),
    ]


def output(default: str) -> list[click.Parameter]:
    """Options for the format of the output."""
    return [
        _common("-o", "--output", type=click.Choice(STYLES), help=f"Output format. Default: {default}."),
        _common("--query", type=QueryType(), metavar="JMESPATH", help="Filter the result with a JMESPath expression."),
    ]


def connection() -> list[click.Parameter]:
    """Options that select a server without a profile."""
    return [
        _common("--url", metavar="URL", help="Server, such as spe.example.com, HOST:PORT or an https URL."),
        _common("--user", metavar="NAME", help="System administrator to log in as."),
        _common("--password", type=SourceType(), metavar="SOURCE", help=f"Source of the password: {NOTATION}."),
        _common("--thumbprint", metavar="HEX", help="Trust the certificate with this thumbprint."),
        _common(
            "--ca-file", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Trust certificates signed by this authority."
        ),
        _common("--protocol", type=click.Choice(["basic", "session"]), help="Login method; session is for SPE 8.5."),
        _common(
            "--proxy",
            type=ProxyType(),
            metavar="URL",
            help="HTTP proxy for the connection. If it has a password, use env:NAME, file:PATH or stdin.",
        ),
    ]


def profile() -> click.Option:
    """The option that selects a profile."""
    return _common("-p", "--profile", metavar="NAME", help="Profile to use.", shell_complete=profiles)


def debug() -> click.Option:
    """The option for troubleshooting."""
    return Common(["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show the log, and the traceback of an error.")


def from_file() -> click.Option:
    """The option that reads arguments from a file."""
    text = "Read arguments by their wire names from a JSON or YAML file; - is standard input."
    return click.Option(["--from-file"], type=click.Path(allow_dash=True), metavar="FILE", help=text)


def dry_run() -> click.Option:
    """The option that shows a request without sending it."""
    return _kept(
        click.Option, "--dry-run", is_flag=True, help="Check the arguments and show the request with secrets masked, but send nothing."
    )


def wait() -> click.Option:
    """The option whether to wait for a job."""
    return _kept(click.Option, "--wait/--no-wait", help="Wait for the job, or print a token for mailstore jobs wait.")


def _kept(kind: type[click.Option], *names: str, **attributes: object) -> click.Option:
    """An option whose value is stored in the context."""
    return kind(names, default=None, expose_value=False, callback=_keep, **attributes)  # type: ignore[arg-type] # click's own decorator passes them on


def _common(*names: str, **attributes: object) -> click.Option:
    return _kept(Common, *names, **attributes)


def _write(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, title: str, *, shared: bool) -> None:
    """Write the shared options, or the others."""
    params = (param for param in command.get_params(ctx) if isinstance(param, click.Option) and isinstance(param, Common) is shared)
    if rows := [row for param in params if (row := param.get_help_record(ctx))]:
        with formatter.section(title):
            formatter.write_dl(rows)


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value == "":  # as from a variable of a script that is not set, which must not select another server or instance
        raise click.BadParameter("It is empty; leave the option out for the default.")
    if value is not None and param.name:
        setattr(ctx.ensure_object(Context), param.name, value)


def _debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value:
        ctx.ensure_object(Context).show_log()
