"""The async driver: carries out operations on one event loop of asyncio."""

from __future__ import annotations

import asyncio
import time
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, AsyncConnection
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.sync import fetch_certificate

T = TypeVar("T")


class AsyncTransport(Pool[AsyncConnection]):
    """Carries out operations on one event loop. Its tasks may share it."""

    def _reset(self) -> None:
        """Forget the parent's event loop too: closing connections here would unregister them from that loop."""
        super()._reset()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._slots = asyncio.Semaphore(self.endpoint.max_connections)
        self._turns: WeakKeyDictionary[object, asyncio.Semaphore] = WeakKeyDictionary()

    async def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        self._refuse_another_loop()
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
        deadline = time.monotonic() + action.timeout
        slots = self._slots if isinstance(action, Send) else self._turns.setdefault(action.owner, asyncio.Semaphore(1))
        try:
            async with asyncio.timeout(action.timeout):
                await slots.acquire()
        except TimeoutError:
            raise failures.too_busy(self.endpoint, action) from None
        try:
            return await (self._send(action, deadline) if isinstance(action, Send) else self.run(action.operation))
        finally:
            slots.release()

    async def _send(self, send: Send, deadline: float) -> Reply:
        connection = self._take() or AsyncConnection(self.route)
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                reply = await connection.exchange(send)
        except BaseException as error:
            await connection.close()
            failures.drop_frames(error)
            if not isinstance(error, failures.ERRORS):
                raise
            problem = failures.transport_error(error, self.endpoint, send.timeout, connection)
            if failures.lacks_certificate(problem, error):
                problem = failures.with_certificate(problem, await asyncio.to_thread(fetch_certificate, self.endpoint, deadline))
            raise problem from error
        if not self._keep(connection):
            await connection.close()
        return reply

    def _refuse_another_loop(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise ConfigurationError("the async client needs an event loop of asyncio; under trio, use SPEClient in a thread") from None
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise ConfigurationError("this async client belongs to another event loop; make one client for each loop")

    def _start_reaper(self) -> asyncio.TimerHandle:
        loop = asyncio.get_running_loop()
        return loop.call_later(IDLE_SECONDS, lambda: loop.create_task(self._close_idle()))

    async def _close_idle(self) -> None:
        await self._close_expired(IDLE_SECONDS)
        self._reaper = self._start_reaper() if self._idle else None

    async def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            await connection.close()
