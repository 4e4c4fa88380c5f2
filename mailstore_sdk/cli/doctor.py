"""``mailstore doctor``: diagnose the connection to the server, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import click

from mailstore_sdk.cli import options, table
from mailstore_sdk.cli.context import Context
from mailstore_sdk.cli.exit_codes import Exit, status_of
from mailstore_sdk.cli.output import show
from mailstore_sdk.cli.probe import certificate, connect, refusal, resolve
from mailstore_sdk.cli.secrets import without_login
from mailstore_sdk.cli.terminal import say, stop
from mailstore_sdk.errors import (
    AuthenticationError,
    CertificateError,
    FunctionFailedError,
    FunctionNotFoundError,
    MailStoreError,
)
from mailstore_sdk.runtime._options.address import DialectName, parse_address
from mailstore_sdk.runtime._options.thumbprint import normalized_thumbprint
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.tls import TLSConfig, thumbprints
from mailstore_sdk.runtime.sanitize import printable

State = Literal["ok", "warning", "failed", "skipped"]
COLOURS = {"ok": "green", "warning": "yellow", "failed": "red", "skipped": "bright_black"}

NOWHERE = Endpoint("", 0, TLSConfig())


@dataclass(frozen=True)
class Finding:
    """The result of one step, with advice if there is a problem."""

    step: str
    state: State
    found: str
    advice: str = ""


@dataclass
class Visit:
    """The results of the steps so far."""

    context: Context
    server: Endpoint = NOWHERE
    user: str = ""
    refused: bool = False
    version: str = ""
    functions: frozenset[str] = frozenset()


class ProblemError(Exception):
    """A step failed: the problem, the advice, and the exit status."""

    def __init__(self, found: str, advice: str, status: Exit) -> None:
        super().__init__(found)
        self.found, self.advice, self.status = found, advice, status


Found = tuple[State, str, str]
Step = Callable[[Visit], Found]


@options.common
@click.command(cls=options.Command, short_help="Diagnose the connection to the server.")
@click.pass_obj
def doctor(context: Context) -> None:
    """Check each step of the connection to the server, with advice if one fails. It changes nothing."""
    status = Exit.OK
    findings: list[Finding] = []
    for finding, stopped_by in _examine(Visit(context)):
        findings.append(finding)
        status = status or stopped_by
        if not context.output:
            _print(finding)
    if context.output:
        show(context, [asdict(finding) for finding in findings])
    if status:
        raise stop(status)


def _examine(visit: Visit) -> Iterator[tuple[Finding, Exit]]:
    broken = False
    for name, step in STEPS.items():
        if broken and not (step is _mfa and visit.refused):
            yield Finding(name, "skipped", "requires the previous steps"), Exit.OK
            continue
        try:
            state, found, advice = step(visit)
            yield Finding(name, state, found, advice), Exit.OK
        except ProblemError as problem:
            broken = True
            yield Finding(name, "failed", problem.found, problem.advice), problem.status
        except MailStoreError as error:
            broken = True
            yield Finding(name, "failed", error.message), status_of(error)


def _print(finding: Finding) -> None:
    state = click.style(f"{finding.state:8}", fg=COLOURS[finding.state])
    say(f"{state} {finding.step}: {printable(finding.found)}")
    if finding.advice:
        say(f"{'':9}{printable(finding.advice)}")


def _configuration(visit: Visit) -> Found:
    context = visit.context
    found = context.found()
    protocol: DialectName = "session" if (context.protocol or found.get("protocol")) == "session" else "basic"
    host, user = context.url or found.get("host"), context.user or found.get("username")
    if not host or not user:
        advice = "Create a profile with mailstore profile add NAME, or set --url and --user, or MAILSTORE_SPE_URL and MAILSTORE_SPE_USER."
        raise ProblemError(f"no {'server' if not host else 'user'} is set", advice, Exit.USAGE)
    host, port = parse_address(str(host), protocol=protocol)
    url, source = context.proxy_for(host)
    visit.server = Endpoint(host, port, _trust(context, found), proxy=url)
    visit.user = str(user)
    profile = context.chosen_profile()
    proxy = f", through the proxy {without_login(url)} ({source})" if url else f", without a proxy ({source})" if source else ""
    return "ok", f"{user} at {visit.server.authority}{f', profile {profile}' if profile else ''}{proxy}", ""


def _trust(context: Context, found: dict[str, object]) -> TLSConfig:
    if context.thumbprint:
        return TLSConfig(thumbprint=normalized_thumbprint(context.thumbprint))
    if context.ca_file:
        return TLSConfig(ca_file=Path(context.ca_file))
    pinned, ca_file = found.get("thumbprint"), found.get("ca_file")
    return TLSConfig(Path(str(ca_file)) if ca_file else None, str(pinned) if pinned else None)


def _name(visit: Visit) -> Found:
    proxy = "the proxy " if visit.server.proxy else ""
    return "ok", f"{proxy}{visit.server.first[0]} resolves to {', '.join(resolve(visit.server))}", ""


def _port(visit: Visit) -> Found:
    connect(visit.server)
    through = ", and the proxy connects to it" if visit.server.proxy else ""
    return "ok", f"{visit.server.port} accepts connections{through}", ""


def _tls(visit: Visit) -> Found:
    shown = certificate(visit.server)
    sha1, sha256 = thumbprints(shown)
    return "ok", f"the certificate is SHA-1 {sha1}, SHA-256 {sha256}", ""


def _trusted(visit: Visit) -> Found:
    reason = refusal(visit.server)
    if reason is None:
        by = "its thumbprint" if visit.server.tls.thumbprint else str(visit.server.tls.ca_file or "the system's authorities")
        return "ok", f"trusted by {by}", ""
    if visit.server.tls.thumbprint:
        advice = (
            "The server has a new certificate, or something intercepts the connection. Compare the one above with the SPE configuration."
        )
        raise ProblemError("the certificate does not match the trusted thumbprint", advice, status_of(CertificateError("")))
    advice = "Compare the thumbprint above with the SPE configuration and run mailstore profile add, or use --thumbprint or --ca-file."
    raise ProblemError(f"not trusted: {reason}", advice, status_of(CertificateError("")))


def _credentials(visit: Visit) -> Found:
    try:
        environment = visit.context.client().get_environment_info()
    except AuthenticationError:
        visit.refused = True
        raise ProblemError("the server does not accept the user name or the password", "Check both.", Exit.AUTHENTICATION) from None
    visit.version = environment.version
    return "ok", f"logged in as {environment.user_name}", ""


def _mfa(visit: Visit) -> Found:
    """No function reports an administrator's MFA, and a rejected login gives no reason."""
    if not visit.refused:
        return "ok", f"no obstacle for {visit.user}: it is off, or this is the API password; the API does not report which", ""
    found = "may be the cause: if it is on, the API rejects the normal password like a wrong one, without a reason"
    advice = (
        "If it is on, use the API password. If you do not have one yet, another administrator can disable MFA: "
        f"mailstore administrators deactivate-mfa {visit.user}. Then log in, create one with "
        "mailstore administrators create-api-password, and enable MFA again."
    )
    return "warning", found, advice


