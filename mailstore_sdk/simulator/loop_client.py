"""An async client that closes with its event loop, for tests that cannot close it themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar, cast

from mailstore_sdk import AsyncSPEClient
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._transport.aio import AsyncTransport

T = TypeVar("T")


class _LoopTransport(AsyncTransport):
    """A transport that is closed with its event loop.

    `asyncio.run` and pytest plugins end the loop's asynchronous generators before they close the loop. So
    the client is closed at the end of a generator that the first operation begins. It does not log out: a loop that ends
    sends no more requests.
    """

    _ending: AsyncGenerator[None] | None = None
    _loop: asyncio.AbstractEventLoop

    async def run(self, operation: Operation[T]) -> T:
        if self._ending is None:
            self._ending, self._loop = self._until_the_end(), asyncio.get_running_loop()
            await anext(self._ending)
        return await super().run(operation)

    async def _until_the_end(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await self.aclose()

    def finish(self) -> None:
        if self._ending and not self._loop.is_closed():
            self._loop.run_until_complete(self._ending.aclose())


class LoopClient(AsyncSPEClient):
    """A client that is closed when the event loop of its first call ends."""

    _transport_type = _LoopTransport

    def finish(self) -> None:
        """Close it now if its loop continues."""
        cast("_LoopTransport", self._transport).finish()
