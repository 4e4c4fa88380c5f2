"""The whole reply behind a typed result: ``spe.raw.get_users(...)`` takes what ``spe.get_users(...)`` takes.

A `RawMethod` wraps one generated method and has its arguments; the generated classes ``RawServer`` and
``RawInstance`` are lists of them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from pydantic import JsonValue

from mailstore_sdk.runtime._protocol.actions import Exchange
from mailstore_sdk.runtime._protocol.replies import BOM

P = ParamSpec("P")
T = TypeVar("T")

KEPT_OUT = ("result", "antiXsrfToken")
"""Omitted parts of an envelope: the result, which is available typed, and the session's secret."""


@dataclass(frozen=True)
class RawReply(Generic[T]):
    """The whole reply to a call.

    Attributes:
        result: What the method itself returns: its typed result, or the `Job` that it started.
        envelope: The last reply as sent by the server, without its ``result`` and without secrets.
        http_status: HTTP status of the last reply.
        headers: HTTP headers of the last reply, names in lower case, without cookies.
        seconds: How long the whole call took, including retries and the delays between them.
        timings: Seconds for each request that got a reply, from sending to the last byte.
    """

    result: T
    envelope: Mapping[str, JsonValue] = field(repr=False)
    http_status: int
    headers: Mapping[str, str] = field(repr=False)
    seconds: float
    timings: tuple[float, ...]


class _Recording:
    """Calls through a copy of a client that records its exchanges."""

    def __init__(self, recorded: Callable[[Callable[[Exchange], object]], object]) -> None:
        self._recorded = recorded


class Raw(_Recording):
    """Base of the generated lists for the sync client."""

    def _whole(self, method: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> RawReply[T]:
        exchanges: list[Exchange] = []
        began = time.monotonic()
        try:
            result = method(self._recorded(exchanges.append), *args, **kwargs)
        finally:
            del args, kwargs  # Tracebacks that show variables must not show secrets.
        return _raw_reply(result, exchanges, began)


class AsyncRaw(_Recording):
    """Base of the generated lists for the async client."""

    async def _whole(self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> RawReply[T]:
        exchanges: list[Exchange] = []
        began = time.monotonic()
        try:
            result = await method(self._recorded(exchanges.append), *args, **kwargs)
        finally:
            del args, kwargs  # Tracebacks that show variables must not show secrets.
        return _raw_reply(result, exchanges, began)


class RawMethod(Generic[P, T]):
    """A method of the sync client that returns whole replies."""

    def __init__(self, method: Callable[Concatenate[Any, P], T]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(self, raw: Raw, _owner: type[Raw]) -> Callable[P, RawReply[T]]:
        return partial(raw._whole, self._method)


class AsyncRawMethod(Generic[P, T]):
    """A method of the async client that returns whole replies."""

    def __init__(self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(self, raw: AsyncRaw, _owner: type[AsyncRaw]) -> Callable[P, Coroutine[Any, Any, RawReply[T]]]:
        return partial(raw._whole, self._method)


def _raw_reply(result: T, exchanges: list[Exchange], began: float) -> RawReply[T]:
    reply = exchanges[-1].reply
    envelope = cast("dict[str, JsonValue]", json.loads(reply.body.removeprefix(BOM)))
    return RawReply(
        result,
        {key: value for key, value in envelope.items() if key not in KEPT_OUT},
        reply.status,
        {name.lower(): value for name, value in reply.headers.items() if name.lower() != "set-cookie"},
        time.monotonic() - began,
        tuple(exchange.seconds for exchange in exchanges),
    )
