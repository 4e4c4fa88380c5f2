"""Connections to one server.

A client of this API talks to one server. So idle connections stand in a flat list, newest last: taking one and putting
it back costs the same with one connection as with a thousand, where httpx's own pool looks at all of them.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from mailstore_sdk import __version__
from mailstore_sdk.runtime._protocol.actions import Reply, Send
from mailstore_sdk.runtime._transport import tls
from mailstore_sdk.runtime._transport.http import (
    Http,
    LateError,
    NoneFreeError,
    NotConnectedError,
    ProtocolError,
    Request,
    Secured,
    Talk,
    post,
    proxy_at,
    secured,
    through,
)
from mailstore_sdk.runtime._transport.streams import Stream, dial

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.async_streams import AsyncStream

S = TypeVar("S", bound="Stream | AsyncStream")

IDLE_SECONDS = 60.0
"""How long an unused connection is kept; Windows' HTTP server closes its side after 120 seconds."""

PREPARED = 64
"""How many requests are kept prepared."""


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
    def place(self) -> str:
        """Host and port in one."""
        return place(self.host, self.port)

    @property
    def first(self) -> tuple[str, int]:
        """What a connection leads to: the proxy, if there is one."""
        if self.proxy is None:
            return self.host, self.port
        proxy = proxy_at(self.proxy)
        return proxy.host, proxy.port

    @property
    def url(self) -> str:
        """The server's address as a URL."""
        return f"https://{self.place}"


class _Pool(Generic[S]):
    """The idle connections, and what they are made with."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._context = server.trust.context()
        self._idle: list[S] = []
        # Most requests are like one before but for their body; to make and check their heads takes an eighth of a call.
        self._post = lru_cache(PREPARED)(partial(_post, server))
        self.is_closed = False

    def close(self) -> None:
        """Close the idle connections; those in use close when their reply is there."""
        self.is_closed = True
        with suppress(IndexError):  # Threads may take and put back meanwhile.
            while True:
                self._idle.pop().close()

    def _asked(self, stream: S, send: Send) -> Talk[Reply]:
        return stream.http.ask(self._post(send.path, len(send.body), tuple(send.headers.items())), send.body)

    def _take(self) -> S | None:
        while True:
            try:
                stream = self._idle.pop()
            except IndexError:
                return None
            if time.monotonic() - stream.idle_since < IDLE_SECONDS and stream.is_quiet:
                return stream
            stream.close()

    def _put_back(self, stream: S) -> None:
        if stream.http.free:
            stream.idle_since = time.monotonic()
            self._idle.append(stream)
        else:
            stream.close()
        if self.is_closed:
            self.close()


class FlatPool(_Pool[Stream]):
    """Connections to one server for the sync client."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self._free = threading.BoundedSemaphore(server.max_connections)

    def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        until = time.monotonic() + send.timeout
        if not self._free.acquire(timeout=send.timeout):
            raise NoneFreeError
        try:
            stream = self._take() or self._connect(until)
            try:
                return stream.carry_out(self._asked(stream, send), until)
            finally:
                self._put_back(stream)
        finally:
            self._free.release()

    def _connect(self, until: float) -> Stream:
        with _connecting():
            stream, layer = dial(self._server.first, _opening(self._server, self._context), until)
        stream.http = Http(layer)
        return stream


class AsyncFlatPool(_Pool["AsyncStream"]):
    """Connections to one server for the async client."""

    def __init__(self, server: Server) -> None:
        import asyncio

        super().__init__(server)
        self._free = asyncio.BoundedSemaphore(server.max_connections)

    async def send(self, send: Send) -> Reply:
        """Send one request and read its whole reply."""
        until = time.monotonic() + send.timeout
        await self._its_turn(send.timeout)
        try:
            stream = self._take() or await self._connect(until)
            try:
                return await stream.carry_out(self._asked(stream, send), until)
            finally:
                self._put_back(stream)
        finally:
            self._free.release()

    async def _its_turn(self, timeout: float) -> None:
        import asyncio

        if not self._free.locked():
            await self._free.acquire()  # at once
            return
        try:
            async with asyncio.timeout(timeout):
                await self._free.acquire()
        except TimeoutError:
            raise NoneFreeError from None

    async def _connect(self, until: float) -> AsyncStream:
        from mailstore_sdk.runtime._transport.async_streams import dial

        with _connecting():
            stream, layer = await dial(self._server.first, _opening(self._server, self._context), until)
        stream.http = Http(layer)
        return stream


def shown_certificate(server: Server, timeout: float) -> bytes | None:
    """The certificate that a server shows, whoever signed it, in DER form; None where it shows none."""
    opening = _opening(server, tls.Trust(verify=False).context())
    try:
        stream, layer = dial(server.first, opening, time.monotonic() + timeout)
    except (NotConnectedError, OSError, ProtocolError):
        return None
    stream.close()
    return layer.certificate


def place(host: str, port: int) -> str:
    """Host and port in one."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def headers_of(server: Server, length: int, more: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request; none asks for compression, so no reply should be compressed."""
    return {
        "Host": server.place,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(length),
        "User-Agent": f"mailstore-sdk/{__version__}",
        **more,
    }


def _post(server: Server, path: str, length: int, more: tuple[tuple[str, str], ...]) -> Request:
    return post(path, headers_of(server, length, dict(more)))


def _opening(server: Server, context: ssl.SSLContext) -> Talk[Secured]:
    """What is said over a new connection before the first request."""
    layer = yield from through(server.proxy, server.place)
    return (yield from secured(layer, context, server.host))


@contextmanager
def _connecting() -> Generator[None]:
    try:
        yield
    except TimeoutError:
        raise LateError from None
    except (OSError, ProtocolError) as error:
        raise NotConnectedError(str(error)) from error
