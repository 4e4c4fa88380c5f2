"""The async driver: carries out operations over connections of one event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.aio_connection import AsyncConnection
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.tasks import AsyncSlots, async_abandon, async_timer
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY

T = TypeVar("T")


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
        async_abandon(self._close_expired)
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
        return await slots.run(act, action.timeout, partial(failures.too_busy, self.endpoint, action))

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
