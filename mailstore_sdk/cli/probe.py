"""First contact with a server: name, port, TLS and certificate, before anybody logs in. Nothing secret is sent to it."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import closing

from mailstore_sdk.errors import CertificateError, HostNotFoundError, ServerUnreachableError
from mailstore_sdk.runtime._transport.connections import Server, place
from mailstore_sdk.runtime._transport.http import Layer, ProtocolError, RefusedByProxyError, secured, through
from mailstore_sdk.runtime._transport.streams import Stream, dial
from mailstore_sdk.runtime._transport.tls import Trust

PATIENCE = 10.0
"""Seconds for each step."""


def resolve(server: Server) -> list[str]:
    """The addresses behind the name that this machine connects to.

    Raises:
        HostNotFoundError: There are none.
    """
    host, port = server.first
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        who = "proxy" if server.proxy else "host"
        raise HostNotFoundError(f"no address is known for the {who} {host!r}; check the name and your DNS") from None
    return sorted({str(entry[4][0]) for entry in found})


def connect(server: Server) -> Stream:
    """A connection, nothing said yet to the server.

    Raises:
        ServerUnreachableError: Nobody accepts one, or the proxy does not lead there.
    """
    return _reached(server)[0]


def certificate(server: Server) -> bytes:
    """The certificate that the server shows, whoever signed it, in DER form.

    Raises:
        ServerUnreachableError: It does not speak TLS.
    """
    try:
        return _shown(server, Trust(verify=False))
    except OSError as error:
        raise ServerUnreachableError(
            f"{server.place} listens but does not speak TLS ({_reason(error)}); is it the port of the Management API (8474)?"
        ) from None


def refusal(server: Server) -> str | None:
    """Why the certificate is not trusted; None where it is.

    Raises:
        ServerUnreachableError: It does not speak TLS.
        CertificateError: The handshake broke for another reason.
    """
    certificate(server)  # so that what fails below is trust alone
    try:
        _shown(server, server.trust)
    except ssl.SSLCertVerificationError as error:
        return getattr(error, "verify_message", "") or str(error)
    except OSError as error:
        raise CertificateError(f"{server.place}: {_reason(error)}") from None
    return None


def _reached(server: Server) -> tuple[Stream, Layer]:
    """A connection, and the layer at whose other end the server is."""
    first = f"the proxy {place(*server.first)}" if server.proxy else server.place
    try:
        return dial(server.first, through(server.proxy, server.place), _soon())
    except RefusedByProxyError as error:
        raise ServerUnreachableError(f"{first} does not lead to {server.place}: {error}") from None
    except TimeoutError:
        raise ServerUnreachableError(
            f"{first} did not accept a connection within {PATIENCE:g} s; check the host, the port and the firewall"
        ) from None
    except (OSError, ProtocolError) as error:
        advice = (
            "check its address and port"
            if server.proxy
            else "check the port (8474 unless changed), and that the Management API is switched on in the SPE configuration, "
            "under Management Server"
        )
        raise ServerUnreachableError(f"{first}: {_reason(error)}; {advice}") from None


def _shown(server: Server, trust: Trust) -> bytes:
    """The certificate of a handshake that succeeds."""
    stream, layer = _reached(server)
    with closing(stream):
        return stream.carry_out(secured(layer, trust.context(), server.host), _soon()).certificate


def _soon() -> float:
    return time.monotonic() + PATIENCE


def _reason(error: Exception) -> str:
    """What the system says."""
    return getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error) or type(error).__name__
