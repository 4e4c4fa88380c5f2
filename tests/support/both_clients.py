"""One test for both clients: the async client behind the sync client's interface, on an event loop of its own."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self

from mailstore_sdk import AsyncInstance, AsyncJob, AsyncSPEClient, SPEClient
from mailstore_sdk.aio.jobs import AsyncJobs
from mailstore_sdk.raw import Raw

OURS = (AsyncSPEClient, AsyncInstance, AsyncJob, AsyncJobs, Raw)


class Blocking:
    """An async object whose coroutines are waited for; what they give is wrapped again."""

    def __init__(self, target: object, loop: asyncio.AbstractEventLoop) -> None:
        self._target = target
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        return self._wrapped(getattr(self._target, name))

    def __iter__(self) -> Iterator[Any]:
        return self._iterated(self._target.__aiter__())  # type: ignore[attr-defined] # an AsyncJob

    def _iterated(self, items: Any) -> Iterator[Any]:
        try:
            while True:
                try:
                    yield self._wait(items.__anext__())
                except StopAsyncIteration:
                    return
        finally:
            self._wait(items.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self._target)

    def _wait(self, awaitable: Any) -> Any:
        async def waited() -> Any:
            return await awaitable

        return asyncio.run_coroutine_threadsafe(waited(), self._loop).result()

    def _wrapped(self, value: Any) -> Any:
        if inspect.isawaitable(value):
            return self._wrapped(self._wait(value))
        if inspect.isasyncgen(value):
            return self._iterated(value)
        if isinstance(value, OURS):
            return Blocking(value, self._loop)
        if inspect.ismethod(value) or isinstance(value, partial):
            return lambda *args, **kwargs: self._wrapped(value(*map(_bare, args), **kwargs))
        return value


def _bare(argument: Any) -> Any:
    """An argument of the async interface, from one of ours."""
    if isinstance(argument, list):
        return [_bare(item) for item in argument]
    return argument._target if isinstance(argument, Blocking) else argument


class EventLoop:
    """An event loop in a thread."""

    def __enter__(self) -> asyncio.AbstractEventLoop:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        return self.loop

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end_tasks(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _end_tasks(self) -> None:
        """Cancel what a test has left running, so that it closes its connections."""
        for task in (left := asyncio.all_tasks() - {asyncio.current_task()}):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self.loop.shutdown_asyncgens()


Connect = Callable[..., Any]
"""Makes a client of the kind under test; sync to use, whichever it is."""


def connector(kind: str, loop: asyncio.AbstractEventLoop) -> Connect:
    """The way to make clients of one kind."""
    if kind == "sync":
        return SPEClient

    def connect(*args: Any, **kwargs: Any) -> Blocking:
        return Blocking(AsyncSPEClient(*args, **kwargs), loop)

    return connect


def profile_connector(kind: str, loop: asyncio.AbstractEventLoop) -> Connect:
    """The way to make clients of one kind from a profile."""
    if kind == "sync":
        return SPEClient.from_profile

    def connect(*args: Any, **kwargs: Any) -> Blocking:
        return Blocking(AsyncSPEClient.from_profile(*args, **kwargs), loop)

    return connect
