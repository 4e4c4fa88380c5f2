"""Connections on an event loop, on which nothing outlasts the request, and a request is sent in one piece.

They stand on asyncio's sockets and on `ssl` itself. The library's own streams serve two kinds of event loop, through a layer
that takes a quarter of a call's time, and asyncio's TLS keeps a quarter of a megabyte for each connection.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TypeVar, cast

from mailstore_sdk.http import httpcore
from mailstore_sdk.streams import left

T = TypeVar("T")

NEXT_ADDRESS = 0.25
"""Seconds after which the next address of a host is tried beside the first."""

PIECE = 65_536
"""Bytes that are deciphered at once."""


class AsyncStream(httpcore.AsyncNetworkStream):
    """What both kinds of streams have."""

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        stream = AsyncTLSStream(self, ssl_context, server_hostname)
        try:
            async with _connecting():
                await stream.shake_hands()
        except BaseException:
            await self.aclose()
            raise
        return stream


class AsyncTimedStream(asyncio.Protocol, AsyncStream):
    """A socket: keeps what comes until it is read."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._error, self._ended = exc, True
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self._received and not self._ended:
            await self._hear()
        if self._error and not self._received:
            raise httpcore.ReadError(str(self._error)) from self._error
        data = bytes(self._received[:max_bytes])
        del self._received[:max_bytes]
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._transport.write(buffer)

    async def aclose(self) -> None:
        self._transport.abort()
        await asyncio.sleep(0)  # The socket closes in the loop's next round.

    def get_extra_info(self, info: str) -> object:
        if info == "is_readable":  # While a connection is idle, that means that it is of no use any more.
            return bool(self._received) or self._ended or self._transport.is_closing()
        return self._transport.get_extra_info(info)

    async def _hear(self) -> None:
        loop = asyncio.get_running_loop()
        self._heard = loop.create_future()
        # A timer of our own costs a third of asyncio.timeout, and each call waits here.
        timer = loop.call_later(left(httpcore.ReadTimeout), self._wake, httpcore.ReadTimeout())
        try:
            await self._heard
        finally:
            timer.cancel()

    def _wake(self, late: Exception | None = None) -> None:
        if self._heard.done():
            return
        if late:
            self._heard.set_exception(late)
        else:
            self._heard.set_result(None)


class AsyncTLSStream(AsyncStream):
    """TLS over another stream; what is written goes out when the reply is read for."""

    def __init__(self, under: httpcore.AsyncNetworkStream, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._under = under
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)
        self._unsent = b""

    async def shake_hands(self) -> None:
        """Agree with the server, and check who it is."""
        await self._carry_out(self._tls.do_handshake)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        unsent, self._unsent = self._unsent, b""
        if unsent:
            self._tls.write(unsent)
            await self._exchange()
        try:
            return await self._carry_out(lambda: self._tls.read(max_bytes))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""
        except ssl.SSLError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer

    async def aclose(self) -> None:
        await self._under.aclose()

    def get_extra_info(self, info: str) -> object:
        return self._tls if info == "ssl_object" else self._under.get_extra_info(info)

    async def _carry_out(self, act: Callable[[], T]) -> T:
        while True:
            try:
                return act()
            except ssl.SSLWantReadError:
                await self._exchange()
            finally:
                await self._send()

    async def _exchange(self) -> None:
        await self._send()
        if received := await self._under.read(PIECE):
            self._incoming.write(received)
        else:
            self._incoming.write_eof()

    async def _send(self) -> None:
        if self._outgoing.pending:
            await self._under.write(self._outgoing.read())


class AsyncTimedBackend(httpcore.AsyncNetworkBackend):
    """Opens streams on which nothing outlasts the request's deadline."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        async with _connecting():
            transport, stream = await loop.create_connection(AsyncTimedStream, host, port, happy_eyeballs_delay=NEXT_ADDRESS)
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return stream


@asynccontextmanager
async def _connecting() -> AsyncGenerator[None]:
    try:
        async with asyncio.timeout(left(httpcore.ConnectTimeout)):
            yield
    except (TimeoutError, httpcore.ReadTimeout):
        raise httpcore.ConnectTimeout from None
    except (OSError, httpcore.ReadError) as error:
        raise httpcore.ConnectError(str(error)) from error
