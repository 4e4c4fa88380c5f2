"""Translate exceptions of the HTTP library to errors of this package."""

from __future__ import annotations

from collections.abc import Mapping
from socket import gaierror

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import RunExclusively, Send
from mailstore_sdk.runtime._transport.connections import AnyConnection, NotPinnedError, Step
from mailstore_sdk.runtime._transport.endpoint import Endpoint, authority
from mailstore_sdk.runtime._transport.httpx_library import httpx
from mailstore_sdk.runtime._transport.tls import causes, thumbprints, tls_problem

ERRORS = (httpx.TransportError, httpx.DecodingError, OSError, NotPinnedError)
"""Exceptions of an exchange that are translated; all others are passed on."""

CUT = ("peer closed connection", "disconnected")
"""httpcore's message for a truncated reply; its type is the same as for bytes that are not HTTP."""

BUSY = (
    "all {endpoint.max_connections} connections to {server} were in use for {timeout:g} s; "
    "make fewer calls at once or raise max_connections"
)
NO_TURN = "other calls of this client were in progress for {timeout:g} s, and a session allows one at a time"
LATE: Mapping[Step, str] = {
    Step.LOOKUP: "looking up the name {endpoint.first[0]!r} took longer than {timeout:g} s; check your DNS",
    Step.CONNECT: "{first} did not accept a connection within {timeout:g} s; check the host, the port and the firewall",
    Step.PROXY: "{proxy} did not connect to {server} within {timeout:g} s",
    Step.TLS: "{server} did not finish the TLS handshake within {timeout:g} s; is this the API's port (8474)?",
    Step.REPLY: "{server} sent no complete reply within {timeout:g} s; raise timeout if the server is just slow",
}
UNKNOWN_HOST = "no address is known for the host {endpoint.first[0]!r}; check the name and your DNS"
REFUSED_BY_PROXY = "{first} refuses connections; check its address"
REFUSED = (
    "{first} refuses connections; check the port (8474 unless changed), and that the Management API is switched on in the "
    "SPE configuration, under Management Server"
)
REFUSED_TO_CONNECT = "{proxy} does not connect to {server}: {reason}"
UNTRUSTED = "the certificate of {server} is not trusted: {reason}"
TLS: Mapping[str, str] = {
    "untrusted": UNTRUSTED,
    "refused": "{server} refused the TLS handshake ({reason}); if it wants a client certificate, set client_cert to its file",
    "version": "{server} and this client have no TLS version in common ({reason}): expected TLS 1.2 or newer",
    "other": "{server} does not speak TLS as expected ({reason}); is this the API's port (8474)?",
}
NOT_HTTP = "the reply of {server} is not valid HTTP: {reason}"
BROKEN = "the connection to {server} broke before the reply was complete ({kind}: {reason})"


def transport_error(error: BaseException, endpoint: Endpoint, timeout: float, connection: AnyConnection) -> errors.TransportError:
    """Translate an exception of the library to an error.

    Args:
        error: The exception.
        endpoint: The server that was called.
        timeout: Seconds that the request had.
        connection: The connection, which knows its last step.
    """
    step = connection.step or _usual_step(error)
    if step is Step.CONNECT and any(isinstance(cause, gaierror) for cause in causes(error)):
        step = Step.LOOKUP
    kind, template, reason = _described(error, step, has_proxy=endpoint.proxy is not None)
    return kind(_filled(template, endpoint, timeout, kind=type(error).__name__, reason=_login_wanted(reason, connection)))


def too_busy(endpoint: Endpoint, action: Send | RunExclusively) -> errors.NotSentError:
    """Return the error of a call that had to wait too long for other calls of its client."""
    return errors.NotSentError(_filled(BUSY if isinstance(action, Send) else NO_TURN, endpoint, action.timeout))


