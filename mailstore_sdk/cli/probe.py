"""Check a server's name, port, TLS and certificate without logging in or sending a request."""

from __future__ import annotations

import socket
import time
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

from mailstore_sdk.errors import CertificateError, HostNotFoundError, ServerUnreachableError, TransportError
from mailstore_sdk.runtime._protocol.actions import Send
from mailstore_sdk.runtime._transport.connections import NotPinnedError, Step
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.failures import ERRORS, transport_error
from mailstore_sdk.runtime._transport.sync_connection import Connection
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY, tls_problem

TIMEOUT = 10.0
"""Seconds for each step."""


def resolve(endpoint: Endpoint) -> list[str]:
    """Return the addresses of the host that this machine connects to.

    Raises:
        HostNotFoundError: The name has no address.
    """
    host, port = endpoint.first
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        who = "proxy" if endpoint.proxy else "host"
        raise HostNotFoundError(f"the {who} {host!r} has no address; check the name and your DNS") from None
    return sorted({str(entry[4][0]) for entry in found})


def connect(endpoint: Endpoint) -> None:
    """Open a connection and close it.

    Raises:
        ServerUnreachableError: The server or the proxy does not accept a connection.
    """
    if failure := _reach(endpoint, "start_tls.started"):
        raise ServerUnreachableError(failure.message)


def certificate(endpoint: Endpoint) -> bytes:
    """Return the server's certificate in DER form, whether trusted or not.

    Raises:
        ServerUnreachableError: The server does not use TLS.
    """
    failure = _reach(replace(endpoint, tls=SHOW_ONLY), "send_request_headers.started")
    if failure and isinstance(failure.__cause__, NotPinnedError):
        return failure.__cause__.certificate
    raise ServerUnreachableError(failure.message if failure else f"{endpoint.authority} shows no certificate")


def refusal(endpoint: Endpoint) -> str | None:
    """Return why the certificate is not trusted; None if it is.

    Raises:
        ServerUnreachableError: The server does not use TLS.
        CertificateError: The handshake failed for another reason.
    """
    certificate(endpoint)  # so only trust can fail below
    failure = _reach(endpoint, "send_request_headers.started")
    if failure is None:
        return None
    if not isinstance(failure, CertificateError):
        raise CertificateError(failure.message)
    problem = failure.__cause__ and tls_problem(failure.__cause__)
    return problem[1] if problem else failure.message


class _ReachedError(Exception):
    """The connection has reached the requested step."""


class _Probe(Connection):
    """A connection that stops before a step of the exchange with the server."""

    def __init__(self, endpoint: Endpoint, before: str) -> None:
        super().__init__(Route(endpoint))
        self._before = before

    def note(self, event: str, info: dict[str, Any]) -> None:
        super().note(event, info)
        if event.endswith(self._before) and self.step is not Step.PROXY:
            raise _ReachedError


def _reach(endpoint: Endpoint, before: str) -> TransportError | None:
    """Connect as far as a step, and send nothing to the server; the error, where there is one."""
    with closing(_Probe(endpoint, before)) as connection, suppress(_ReachedError):
        try:
            connection.exchange(Send("/", b"", TIMEOUT), time.monotonic() + TIMEOUT)
        except ERRORS as error:
            failure = transport_error(error, endpoint, TIMEOUT, connection)
            failure.__cause__ = error
            return failure
    return None
