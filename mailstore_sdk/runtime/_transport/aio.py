"""The async driver: carries out operations over connections of one event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial
from ssl import SSLContext
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, PIECE, BufferedStream, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.httpx_library import httpcore, httpx
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.tasks import AsyncSlots, AsyncSockets, async_timer
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY

T = TypeVar("T")


# The deadline of the request applies, and not the `timeout` of an operation.
class AsyncStream(BufferedStream):
    """An async socket."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Receive what comes next."""
        data, self._unsent = self._unsent, b""
        with suppress(httpcore.WriteError):  # A server that hangs up before it has all may have answered.
            for start in range(0, len(data), PIECE):
                await self._stream.write(data[start : start + PIECE], self._connection.left())
        held, self.held = self.held, b""
        return held or self._hold(await self._stream.read(max_bytes, self._connection.left()))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send it together with what follows."""
        self._unsent += buffer

    async def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> AsyncStream:  # noqa: ARG002
        """Continue over TLS."""
        return AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, self._connection.left()), self._connection)


class AsyncConnection(AsyncSockets):
    """One connection of the async client."""

    _transport_type, _client_type, _stream_type = httpx.AsyncHTTPTransport, httpx.AsyncClient, AsyncStream

    async def exchange(self, send: Send, deadline: float) -> Reply:
        """Send a request and read its whole reply.

        Raises:
            NotPinnedError: The server does not show the pinned certificate.
            ReplyTooLargeError: The reply, decompressed, has more bytes than the client accepts.
            ReplyLostError: The reply is compressed with another method than gzip or deflate.
            TimeoutError: The reply was not complete in time.
        """
        self.step = None
        request = self._route.endpoint.request(send, self.async_note)
        body = bytearray()
        async with self.until(deadline):
            if client := self._client():
                response = await client.send(request, stream=True, auth=None, follow_redirects=False)
            else:
                response = await self._transport.handle_async_request(request)
            async with aclosing(response):
                async for piece in response.aiter_bytes() if self._is_compressed(response) else response.stream:
                    self._add(body, piece)
        return Reply(response.status_code, bytes(body), response.headers)

    async def aclose(self) -> None:
        """Break the connection off; more than once is harmless."""
        if self._transport:
            await self._transport.aclose()
        if self.stream:
            await self.stream.aclose()


async def fetch_certificate(endpoint: Endpoint, deadline: float) -> bytes:
    """Return a server's certificate in DER form, trusted or not; empty if it cannot be read in time."""
    certificate = b""
    async with aclosing(AsyncConnection(Route(replace(endpoint, tls=SHOW_ONLY)))) as connection:
        try:
            await connection.exchange(Send("/", b"", deadline - time.monotonic()), deadline)
        except failures.ERRORS as error:
            certificate = error.certificate if isinstance(error, NotPinnedError) else b""
    return certificate


class AsyncTransport(Pool[AsyncConnection]):
    """Carries out operations. Tasks of one event loop may share it."""

    def _reset(self) -> None:
        super()._reset()
        self._slots = AsyncSlots(self.endpoint.max_connections)
        self._turns: WeakKeyDictionary[object, AsyncSlots] = WeakKeyDictionary()

    async def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        self._slots.refuse_another_loop()
        try:
            action = next(operation)
            while True:
                try:
                    outcome = await self._carry_out(action)
                except BaseException as error:  # noqa: BLE001 - the operation decides about it
                    action = operation.throw(error)
                else:
                    action = operation.send(outcome)
        except StopIteration as end:
            return cast("T", end.value)

    async def close(self) -> None:
        """Close all connections, those in use after their reply; closing twice is harmless."""
        self._closed = True
        if self._reaper:
            self._reaper.cancel()
        await self._close_expired(0)

    async def _carry_out(self, action: Action) -> object:
        if isinstance(action, Sleep):
            await asyncio.sleep(action.seconds)
            return None
        if isinstance(action, Compute):
            return await asyncio.to_thread(action.function)
        act: Callable[[], Awaitable[object]]
        if isinstance(action, Send):
            slots, act = self._slots, partial(self._send, action, time.monotonic() + action.timeout)
        else:
            slots, act = self._turns.setdefault(action.owner, AsyncSlots(1)), partial(self.run, action.operation)
        if outcome := await slots.run(act, action.timeout):
            return outcome
        raise failures.too_busy(self.endpoint, action)

    async def _send(self, send: Send, deadline: float) -> Reply:
        connection = self._take() or AsyncConnection(self.route)
        try:
            reply = await connection.exchange(send, deadline)
        except BaseException as error:
            await connection.aclose()
            failures.drop_frames(error)
            if not isinstance(error, failures.ERRORS):
                raise
            problem = failures.transport_error(error, self.endpoint, send.timeout, connection)
            if failures.lacks_certificate(problem, error):
                problem = failures.with_certificate(problem, await fetch_certificate(self.endpoint, deadline))
            raise problem from error
        if not self._keep(connection):
            await connection.aclose()
        return reply

    def _start_reaper(self) -> Any:
        return async_timer(IDLE_SECONDS, self._close_idle)

    async def _close_idle(self) -> None:
        await self._close_expired(IDLE_SECONDS)
        self._reaper = self._start_reaper() if self._idle else None

    async def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            await connection.aclose()