def with_certificate(problem: errors.CertificateError, certificate: bytes) -> errors.CertificateError:
    """Return the error with the server's certificate, and what to do about it."""
    advice = "Its thumbprint could not be read; set thumbprint or ca_file to those of your server"
    if certificate:
        sha1, sha256 = thumbprints(certificate)
        shown = f"The server shows SHA-1 {sha1}, SHA-256 {sha256}. If that is your server's certificate"
        advice = f"{shown}, set thumbprint to one of the two, or ca_file to the file of the authority that signed it"
    return errors.CertificateError(f"{problem.message}. {advice}")


def drop_frames(error: BaseException) -> None:
    """Remove the traceback of an error: variables in the library's frames contain the request with its login."""
    for cause in causes(error):
        cause.__traceback__ = None


def _usual_step(error: BaseException) -> Step:
    """Guess the step of a connection that reports no progress, by the type of its error.

    httpx-aiohttp raises ConnectTimeout whenever a connection ends, also after the request was sent.
    """
    early = any(isinstance(cause, TimeoutError | ConnectionRefusedError | gaierror) for cause in causes(error))
    early = early or error.__cause__ is None or (tls_problem(error) or "?")[0] == "untrusted"
    if isinstance(error, httpx.ConnectError | NotPinnedError) or (isinstance(error, httpx.ConnectTimeout) and early):
        return Step.TLS if tls_problem(error) else Step.CONNECT
    return Step.PROXY if isinstance(error, httpx.ProxyError) else Step.REPLY


def _described(error: BaseException, step: Step, *, has_proxy: bool) -> tuple[type[errors.TransportError], str, str]:  # noqa: PLR0911 - a table
    """Return the error to raise, the template of its message, and the reason in it."""
    unreachable, reason, problem = errors.ServerUnreachableError, str(error), tls_problem(error)
    if isinstance(error, httpx.PoolTimeout):
        return errors.NotSentError, BUSY, reason
    if problem and (step is Step.TLS or problem[0] == "refused"):
        # With TLS 1.3 a server rejects a client certificate after the handshake, and reads nothing that follows.
        return errors.CertificateError if problem[0] == "untrusted" else unreachable, TLS[problem[0]], problem[1]
    if isinstance(error, TimeoutError | httpx.TimeoutException) and not (step is Step.REPLY and isinstance(error, httpx.ConnectTimeout)):
        return errors.ReplyTimeoutError if step is Step.REPLY else unreachable, LATE[step], reason
    if isinstance(error, NotPinnedError):
        return errors.CertificateError, UNTRUSTED, reason
    match step:
        case Step.LOOKUP:
            return unreachable if has_proxy else errors.HostNotFoundError, UNKNOWN_HOST, reason
        case Step.CONNECT:
            return unreachable, REFUSED_BY_PROXY if has_proxy else REFUSED, reason
        case Step.PROXY:
            invalid = "its answer is not valid HTTP: " if isinstance(error, httpx.RemoteProtocolError) else ""
            return unreachable, REFUSED_TO_CONNECT, f"TLS with the proxy fails: {problem[1]}" if problem else invalid + reason
        case Step.TLS:
            return unreachable, TLS["other"], reason
        case _:
            is_cut = not isinstance(error, httpx.RemoteProtocolError) or any(words in reason for words in CUT)
            return errors.ReplyLostError, BROKEN if is_cut else NOT_HTTP, reason


def _login_wanted(reason: str, connection: AnyConnection) -> str:
    """Return the reason for a proxy's refusal, and the login that it requires, if it says so."""
    schemes = [value.split(b" ")[0].decode("latin-1") for name, value in connection.proxy_headers if name.lower() == b"proxy-authenticate"]
    return f"{reason}; it requires a login with {', '.join(schemes)}, and this client can only use Basic" if schemes else reason


def _filled(template: str, endpoint: Endpoint, timeout: float, **more: object) -> str:
    host, port = endpoint.first
    proxy = f"the proxy {authority(host, port)}" if endpoint.proxy else "the proxy"
    first = f"{proxy} to {endpoint.authority}" if endpoint.proxy else endpoint.authority
    return template.format(server=endpoint.authority, proxy=proxy, first=first, timeout=round(timeout, 3), endpoint=endpoint, **more)
