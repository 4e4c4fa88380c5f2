"""Connections to one server.

A client of this API talks to one server. So idle connections stand in a flat list, newest last: taking one and putting
it back costs the same with one connection as with a thousand, where the library's own pool looks at all of them.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypedDict
from urllib.parse import unquote, urlsplit, urlunsplit

from mailstore_sdk import __version__, tls
from mailstore_sdk.commands import Reply, Send
from mailstore_sdk.http import httpcore
from mailstore_sdk.log import mask_cookies
from mailstore_sdk.streams import TimedBackend, over_by

logging.getLogger(f"{httpcore.__name__}.http11").addFilter(mask_cookies)

IDLE_SECONDS = 60.0
"""How long an unused connection is kept; Windows' HTTP server closes its side after 120 seconds."""

_KEEPALIVE: list[httpcore.SOCKET_OPTION] = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    # Routers forget connections that are silent, as one is while the server works on a call.
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), seconds)
        for name, seconds in (("TCP_KEEPIDLE", 45), ("TCP_KEEPINTVL", 15))
        if hasattr(socket, name)
    ),
]


class Server(NamedTuple):
    """Where the API is, and how to reach it.

    Attributes:
        host: Name or address.
        port: Port of the Management API.
        trust: Which certificate it may show.
        max_connections: How many connections may be open at once.
        proxy: URL of an HTTP proxy that leads there; may hold its user name and password.
    """

    host: str
    port: int
    trust: tls.Trust
    max_connections: int = 100
    proxy: str | None = None

    def __repr__(self) -> str:
        return f"Server({self.url!r})"

    @property
    def url(self) -> str:
        """The server's address as a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.port}"


class FlatPool:
    """Connections to one server for the sync client."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connect = _connector(server)
        self._idle: list[httpcore.ConnectionInterface] = []
        self._free = threading.BoundedSemaphore(server.max_connections)
        self.is_closed = False

    def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        deadline = time.monotonic() + send.timeout
        if not self._free.acquire(timeout=send.timeout):
            raise httpcore.PoolTimeout
        try:
            with over_by(deadline):
                connection = self._take()
                try:
                    response = connection.handle_request(_request(self._server, send))
                    body = response.read()
                    response.close()
                finally:
                    self._put_back(connection)
        finally:
            self._free.release()
        return Reply(response.status, body, _headers(response))

    def close(self) -> None:
        """Close the idle connections; those in use close when their reply is there."""
        self.is_closed = True
        while self._idle:
            self._idle.pop().close()

    def _put_back(self, connection: httpcore.ConnectionInterface) -> None:
        if _reusable(connection) and not self.is_closed:
            self._idle.append(connection)
        else:
            connection.close()

    def _take(self) -> httpcore.ConnectionInterface:
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return self._connect()
            if not connection.has_expired():
                return connection
            connection.close()


class AsyncFlatPool:
    """Connections to one server for the async client."""

    def __init__(self, server: Server) -> None:
        import asyncio

        self._server = server
        self._connect = _async_connector(server)
        self._idle: list[httpcore.AsyncConnectionInterface] = []
        self._free = asyncio.BoundedSemaphore(server.max_connections)
        self.is_closed = False

    async def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        deadline = time.monotonic() + send.timeout
        await self._its_turn(send.timeout)
        try:
            with over_by(deadline):
                connection = await self._take()
                try:
                    response = await connection.handle_async_request(_request(self._server, send))
                    body = await response.aread()
                    await response.aclose()
                finally:
                    await self._put_back(connection)
        finally:
            self._free.release()
        return Reply(response.status, body, _headers(response))

    async def _its_turn(self, timeout: float) -> None:
        import asyncio

        if not self._free.locked():
            await self._free.acquire()  # at once
            return
        try:
            async with asyncio.timeout(timeout):
                await self._free.acquire()
        except TimeoutError:
            raise httpcore.PoolTimeout from None

    async def close(self) -> None:
        """Close the idle connections; those in use close when their reply is there."""
        self.is_closed = True
        while self._idle:
            await self._idle.pop().aclose()

    async def _put_back(self, connection: httpcore.AsyncConnectionInterface) -> None:
        if _reusable(connection) and not self.is_closed:
            self._idle.append(connection)
        else:
            await connection.aclose()

    async def _take(self) -> httpcore.AsyncConnectionInterface:
        while self._idle:
            connection = self._idle.pop()
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return await self._connect()


