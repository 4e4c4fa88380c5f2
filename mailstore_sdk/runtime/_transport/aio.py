"""The async driver: carries out operations on one event loop of asyncio."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TypeVar, cast

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.forks import forget_after_fork
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, AsyncConnection, Pool
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.httpx_library import httpx
from mailstore_sdk.runtime._transport.sync import fetch_certificate

T = TypeVar("T")


class AsyncTransport(Pool[AsyncConnection, httpx.AsyncClient]):
    """Carries out operations on one event loop. Its tasks may share it."""

    def __init__(self, endpoint: Endpoint, http_client: httpx.AsyncClient | None = None) -> None:
        super().__init__(endpoint, http_client)
        self._after_fork()
        forget_after_fork(self)

    def _after_fork(self) -> None:
        """Leave the parent's event loop and connections to it: closing them here would unregister them from that loop."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turns, self._slots = asyncio.Semaphore(1), asyncio.Semaphore(self.endpoint.max_connections)
        self._reaper: asyncio.TimerHandle | None = None
        self._idle = []

    async def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        self._refuse_another_loop()
        step = partial(next, operation)
        while True:
            try:
                action = step()
            except StopIteration as end:
                return cast("T", end.value)
            try:
                step = partial(operation.send, await self._carry_out(action))
            except BaseException as error:  # noqa: BLE001 - the operation decides about it
                step = partial(operation.throw, error)

    async def close(self) -> None:
        """Close all connections, those in use when their reply is there; more than once is harmless."""
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
        slots = self._slots if isinstance(action, Send) else self._turns
        deadline = time.monotonic() + action.timeout
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
        connection = self._take() or AsyncConnection(self)
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
        await self._keep(connection)
        return reply

    def _refuse_another_loop(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise ConfigurationError(
                "the async client needs an event loop of asyncio, which trio is not; use SPEClient in a thread"
            ) from None
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise ConfigurationError("this async client belongs to another event loop; make one client for each loop")

    async def _keep(self, connection: AsyncConnection) -> None:
        if self._closed or not connection.is_reusable:
            await connection.close()
            return
        self._put_back(connection)
        if self._reaper is None:
            self._close_later()

    def _close_later(self) -> None:
        """Idle connections end also where no call follows that would notice."""
        loop = asyncio.get_running_loop()
        self._reaper = loop.call_later(IDLE_SECONDS, lambda: loop.create_task(self._close_idle()))

    async def _close_idle(self) -> None:
        await self._close_expired(IDLE_SECONDS)
        self._reaper = None
        if self._idle:
            self._close_later()

    async def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            await connection.close()
