"""The async client and its instance, without functions; generated packages add those."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, MutableMapping
from contextlib import aclosing
from datetime import timedelta
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar, overload

from pydantic import JsonValue

from mailstore_sdk._base import BaseClient, C, InstanceBase
from mailstore_sdk._history import Windows, start_of
from mailstore_sdk.aio.jobs import AsyncJob, AsyncJobs
from mailstore_sdk.runtime._protocol.form import ad_hoc_function
from mailstore_sdk.runtime._protocol.requests import LARGE
from mailstore_sdk.runtime._transport.aio import AsyncTransport
from mailstore_sdk.runtime.function import Function

if TYPE_CHECKING:
    from mailstore_sdk.bulk import Item, Outcome
    from mailstore_sdk.raw import Raw, RawReply
    from mailstore_sdk.runtime._protocol.actions import Exchange
    from mailstore_sdk.runtime._transport.httpx_library import httpx

    HTTPClient: TypeAlias = httpx.AsyncClient
    """The HTTP client that a user may bring along."""

P = ParamSpec("P")
T = TypeVar("T")


class AsyncClientBase(BaseClient):
    """An async client without functions."""

    _transport: AsyncTransport
    _transport_type = AsyncTransport

    @property
    def jobs(self) -> AsyncJobs:
        """Many jobs at once."""
        return AsyncJobs(self._operations.options)

    async def _get_metadata(self, function: Function[T]) -> T:
        return await self._transport.run(self._operations.get_metadata(function))

    async def server_version(self) -> str:
        """Return the server's version, such as ``25.3.0.22000``; requested once, with ``GetEnvironmentInfo``.

        Once the version is known, a call that the catalogue lists only for later versions makes the client request
        the server's own list of functions. A function that is not on it raises `NotSupportedError` and is not sent; an
        argument that the SDK adds by default is omitted if the server does not support it.

        Raises:
            ReplyFormatError: The server does not report its version.
        """
        if self._operations.server.version is None:
            await self.call("GetEnvironmentInfo")
        return self._operations.server.require_version()

    # The second signature takes `result` too, as an argument of the function; checkers try the first one first.
    @overload
    async def call(self, function: str, /, *, result: type[T], **arguments: object) -> T: ...  # type: ignore[overload-overlap]

    @overload
    async def call(self, function: str, /, **arguments: object) -> JsonValue: ...

    async def call(self, function: str, /, *, result: object = None, **arguments: object) -> object:
        """Call any function by its wire name, even one that is newer than the SDK.

        Args:
            function: Wire name, such as ``GetUsers``.
            result: Type of the result, such as ``list[User]``; plain JSON if None.
            arguments: By their wire names; None is not sent. Unknown arguments are encoded by their Python type.

        Returns:
            The result; for a long-running function, after waiting for its end.

        Raises:
            FunctionFailedError: The server reported a failure.
        """
        return await self._call(ad_hoc_function(function, self._functions, arguments, result), arguments)

    # The second signature takes `result` too, as an argument of the function; checkers try the first one first.
    @overload
    async def start(self, function: str, /, *, result: type[T], **arguments: object) -> AsyncJob[T]: ...  # type: ignore[overload-overlap]

    @overload
    async def start(self, function: str, /, **arguments: object) -> AsyncJob[JsonValue]: ...

    async def start(self, function: str, /, *, result: object = None, **arguments: object) -> AsyncJob[Any]:
        """Like `call`, but return a job immediately; it is already done if the function is not long-running."""
        return await self._start(ad_hoc_function(function, self._functions, arguments, result), arguments)

    @overload
    def resume(self, token: str, *, result: type[T]) -> AsyncJob[T]: ...

    @overload
    def resume(self, token: str, *, result: None = None) -> AsyncJob[object]: ...

    def resume(self, token: str, *, result: object = None) -> AsyncJob[Any]:
        """Continue with a job that was started elsewhere; this sends no request.

        Args:
            token: From ``job.token`` or a `JobError`.
            result: Type of the result. Default: that of the function, or plain JSON if the SDK does not know the function.

        Raises:
            ArgumentError: `token` is not the token of a job.
        """
        return AsyncJob(*self._operations.resumed(token, self._functions, result), self._transport)

    def map(
        self, function: Callable[[Item], Awaitable[T]], items: Iterable[Item], *, concurrency: int = 10, in_order: bool = False
    ) -> AsyncIterator[Outcome[Item, T]]:
        """Call a function for each item, several at once, and yield an outcome for each as the calls complete.

        An item whose call fails does not stop the others.

        Args:
            function: Called with one item, such as ``archive.get_user_info``.
            items: The items, read as they are needed.
            concurrency: How many calls may be in progress at once.
            in_order: Yield in the order of the items; early outcomes wait for their turn.
        """
        from mailstore_sdk.bulk import Schedule, in_tasks

        return in_tasks(Schedule(function, iter(items), concurrency, concurrency, in_order))

    async def close(self) -> None:
        """Log out and close all connections. You can call it more than once. Jobs continue on the server."""
        if self._owns_transport and not self._transport.closed:
            async with aclosing(self._transport):
                await self._transport.run(self._operations.log_out())

    async def __aenter__(self: C) -> C:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _call(self, function: Function[T], arguments: MutableMapping[str, object]) -> T:
        """Call a function with arguments by wire names; None is omitted. Secrets are removed from the mapping."""
        return await self._transport.run(self._operations.call(function, arguments))

    async def _start(self, function: Function[T], arguments: MutableMapping[str, object]) -> AsyncJob[T]:
        return await self._transport.run(self._operations.start(function, arguments, partial(AsyncJob[T], runner=self._transport)))

    def _walk(self, function: Function[list[T]], arguments: Mapping[str, object], window: timedelta | None) -> AsyncIterator[T]:
        return walk(self._call, Windows(function, arguments, window))


class AsyncInstanceBase(InstanceBase["AsyncClientBase"]):
    """One instance of an installation, without functions."""


def async_raw_method(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Raw, P], Coroutine[Any, Any, RawReply[T]]]:
    """Make a method that returns whole replies from a method of the async client."""

    @wraps(method)
    async def whole(raw: Raw, /, *args: P.args, **kwargs: P.kwargs) -> RawReply[T]:
        from mailstore_sdk.raw import raw_reply

        exchanges: list[Exchange] = []
        began = time.monotonic()
        try:
            result = await method(raw._recorded(exchanges.append), *args, **kwargs)
        finally:
            del args, kwargs  # Tracebacks that show variables must not show secrets.
        build = partial(raw_reply, result, exchanges, began)
        return await asyncio.to_thread(build) if len(exchanges[-1].reply.body) > LARGE else build()

    return whole


async def walk(
    call: Callable[[Function[list[T]], MutableMapping[str, object]], Awaitable[list[T]]], windows: Windows[T]
) -> AsyncIterator[T]:
    """Yield the rows of all windows by start time, one window in memory at a time; raise for rejected windows at the end."""
    for window in windows:
        with windows.reading(window) as arguments:
            for row in sorted(await call(windows.function, arguments), key=start_of):
                yield row
