"""One connection to the server: an httpx transport that holds one, between httpx and the sockets of httpcore.

httpcore has a timeout for each operation on a socket. Here one deadline covers a whole request, whatever drips. The pin
is checked before anything is sent, and a reply that was followed by more than was asked for is noticed, so that the rest
never answers the next request.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from enum import IntEnum
from ssl import SSLContext
from typing import Any, Generic, TypeVar, cast

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._protocol.actions import Reply, Send
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.httpx_library import httpcore, httpx
from mailstore_sdk.runtime._transport.messages import read_reply, read_reply_async, request_for
from mailstore_sdk.runtime._transport.streams import AsyncStream, BufferedStream, Stream
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY, TLSConfig, certificate_of

IDLE_SECONDS = 60.0
"""How long an unused connection is kept; Windows' HTTP server closes its side after 120 seconds."""

LIMITS = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE_SECONDS)

KEEPALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    # Routers forget connections that are silent, as one is while the server works on a call.
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), seconds)
        for name, seconds in (("TCP_KEEPIDLE", 45), ("TCP_KEEPINTVL", 15))
        if hasattr(socket, name)
    ),
]


class Step(IntEnum):
    """What a connection is doing. Before REPLY the server has nothing of the request."""

    LOOKUP = 1
    CONNECT = 2
    PROXY = 3
    TLS = 4
    REPLY = 5


class NotPinnedError(Exception):
    """The server's certificate is not the pinned one, or cannot be checked.

    Attributes:
        certificate: The one that the server shows, in DER form; empty where it cannot be read.
    """

    def __init__(self, wanted: str | None, certificate: bytes = b"") -> None:
        super().__init__(f"it {'is not' if certificate else 'could not be compared with'} the one pinned by thumbprint={wanted!r}")
        self.certificate = certificate


class AnyConnection:
    """What both kinds of connection are built from.

    Attributes:
        idle_since: When it was last put aside.
        stream: The open socket; None if there is no socket, or httpcore did not let this connection open it.
        step: What it is doing; None until httpx has reported something.
        proxy_headers: With which the proxy answered the request for a tunnel.
    """

    idle_since = 0.0

    def __init__(self, endpoint: Endpoint, context: SSLContext, client: object) -> None:
        self.stream: BufferedStream | None = None
        self.step: Step | None = None
        self.proxy_headers: list[tuple[bytes, bytes]] = []
        self._endpoint = endpoint
        self._context = context
        self._client = client
        self._transport: Any = None
        self._is_servers_tls = False
        self._is_trusted = endpoint.tls.thumbprint is None

    @property
    def is_reusable(self) -> bool:
        """Whether another request may follow: all that came was asked for."""
        return self.stream is not None and self.stream.is_quiet

    @property
    def has_ended(self) -> bool:
        """Whether the other side has closed it, or sent something that was not asked for."""
        return self.stream is None or bool(self.stream.get_extra_info("is_readable"))

    def _client_for(self, kind: Any) -> Any:
        """The client to send with: the user's, or one for tools such as Sentry's that wrap clients of httpx, else None.

        Going through a client costs a third more per call.
        """
        is_wrapped = hasattr(kind.send, "__wrapped__") or not kind.send.__module__.startswith(kind.__module__)
        if self._client is None and is_wrapped:
            return kind(transport=self._transport, trust_env=False)
        return self._client

    def note(self, event: str, info: dict[str, Any]) -> None:  # noqa: C901 - a table
        """Take in an event of httpx's trace extension.

        Raises:
            NotPinnedError: The server does not show the pinned certificate.
            httpx.ProxyError: What should be a SOCKS proxy does not speak SOCKS.
        """
        match event.partition(".")[2]:
            case "connect_tcp.started":
                self.step = Step.CONNECT
                self._is_trusted = self._endpoint.tls.thumbprint is None
            case "setup_socks5_connection.started":
                self.step = Step.PROXY
            case "setup_socks5_connection.failed" if type(info["exception"]).__name__ in ("ProtocolError", "AssertionError"):
                # httpcore passes on what its library for SOCKS raises.
                raise httpx.ProxyError("its answer is not valid SOCKS") from info["exception"]
            case "start_tls.started":
                self._is_servers_tls = self._client is not None or info["ssl_context"] is self._context
                self.step = Step.TLS if self._is_servers_tls else Step.PROXY
            case "start_tls.complete" if self._is_servers_tls and not self._is_trusted:
                certificate = certificate_of(info["return_value"].get_extra_info("ssl_object"))
                self._is_trusted = self._endpoint.tls.accepts(certificate)
                if not self._is_trusted:
                    raise NotPinnedError(self._endpoint.tls.thumbprint, certificate)
            case "send_request_headers.started" if info["request"].method == b"CONNECT":
                self.step = Step.PROXY
                if ":" in self._endpoint.host:  # httpcore writes such an address without brackets
                    info["request"].url.target = target = self._endpoint.authority.encode("ascii")
                    info["request"].headers = [(name, target if name == b"Host" else value) for name, value in info["request"].headers]
            case "send_request_headers.started" if not self._is_trusted:
                raise NotPinnedError(self._endpoint.tls.thumbprint)
            case "send_request_headers.started":
                self.step = Step.REPLY
            case "receive_response_headers.complete" if self.step is Step.PROXY:
                self.proxy_headers = info["return_value"][3]
            case _:
                pass