def _reusable(connection: httpcore.ConnectionInterface | httpcore.AsyncConnectionInterface) -> bool:
    # One that never came about counts as idle, too.
    return connection.is_idle() and not connection.is_closed()


# What follows makes connections. The library's pools would look at all of them for each request, and its connections that
# begin by themselves would ask at each request, under a lock, whether they have.


def _connector(server: Server) -> Callable[[], httpcore.ConnectionInterface]:
    origin, making, backend = _origin(server), _making(server), TimedBackend()

    def connect() -> httpcore.ConnectionInterface:
        stream = backend.connect_tcp(server.host, server.port, socket_options=making["socket_options"])
        secured = stream.start_tls(making["ssl_context"], server.host)
        return httpcore.HTTP11Connection(origin, secured, making["keepalive_expiry"])

    if server.proxy is None:
        return connect
    tunnels = httpcore.HTTPProxy(**proxy_at(server.proxy), **making, network_backend=backend)
    return lambda: tunnels.create_connection(origin)


def _async_connector(server: Server) -> Callable[[], Awaitable[httpcore.AsyncConnectionInterface]]:
    from mailstore_sdk.async_streams import AsyncTimedBackend

    origin, making, backend = _origin(server), _making(server), AsyncTimedBackend()

    async def connect() -> httpcore.AsyncConnectionInterface:
        stream = await backend.connect_tcp(server.host, server.port, socket_options=making["socket_options"])
        secured = await stream.start_tls(making["ssl_context"], server.host)
        return httpcore.AsyncHTTP11Connection(origin, secured, making["keepalive_expiry"])

    if server.proxy is None:
        return connect
    tunnels = httpcore.AsyncHTTPProxy(**proxy_at(server.proxy), **making, network_backend=backend)

    async def tunnel() -> httpcore.AsyncConnectionInterface:
        return tunnels.create_connection(origin)

    return tunnel


class _Making(TypedDict):
    ssl_context: ssl.SSLContext
    keepalive_expiry: float
    socket_options: list[httpcore.SOCKET_OPTION]


class Proxy(TypedDict):
    """A proxy as the library knows it."""

    proxy_url: httpcore.URL
    proxy_auth: tuple[bytes, bytes] | None


def _making(server: Server) -> _Making:
    context = server.trust.context()
    context.set_alpn_protocols(["http/1.1"])
    return {"ssl_context": context, "keepalive_expiry": IDLE_SECONDS, "socket_options": _KEEPALIVE}


def proxy_at(url: str) -> Proxy:
    """The proxy of a URL, which may hold a user name and a password for it."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    address = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
    return {"proxy_url": httpcore.URL(address), "proxy_auth": (user.encode(), password.encode()) if user else None}


def headers_of(server: Server, send: Send) -> dict[str, str]:
    """The headers of a request; none asks for compression, so no reply should be compressed."""
    return {
        "Host": f"{server.host}:{server.port}",
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(send.body)),
        "User-Agent": f"mailstore-sdk/{__version__}",
        **send.headers,
    }


def _origin(server: Server) -> httpcore.Origin:
    return httpcore.Origin(b"https", server.host.encode("idna"), server.port)


def _request(server: Server, send: Send) -> httpcore.Request:
    url = httpcore.URL(scheme="https", host=server.host, port=server.port, target=send.path)
    return httpcore.Request("POST", url, headers=list(headers_of(server, send).items()), content=send.body)


def _headers(response: httpcore.Response) -> dict[str, str]:
    """By lower-case names; several of one name as one text."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("ascii").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers
