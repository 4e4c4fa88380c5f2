"""Options that more than one command has. They are kept in the context, so they may stand before or after a command."""

from __future__ import annotations

from typing import TypeVar

import click

from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.secrets import NOTATION, SourceType

C = TypeVar("C", bound=click.Command)

STYLES = ("table", "json", "yaml", "csv", "text")


def common(command: C) -> C:
    """Give a command the options that every command has."""
    command.params += options()
    return command


def options() -> list[click.Parameter]:
    """The options of every command."""
    return [
        kept("-i", "--instance", metavar="ID", help="Instance to work on; else MAILSTORE_SPE_INSTANCE, else the profile's."),
        kept("-p", "--profile", metavar="NAME", help="Profile to use.", shell_complete=_profiles),
        kept("-o", "--output", type=click.Choice(STYLES), help="Form of the result; table on a terminal, json in a pipe."),
        kept("--query", metavar="JMESPATH", help="Pick from the result with a JMESPath expression."),
        kept("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="How long to wait."),
        kept("-y", "--yes", is_flag=True, help="Answer questions with yes."),
        kept("--show-secrets", is_flag=True, help="Show the secret fields of a result."),
        click.Option(["--debug"], is_flag=True, expose_value=False, callback=_debug, help="Show the log, and where an error comes from."),
    ]


def connection() -> list[click.Parameter]:
    """The options that name a server without a profile."""
    return [
        kept("--url", metavar="URL", help="Server, such as spe.example.com or https://spe.example.com:8474."),
        kept("--user", metavar="NAME", help="System administrator to log in as."),
        kept("--password", type=SourceType(), metavar="SOURCE", help=f"Where the password is: {NOTATION}."),
        kept("--thumbprint", metavar="HEX", help="Trust the certificate with this thumbprint."),
        kept("--ca-file", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Trust what this authority has signed."),
        kept("--protocol", type=click.Choice(["basic", "session"]), help="How to log in; session is for SPE 8.5."),
    ]


def dry_run() -> click.Option:
    """The option that keeps everything on this machine."""
    return kept("--dry-run", is_flag=True, help="Send nothing: check the arguments and show the request, secrets masked.")


def wait() -> click.Option:
    """The option for long-running work."""
    return kept("--wait/--no-wait", help="Wait for the end, or print a token for mailstore jobs wait.")


def kept(*names: str, **attributes: object) -> click.Option:
    """An option whose value goes into the context."""
    return click.Option(names, default=None, expose_value=False, callback=_keep, **attributes)  # type: ignore[arg-type] # as click's own decorator hands them on


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value is not None and param.name:
        setattr(ctx.ensure_object(Context), param.name, value)


def _debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value:
        ctx.ensure_object(Context).show_log()


def _profiles(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from mailstore_sdk.errors import ConfigurationError
    from mailstore_sdk.profiles import names

    try:
        return [name for name in names() if name.startswith(incomplete)]
    except ConfigurationError:
        return []
