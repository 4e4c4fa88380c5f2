"""Connections on an event loop, on which nothing outlasts its deadline.

They stand on asyncio's sockets alone: asyncio's own TLS keeps a quarter of a megabyte for each connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from mailstore_sdk.runtime._transport.http import Http, Talk
from mailstore_sdk.runtime._transport.streams import OPTIONS, is_readable, left

T = TypeVar("T")

NEXT_ADDRESS = 0.25
"""Seconds after which the next address of a host is tried beside the first."""


class AsyncStream(asyncio.Protocol):
    """A connected socket. What comes goes straight to the talk under way; the task that waits for it wakes at its end.

    Attributes:
        http: What is spoken over it.
        idle_since: When it was last put aside.
    """

    http: Http
    idle_since = 0.0

    def __init__(self) -> None:
        self._received = b""
        self._ended = False
        self._error: Exception | None = None
        self._talk: Talk[object] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self._handle: int = transport.get_extra_info("socket").fileno()
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came until it is asked for, as it may be already."""
        self._received += data
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing else will come."""
        self._ended, self._error = True, exc
        self._go_on()

    async def carry_out(self, talk: Talk[T], until: float) -> T:
        """Send what is to be sent and hand over what comes, until all is said."""
        loop = asyncio.get_running_loop()
        # A timer of our own costs a third of asyncio.timeout, and each call waits here.
        timer = loop.call_later(left(until), self._give_up)
        self._talk, self._outcome = talk, loop.create_future()
        try:
            self._step(talk.__next__)
            self._go_on()
            return cast("T", await self._outcome)
        finally:
            timer.cancel()
            self._talk = None
            del self._outcome  # An idle connection would keep the reply.

    @property
    def is_quiet(self) -> bool:
        """Whether all is sent, and nothing came that nobody asked for, such as the end; a loop that was busy has not told yet."""
        return not (self._received or self._transport.is_closing() or self._transport.get_write_buffer_size() or is_readable(self._handle))

    def close(self) -> None:
        """Break the connection off."""
        self._transport.abort()

    def _go_on(self) -> None:
        while (talk := self._talk) and not self._outcome.done() and (self._received or self._ended):
            came, self._received = self._received, b""
            if self._error and not came:
                self._outcome.set_exception(self._error)
            else:
                self._step(partial(talk.send, came))

    def _step(self, go_on: Callable[[], bytes]) -> None:
        try:
            unsent = go_on()
        except StopIteration as end:
            self._outcome.set_result(end.value)
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to who waits
            self._outcome.set_exception(error)
        else:
            self._transport.write(unsent)

    def _give_up(self) -> None:
        if not self._outcome.done():
            self._outcome.set_exception(TimeoutError())


async def dial(address: tuple[str, int], opening: Talk[T], until: float) -> tuple[AsyncStream, T]:
    """Connect, and carry out what is said first."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(left(until)):
        if isinstance(loop, asyncio.BaseEventLoop):
            transport, stream = await loop.create_connection(AsyncStream, *address, happy_eyeballs_delay=NEXT_ADDRESS)
        else:  # uvloop's knows no such delay and tries one address after the other.
            transport, stream = await loop.create_connection(AsyncStream, *address)
    try:
        for option in OPTIONS:
            transport.get_extra_info("socket").setsockopt(*option)
        return stream, await stream.carry_out(opening, until)
    except BaseException:
        stream.close()
        raise
