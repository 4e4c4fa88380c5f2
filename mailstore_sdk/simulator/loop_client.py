"""An async client that ends with its event loop, for tests that nobody can ask to close it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk import AsyncSPEClient
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._transport.aio import AsyncTransport

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.endpoint import Endpoint
    from mailstore_sdk.runtime._transport.httpx_library import httpx

T = TypeVar("T")


class LoopClient(AsyncSPEClient):
    """A client that is closed when the event loop of its first call ends."""

    _transport: _LoopTransport

    def _connect(self, server: Endpoint, http_client: httpx.AsyncClient | None) -> None:
        self._transport = _LoopTransport(server, http_client)

    def finish(self) -> None:
        """Close it now, where its loop goes on."""
        self._transport.finish()


class _LoopTransport(AsyncTransport):
    """Ends with its loop.

    Whoever runs a loop, `asyncio.run` or a plugin of pytest, ends its asynchronous generators before it closes it. So
    the closing stands at the end of a generator that the first operation begins. It does not log out: a loop that ends
    sends no more requests.
    """

    _ending: AsyncGenerator[None] | None = None

    async def run(self, operation: Operation[T]) -> T:
        if self._ending is None:
            self._ending = self._until_the_end()
            await anext(self._ending)
        return await super().run(operation)

    async def _until_the_end(self) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            await self.close()

    def finish(self) -> None:
        if self._ending and self._loop and not self._loop.is_closed():
            self._loop.run_until_complete(self._ending.aclose())
