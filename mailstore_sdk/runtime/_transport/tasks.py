"""How tasks of an event loop connect and wait: sockets, slots of which a number is free, and timers."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar, cast

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._transport.connections import KEEPALIVE, AnyConnection, Step
from mailstore_sdk.runtime._transport.httpx_library import httpcore

T = TypeVar("T")


async def async_connect(connection: AnyConnection, host: str, port: int) -> Any:
    """Connect to the first address that accepts; anyio tries the next one soon."""
    connection.step = Step.LOOKUP
    found = {entry[4][0] for entry in await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    connection.step = Step.CONNECT
    host = str(found.pop()) if len(found) == 1 else host  # anyio looks it up again
    # Without anyio the backend is a stub, so its type is open.
    return await cast("Any", httpcore.AnyIOBackend()).connect_tcp(host, port, None, None, KEEPALIVE)


def async_until(_connection: AnyConnection, deadline: float) -> asyncio.Timeout:
    """Limit the time in which the task waits."""
    return asyncio.timeout(deadline - time.monotonic())


def async_abandon(_close_expired: object) -> None:
    """Do nothing: to close connections that a forked process has inherited would unregister them from the parent's event loop."""


class AsyncSlots:
    """How many tasks of one event loop may act at the same time."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self, act: Callable[[], Awaitable[T]], timeout: float, busy: Callable[[], Exception]) -> T:
        """Call a function with a slot, and give it back; raise what `busy` returns if no slot was free within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._free.acquire()
        except TimeoutError:
            raise busy() from None
        try:
            return await act()
        finally:
            self._free.release()

    def refuse_another_loop(self) -> None:
        """Check that this is the event loop that first used the slots.

        Raises:
            ConfigurationError: It is another one, or none of asyncio.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise ConfigurationError("the async client needs an event loop of asyncio; under trio, use SPEClient in a thread") from None
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise ConfigurationError("this async client belongs to another event loop; make one client for each loop")


def async_timer(seconds: float, act: Callable[[], Coroutine[Any, Any, object]]) -> asyncio.TimerHandle:
    """Call a function later, in a task of its own."""
    loop = asyncio.get_running_loop()
    return loop.call_later(seconds, lambda: loop.create_task(act()))
