"""The sockets of a connection, between httpcore and its own streams."""

from __future__ import annotations

from contextlib import suppress
from ssl import SSLContext
from typing import Any

from mailstore_sdk.runtime._transport.httpx_library import httpcore
from mailstore_sdk.runtime._transport.tls import has_unread_record

PIECE = 65_536
"""Bytes that are sent between two looks at the clock."""


class BufferedStream:
    """A connected socket, which holds something back.

    Of what comes the last byte of each piece, until it is asked for: a reply that is whole without it was followed by
    more than was asked for. Of what goes all, until a reply is asked for: head and body go in one piece.
    """

    def __init__(self, stream: Any, connection: Any) -> None:
        self._stream, self._connection = stream, connection
        self._tls = stream.get_extra_info("ssl_object")
        self._held = self._unsent = b""
        connection.stream = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing came that was not asked for."""
        return not self._held and not has_unread_record(self._tls)

    def _hold(self, data: bytes) -> bytes:
        self._held = data[-1:] if self._tls and len(data) > 1 else b""  # what speaks SOCKS reads a whole message at once
        return data[: len(data) - len(self._held)]

    def _take_unsent(self) -> bytes:
        data, self._unsent = self._unsent, b""
        return data

    def _take_held(self) -> bytes:
        data, self._held = self._held, b""
        return data


class Stream(BufferedStream):
    """A socket of the sync client."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline applies
        """Receive what comes next."""
        data = self._take_unsent()
        with suppress(httpcore.WriteError):  # A server that hangs up before it has all may have answered.
            for start in range(0, len(data), PIECE):
                self._stream.write(data[start : start + PIECE], self._connection.left())
        return self._take_held() or self._hold(self._stream.read(max_bytes, self._connection.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - it is sent later
        """Send it together with what follows."""
        self._unsent += buffer

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> Stream:  # noqa: ARG002
        """Continue over TLS."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, self._connection.left()), self._connection)


class AsyncStream(BufferedStream):
    """A socket of the async client; the task that waits keeps the deadline."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the task's own applies
        """Receive what comes next."""
        if data := self._take_unsent():
            with suppress(httpcore.WriteError):  # A server that hangs up before it has all may have answered.
                await self._stream.write(data)
        return self._take_held() or self._hold(await self._stream.read(max_bytes))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - it is sent later
        """Send it together with what follows."""
        self._unsent += buffer

    async def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> AsyncStream:
        """Continue over TLS."""
        return AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._connection)
