"""The whole reply behind a typed result: ``spe.raw.get_users(...)`` takes what ``spe.get_users(...)`` takes.

The generated classes ``RawServer`` and ``RawInstance`` have a method for each generated one, with its arguments and its help.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from pydantic import JsonValue

from mailstore_sdk.runtime._protocol.actions import Exchange
from mailstore_sdk.runtime._protocol.replies import BOM, unchanged

__all__ = ["RawReply"]

T = TypeVar("T")


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


class Raw:
    """Base of the generated lists, whose methods are called through a copy of a client that records its exchanges."""

    def __init__(self, recorded: Callable[[Callable[[Exchange], object]], object]) -> None:
        self._recorded = recorded


def raw_reply(result: T, exchanges: list[Exchange], began: float) -> RawReply[T]:
    """Return a result with the exchanges that led to it."""
    reply = exchanges[-1].reply
    envelope = cast("dict[str, JsonValue]", json.loads(reply.body.removeprefix(BOM), object_hook=unchanged))
    return RawReply(
        result,
        # The result is available typed, and the token of a session is a secret.
        {key: value for key, value in envelope.items() if key not in ("result", "antiXsrfToken")},
        reply.status,
        {name.lower(): value for name, value in reply.headers.items() if name.lower() != "set-cookie"},
        time.monotonic() - began,
        tuple(exchange.seconds for exchange in exchanges),
    )