def _api(visit: Visit) -> Found:
    try:
        visit.functions = frozenset(item.name for item in visit.context.client().get_metadata())
    except FunctionNotFoundError:
        return "warning", "the server does not list its functions", "It may be older than 9.0, or another program listens on this port."
    return "ok", f"{len(visit.functions)} functions", ""


def _version(visit: Visit) -> Found:
    index = table.index()
    known, oldest, newest = index["functions"], index["versions"][0], index["versions"][-1]
    new = sorted(visit.functions - known.keys())
    summary = f"SPE {visit.version}; the catalogue knows {oldest} to {newest}"
    if new:
        return (
            "warning",
            f"{summary}, but not {', '.join(new)}",
            "Use mailstore call for these functions; a newer mailstore-sdk may know them.",
        )
    if _parts(visit.version) > _parts(newest):
        return "warning", summary, "Results may have undocumented fields; a newer mailstore-sdk may know them."
    return "ok", summary, ""


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _provider_access(visit: Visit) -> Found:
    spe = visit.context.client()
    named = visit.context.default_instance()
    instances = [named] if named else [info.instance_id for info in spe.get_instances("*") if info.status == "running"]
    closed: list[str] = []
    for instance in instances:
        try:
            if not spe.instance(instance).get_archive_admin_enabled():
                closed.append(instance)
        except FunctionFailedError as error:
            return "warning", f"{instance}: {error.server_message}", "Run mailstore instances list for the instances of this server."
    if closed:
        advice = "Functions for users, profiles and settings fail there; enable it with mailstore provider-access set-enabled."
        return "warning", f"off for {', '.join(closed)}", advice
    return "ok", f"on for {', '.join(instances) or 'no instance: none is running'}", ""


STEPS: dict[str, Step] = {
    "Configuration": _configuration,
    "Name": _name,
    "Port": _port,
    "TLS": _tls,
    "Certificate": _trusted,
    "Login": _credentials,
    "MFA": _mfa,
    "API": _api,
    "Version": _version,
    "Service provider access": _provider_access,
}
"""The steps in order. Each may rely on the previous ones; the step for MFA also runs after a rejected login."""
