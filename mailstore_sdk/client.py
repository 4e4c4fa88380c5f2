"""The sync client and its instance, without functions; generated packages add those.

Generated from aio/client.py; change that module and run ``make generate``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import closing
from datetime import timedelta
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar, overload

from pydantic import JsonValue

from mailstore_sdk._base import BaseClient, C, InstanceBase
from mailstore_sdk._history import Windows, start_of
from mailstore_sdk.jobs import Job, Jobs
from mailstore_sdk.runtime._protocol.form import ad_hoc_function
from mailstore_sdk.runtime._transport.sync import Transport
from mailstore_sdk.runtime.function import Function

if TYPE_CHECKING:
    from mailstore_sdk.bulk import Item, Outcome
    from mailstore_sdk.raw import Raw, RawReply
    from mailstore_sdk.runtime._protocol.actions import Exchange
    from mailstore_sdk.runtime._transport.httpx_library import httpx

    HTTPClient: TypeAlias = httpx.Client
    """The HTTP client that a user may bring along."""

P = ParamSpec("P")
T = TypeVar("T")


class SyncClientBase(BaseClient):
    """A sync client without functions."""

    _transport: Transport
    _transport_type = Transport

    @property
    def jobs(self) -> Jobs:
        """Many jobs at once."""
        return Jobs(self._operations.options)

    def _get_metadata(self, function: Function[T]) -> T:
        return self._transport.run(self._operations.get_metadata(function))

    def server_version(self) -> str:
        """Return the server's version, such as ``25.3.0.22000``; requested once, with ``GetEnvironmentInfo``.

        Once the version is known, a call that the catalogue lists only for later versions makes the client request
        the server's own list of functions. A function that is not on it raises `NotSupportedError` and is not sent; an
        argument that the SDK adds by default is omitted if the server does not support it.

        Raises:
            ReplyFormatError: The server does not report its version.
        """
        if self._operations.server.version is None:
            self.call("GetEnvironmentInfo")
        return self._operations.server.require_version()

    # The second signature takes `result` too, as an argument of the function; checkers try the first one first.
    @overload
    def call(self, function: str, /, *, result: type[T], **arguments: object) -> T: ...  # type: ignore[overload-overlap]

    @overload
    def call(self, function: str, /, **arguments: object) -> JsonValue: ...

    def call(self, function: str, /, *, result: object = None, **arguments: object) -> object:
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
        return self._call(ad_hoc_function(function, self._functions, arguments, result), arguments)

    # The second signature takes `result` too, as an argument of the function; checkers try the first one first.
    @overload
    def start(self, function: str, /, *, result: type[T], **arguments: object) -> Job[T]: ...  # type: ignore[overload-overlap]

    @overload
    def start(self, function: str, /, **arguments: object) -> Job[JsonValue]: ...

    def start(self, function: str, /, *, result: object = None, **arguments: object) -> Job[Any]:
        """Like `call`, but return a job immediately; it is already done if the function is not long-running."""
        return self._start(ad_hoc_function(function, self._functions, arguments, result), arguments)

    @overload
    def resume(self, token: str, *, result: type[T]) -> Job[T]: ...

    @overload
    def resume(self, token: str, *, result: None = None) -> Job[object]: ...

    def resume(self, token: str, *, result: object = None) -> Job[Any]:
        """Continue with a job that was started elsewhere; this sends no request.

        Args:
            token: From ``job.token`` or a `JobError`.
            result: Type of the result. Default: that of the function, or plain JSON if the SDK does not know the function.

        Raises:
            ArgumentError: `token` is not the token of a job.
        """
        return Job(*self._operations.resumed(token, self._functions, result), self._transport)

    def map(
        self, function: Callable[[Item], T], items: Iterable[Item], *, concurrency: int = 10, in_order: bool = False
    ) -> Iterator[Outcome[Item, T]]:
        """Call a function for each item, several at once, and yield an outcome for each as the calls complete.

        An item whose call fails does not stop the others.

        Args:
            function: Called with one item, such as ``archive.get_user_info``.
            items: The items, read as they are needed.
            concurrency: How many calls may be in progress at once.
            in_order: Yield in the order of the items; early outcomes wait for their turn.
        """
        from mailstore_sdk.bulk import Schedule, in_threads

        return in_threads(Schedule(function, iter(items), concurrency, concurrency, in_order))

    def close(self) -> None:
        """Log out and close all connections. You can call it more than once. Jobs continue on the server."""
        if self._owns_transport and not self._transport.closed:
            with closing(self._transport):
                self._transport.run(self._operations.log_out())

    def __enter__(self: C) -> C:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(self, function: Function[T], arguments: MutableMapping[str, object]) -> T:
        """Call a function with arguments by wire names; None is omitted. Secrets are removed from the mapping."""
        return self._transport.run(self._operations.call(function, arguments))

    def _start(self, function: Function[T], arguments: MutableMapping[str, object]) -> Job[T]:
        return self._transport.run(self._operations.start(function, arguments, partial(Job[T], runner=self._transport)))

    def _walk(self, function: Function[list[T]], arguments: Mapping[str, object], window: timedelta | None) -> Iterator[T]:
        return walk(self._call, Windows(function, arguments, window))


class SyncInstanceBase(InstanceBase["SyncClientBase"]):
    """One instance of an installation, without functions."""


def raw_method(
    method: Callable[Concatenate[Any, P], T],
) -> Callable[Concatenate[Raw, P], RawReply[T]]:
    """Make a method that returns whole replies from a method of the sync client."""

    @wraps(method)
    def whole(raw: Raw, /, *args: P.args, **kwargs: P.kwargs) -> RawReply[T]:
        from mailstore_sdk.raw import raw_reply

        exchanges: list[Exchange] = []
        began = time.monotonic()
        try:
            result = method(raw._recorded(exchanges.append), *args, **kwargs)
        finally:
            del args, kwargs  # Tracebacks that show variables must not show secrets.
        build = partial(raw_reply, result, exchanges, began)
        return build()

    return whole


def walk(call: Callable[[Function[list[T]], MutableMapping[str, object]], list[T]], windows: Windows[T]) -> Iterator[T]:
    """Yield the rows of all windows by start time, one window in memory at a time; raise for rejected windows at the end."""
    for window in windows:
        with windows.reading(window) as arguments:
            for row in sorted(call(windows.function, arguments), key=start_of):
                yield row
