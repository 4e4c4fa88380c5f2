"""Requests as the API expects them, and replies read to their end."""

from __future__ import annotations

import time
from collections.abc import AsyncIterable, Callable, Iterable
from contextlib import aclosing, closing
from functools import lru_cache
from typing import Any, cast

from mailstore_sdk.runtime._protocol.actions import Reply, Send
from mailstore_sdk.runtime._transport.endpoint import Endpoint
from mailstore_sdk.runtime._transport.httpx_library import httpx

BOUNDED = ("identity", "gzip", "deflate")
"""Encodings in which a piece from the network grows to a bounded size, so that the limit holds."""


class TooLargeError(Exception):
    """A reply has more bytes than the client accepts."""


class EncodingError(Exception):
    """A reply is compressed in a way that was not asked for and that has no bound."""


@lru_cache(1024)
def _url(url: str) -> httpx.URL:
    return httpx.URL(url)


def request_for(endpoint: Endpoint, send: Send, trace: Callable[[str, dict[str, Any]], object]) -> httpx.Request:
    """A request as the API expects it, whose progress httpx reports to `trace`."""
    return httpx.Request(
        "POST",
        _url(endpoint.url + send.path),
        headers=endpoint.headers(len(send.body), send.headers),
        content=send.body,
        extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), send.timeout), "trace": trace},
    )


def read_reply(response: httpx.Response, endpoint: Endpoint, deadline: float) -> Reply:
    """Read the whole body, decompressed.

    Raises:
        TooLargeError: It has more bytes than the client accepts.
        EncodingError: It is compressed in another way than gzip or deflate.
        TimeoutError: It was not whole in time.
    """
    with closing(response):
        pieces = _Pieces(response, endpoint)
        for piece in response.iter_bytes() if pieces.compressed else cast("Iterable[bytes]", response.stream):
            pieces.add(piece)
            if time.monotonic() > deadline:
                raise TimeoutError
        return pieces.reply()


async def read_reply_async(response: httpx.Response, endpoint: Endpoint) -> Reply:
    """Read the whole body, decompressed; see `read_reply`."""
    async with aclosing(response):
        pieces = _Pieces(response, endpoint)
        async for piece in response.aiter_bytes() if pieces.compressed else cast("AsyncIterable[bytes]", response.stream):
            pieces.add(piece)
        return pieces.reply()


class _Pieces:
    """The pieces of a reply, up to a limit."""

    def __init__(self, response: httpx.Response, endpoint: Endpoint) -> None:
        self._response = response
        self._left = endpoint.max_response_size
        self._pieces: list[bytes] = []
        encoding = response.headers.get("content-encoding", "identity")
        if encoding not in BOUNDED:
            raise EncodingError(encoding)
        self.compressed = encoding != "identity"

    def add(self, piece: bytes) -> None:
        """Take in one more."""
        self._left -= len(piece)
        if self._left < 0:
            raise TooLargeError
        self._pieces.append(piece)

    def reply(self) -> Reply:
        """All of them."""
        return Reply(self._response.status_code, b"".join(self._pieces), self._response.headers)