class Connection(AnyConnection, httpcore.NetworkBackend):
    """One connection of the sync client; it is made with the first request, and again where the server has closed it.

    With a client of the user's it is that client, which decides about TLS, proxy, connections and timeouts.
    """

    def __init__(self, pool: Pool[Connection, httpx.Client]) -> None:
        super().__init__(pool.endpoint, pool.context, pool.given)
        self._pool = pool
        self._deadline = float("inf")
        if pool.given is None:
            self._transport = httpx.HTTPTransport(pool.context, trust_env=False, limits=LIMITS, proxy=_proxy(pool.endpoint))
            _open_sockets_through(self, self._transport)

    def exchange(self, send: Send, deadline: float) -> Reply:
        """Send a request and read its whole reply."""
        self.step, self._deadline = None, deadline
        request = request_for(self._endpoint, send, self.note)
        if client := self._client_for(httpx.Client):
            response = client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            response = self._transport.handle_request(request)
        return read_reply(response, self._endpoint, deadline)

    def close(self) -> None:
        """Break the connection off; more than once is harmless."""
        if self._transport:
            self._transport.close()
        if self.stream:
            self.stream.close()

    def left(self) -> float:
        """Seconds until the deadline.

        Raises:
            httpcore.ReadTimeout: No data arrived.
        """
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for the request is over")
        return seconds

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> Any:
        """Connect to the first address that accepts; one that is silent leaves the others their share of the time."""
        self.step = Step.LOOKUP
        found = {str(entry[4][0]): None for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        self.left()
        self.step = Step.CONNECT
        addresses = sorted(found, key=lambda address: address != self._pool.preferred_address)
        while True:
            address, *others = addresses
            try:
                connected = httpcore.SyncBackend().connect_tcp(address, port, self.left() / len(addresses), None, KEEPALIVE)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not others:
                    raise
                addresses = others
            else:
                self._pool.preferred_address = address
                return Stream(connected, self)


class AsyncConnection(AnyConnection, httpcore.AsyncNetworkBackend):
    """One connection of the async client; see `Connection`."""

    def __init__(self, pool: Pool[AsyncConnection, httpx.AsyncClient]) -> None:
        super().__init__(pool.endpoint, pool.context, pool.given)
        if pool.given is None:
            self._transport = httpx.AsyncHTTPTransport(pool.context, trust_env=False, limits=LIMITS, proxy=_proxy(pool.endpoint))
            _open_sockets_through(self, self._transport)

    async def exchange(self, send: Send) -> Reply:
        """Send a request and read its whole reply."""
        self.step = None
        request = request_for(self._endpoint, send, self._note)
        if client := self._client_for(httpx.AsyncClient):
            response = await client.send(request, stream=True, auth=None, follow_redirects=False)
        else:
            response = await self._transport.handle_async_request(request)
        return await read_reply_async(response, self._endpoint)

    async def close(self) -> None:
        """Break the connection off; more than once is harmless."""
        if self._transport:
            await self._transport.aclose()
        if self.stream:
            await self.stream.aclose()

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: object, **__: object) -> Any:
        """Connect to the first address that accepts; anyio tries the next one soon."""
        import asyncio

        self.step = Step.LOOKUP
        found = {entry[4][0] for entry in await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        self.step = Step.CONNECT
        host = str(found.pop()) if len(found) == 1 else host  # which anyio looks up again
        # Where anyio is missing the backend is a stub, so its type is open.
        return AsyncStream(await cast("Any", httpcore.AnyIOBackend()).connect_tcp(host, port, timeout, None, KEEPALIVE), self)

    async def _note(self, event: str, info: dict[str, Any]) -> None:
        self.note(event, info)


def _open_sockets_through(connection: Connection | AsyncConnection, transport: Any) -> None:
    """Let a transport open its sockets through a connection.

    httpcore's pool takes a network backend, but httpx has no argument for it: hence these two private attributes. Where
    they are missing a connection is not used twice, see `is_reusable`. The pool's lock is of no use, as a transport
    carries one request at a time, and an interrupt at the wrong moment would leave it locked for ever.
    """
    pool: Any = getattr(transport, "_pool", None)
    if hasattr(pool, "_network_backend"):
        pool._network_backend = connection  # noqa: SLF001
    if isinstance(connection, Connection) and hasattr(pool, "_optional_thread_lock"):
        pool._optional_thread_lock = nullcontext()  # noqa: SLF001


def _proxy(endpoint: Endpoint) -> httpx.Proxy | None:
    """The proxy as httpx wants it; one that speaks TLS itself is trusted by the system's authorities."""
    if endpoint.proxy is None:
        return None
    return httpx.Proxy(endpoint.proxy, ssl_context=TLSConfig().context() if endpoint.proxy.startswith("https:") else None)


C = TypeVar("C", Connection, AsyncConnection)
H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class Pool(Generic[C, H]):
    """What both drivers have: the idle connections, and what new ones are made with.

    A client of this API talks to one server. So they are in a flat list, newest last: taking one and putting it back
    costs the same with one connection as with a thousand, where httpx's own pool looks at all of them.
    """

    def __init__(self, endpoint: Endpoint, http_client: H | None = None) -> None:
        self.endpoint = endpoint
        self.context = (SHOW_ONLY if http_client else endpoint.tls).context()
        self.given: H | None = http_client
        self.used = False
        self.preferred_address = ""  # which has accepted a connection, so that one that is silent costs its time once
        self._closed = False
        self._idle: list[C] = []

    @property
    def closed(self) -> bool:
        """Whether it can be used no more."""
        return self._closed or bool(self.given and self.given.is_closed)

    def _take(self) -> C | None:
        if self.closed:
            raise ConfigurationError("the client is closed; make a new one")
        self.used = True
        try:
            return self._idle.pop()
        except IndexError:  # Threads may take one at any time.
            return None

    def _put_back(self, connection: C) -> None:
        connection.idle_since = time.monotonic()
        self._idle.append(connection)

    def _take_expired(self, seconds: float) -> Iterator[C]:
        """Those that were idle for so long, or whose other side has ended."""
        oldest = time.monotonic() - seconds
        for _ in range(len(self._idle)):
            with suppress(IndexError):
                connection = self._idle.pop(0)
                if connection.idle_since <= oldest or connection.has_ended:
                    yield connection
                else:
                    self._idle.append(connection)
