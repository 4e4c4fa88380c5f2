"""First contact with a server: name, port, TLS and certificate, before anybody logs in. Nothing secret is sent to it."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import cast

from mailstore_sdk.config import Address
from mailstore_sdk.errors import CertificateError, HostNotFoundError, ServerUnreachableError
from mailstore_sdk.http import httpcore
from mailstore_sdk.pool import Proxy, proxy_at
from mailstore_sdk.tls import Trust

PATIENCE = 10.0
"""Seconds for each step."""


@dataclass(frozen=True)
class Route:
    """The way to a server.

    Attributes:
        address: Where it listens.
        proxy: URL of the HTTP proxy that leads there; may hold a password.
    """

    address: Address
    proxy: str | None = field(default=None, repr=False)

    @property
    def first(self) -> Address:
        """Where this machine connects to: the proxy, if there is one."""
        if self.proxy is None:
            return self.address
        origin = proxy_at(self.proxy)["proxy_url"].origin
        return Address(origin.host.decode("ascii"), origin.port)

    def __str__(self) -> str:
        return _place(self.address)


def resolve(route: Route) -> list[str]:
    """The addresses behind the name that this machine connects to.

    Raises:
        HostNotFoundError: There are none.
    """
    first = route.first
    try:
        found = socket.getaddrinfo(first.host, first.port, type=socket.SOCK_STREAM)
    except OSError:
        who = "proxy" if route.proxy else "host"
        raise HostNotFoundError(f"no address is known for the {who} {first.host!r}; check the name and your DNS") from None
    return sorted({str(entry[4][0]) for entry in found})


def connect(route: Route) -> httpcore.NetworkStream:
    """A connection, nothing said yet to the server.

    Raises:
        ServerUnreachableError: Nobody accepts one, or the proxy does not lead there.
    """
    place = f"the proxy {_place(route.first)}" if route.proxy else str(route)
    try:
        return _tunnel(route, proxy_at(route.proxy)) if route.proxy else _direct(route.address)
    except httpcore.TimeoutException:
        raise ServerUnreachableError(
            f"{place} did not accept a connection within {PATIENCE:g} s; check the host, the port and the firewall"
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        advice = (
            "check its address and port"
            if route.proxy
            else "check the port (8474 unless changed), and that the Management API is switched on in the SPE configuration, "
            "under Management Server"
        )
        raise ServerUnreachableError(f"{place}: {_reason(error)}; {advice}") from None


def certificate(route: Route) -> bytes:
    """The certificate that the server shows, whoever signed it, in DER form.

    Raises:
        ServerUnreachableError: It does not speak TLS.
    """
    try:
        with closing(_secured(route, Trust(verify=False))) as secure:
            shown = cast("ssl.SSLObject", secure.get_extra_info("ssl_object")).getpeercert(True)  # noqa: FBT003 - sockets of TLS take it so
            return shown or b""
    except httpcore.NetworkError as error:
        raise ServerUnreachableError(
            f"{route} listens but does not speak TLS ({_reason(error)}); is it the port of the Management API (8474)?"
        ) from None


def refusal(route: Route, trust: Trust) -> str | None:
    """Why the certificate is not trusted; None where it is.

    Raises:
        ServerUnreachableError: It does not speak TLS.
        CertificateError: The handshake broke for another reason.
    """
    certificate(route)  # so that what fails below is trust alone
    try:
        _secured(route, trust).close()
    except httpcore.NetworkError as error:
        cause = error.__cause__
        if isinstance(cause, ssl.SSLCertVerificationError):
            return getattr(cause, "verify_message", "") or str(cause)
        raise CertificateError(f"{route}: {_reason(error)}") from None
    return None


def _direct(address: Address) -> httpcore.NetworkStream:
    return httpcore.SyncBackend().connect_tcp(address.host, address.port, PATIENCE)


def _tunnel(route: Route, proxy: Proxy) -> httpcore.NetworkStream:
    """A connection through a proxy, which may want a login of its own."""
    way, login = proxy["proxy_url"], proxy["proxy_auth"]
    target = str(route).encode("ascii")
    headers = [(b"Host", target)]
    if login:
        headers.append((b"Proxy-Authorization", b"Basic " + base64.b64encode(b":".join(login))))
    request = httpcore.Request(
        "CONNECT",
        httpcore.URL(scheme=way.scheme, host=way.host, port=way.port, target=target),
        headers=headers,
        extensions={"timeout": dict.fromkeys(("connect", "read", "write"), PATIENCE)},
    )
    connection = httpcore.HTTPConnection(way.origin)
    response = connection.handle_request(request)
    told = cast("Mapping[str, object]", response.extensions)  # pyright: ignore[reportUnknownMemberType] # the library's annotation
    if response.status // 100 == 2:  # noqa: PLR2004 - the class of statuses that mean success
        return cast("httpcore.NetworkStream", told["network_stream"])
    connection.close()
    answer = f"{response.status} {cast('bytes', told['reason_phrase']).decode('ascii', 'replace')}"
    raise ServerUnreachableError(f"the proxy {_place(route.first)} does not lead to {route}: {answer.strip()}")


def _secured(route: Route, trust: Trust) -> httpcore.NetworkStream:
    return connect(route).start_tls(trust.context(), route.address.host, PATIENCE)


def _reason(error: Exception) -> str:
    """What the system says behind an error of the HTTP library."""
    cause = error.__cause__ or error
    return getattr(cause, "reason", None) or getattr(cause, "strerror", None) or str(cause) or type(cause).__name__


def _place(address: Address) -> str:
    return f"[{address.host}]:{address.port}" if ":" in address.host else f"{address.host}:{address.port}"
