"""Options that more than one command has. They are kept in the context, so they may come before or after a command."""

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
            self.fail(f"{value!r:.100} is no JMESPath expression: {' '.join(str(error).split())}", param, ctx)
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
    """A group that knows what a name that it lacks may mean."""

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
    """Give a command the options that every command has."""
    command.params += everything()
    return command


def everything() -> list[click.Parameter]:
    """All options that commands share."""
    return [*connection(), *options()]


def options() -> list[click.Parameter]:
    """What to work on and how to show it."""
    return [
        _common(
            "-i",
            "--instance",
            metavar="ID",
            help="Instance to work on; else MAILSTORE_SPE_INSTANCE, else the profile's.",
            shell_complete=instances,
        ),
        profile(),
        _common("-o", "--output", type=click.Choice(STYLES), help="Form of the result; table on a terminal, json in a pipe."),
        _common("--query", type=QueryType(), metavar="JMESPATH", help="Pick from the result with a JMESPath expression."),
        _common("--all-columns", is_flag=True, help="Show all columns of a table, and shorten nothing."),
        _common("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="How long to wait."),
        _common("-y", "--yes", is_flag=True, help="Answer questions with yes."),
        _common("--show-secrets", is_flag=True, help="Show the secret fields of a result."),
        debug(),
    ]


def connection() -> list[click.Parameter]:
    """What names a server without a profile."""
    return [
        _common("--url", metavar="URL", help="Server, such as spe.example.com or https://spe.example.com:8474."),
        _common("--user", metavar="NAME", help="System administrator to log in as."),
        _common("--password", type=SourceType(), metavar="SOURCE", help=f"Where the password is: {NOTATION}."),
        _common("--thumbprint", metavar="HEX", help="Trust the certificate with this thumbprint."),
        _common("--ca-file", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Trust what this authority has signed."),
        _common("--protocol", type=click.Choice(["basic", "session"]), help="How to log in; session is for SPE 8.5."),
        _common(
            "--proxy",
            type=ProxyType(),
            metavar="URL",
            help="HTTP proxy to the server; one with a password as env:NAME, file:PATH or stdin.",
        ),
    ]


def profile() -> click.Option:
    """The option that names a server with the way to log in."""
    return _common("-p", "--profile", metavar="NAME", help="Profile to use.", shell_complete=profiles)


def debug() -> click.Option:
    """The option for those who look for a fault."""
    return Common(["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show the log, and where an error comes from.")


def from_file() -> click.Option:
    """The option for many or long arguments."""
    text = "Read arguments by their wire names, JSON or YAML; - is standard input."
    return click.Option(["--from-file"], type=click.Path(allow_dash=True), metavar="FILE", help=text)


def dry_run() -> click.Option:
    """The option that keeps everything on this machine."""
    return _kept(click.Option, "--dry-run", is_flag=True, help="Send nothing: check the arguments and show the request, secrets masked.")


def wait() -> click.Option:
    """The option for long-running work."""
    return _kept(click.Option, "--wait/--no-wait", help="Wait for the end, or print a token for mailstore jobs wait.")


def _kept(kind: type[click.Option], *names: str, **attributes: object) -> click.Option:
    """An option whose value goes into the context."""
    return kind(names, default=None, expose_value=False, callback=_keep, **attributes)  # type: ignore[arg-type] # as click's own decorator hands them on


def _common(*names: str, **attributes: object) -> click.Option:
    return _kept(Common, *names, **attributes)


def _write(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, title: str, *, shared: bool) -> None:
    """The options that are shared, or those that are not."""
    params = (param for param in command.get_params(ctx) if isinstance(param, click.Option) and isinstance(param, Common) is shared)
    if rows := [row for param in params if (row := param.get_help_record(ctx))]:
        with formatter.section(title):
            formatter.write_dl(rows)


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value is not None and param.name:
        setattr(ctx.ensure_object(Context), param.name, value)


def _debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value:
        ctx.ensure_object(Context).show_log()
