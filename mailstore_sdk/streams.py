"""Sockets on which nothing outlasts the request: no reply that drips, no handshake that hangs."""

from __future__ import annotations

import ssl
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from mailstore_sdk.http import httpcore

_until: ContextVar[float] = ContextVar("until")


@contextmanager
def over_by(until: float) -> Generator[None]:
    """Let nothing outlast a moment in what follows, in this thread or task.

    The library's timeouts start anew with every piece that arrives, so a server that drips would never be late.
    """
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def left(late: type[Exception]) -> float:
    """Seconds left for the request; raises `late` where there are none."""
    seconds = _until.get() - time.monotonic()
    if seconds <= 0:
        raise late("the time for the request is over")
    return seconds


class TimedStream(httpcore.NetworkStream):
    """A stream on which nothing outlasts the request's deadline, and a request is sent in one piece.

    The library writes head and body on their own, which costs a system call and a packet more; here they wait until the
    reply is read. A server that hangs up before it has all may have answered; the library sees it so too.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._unsent = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        unsent, self._unsent = self._unsent, b""
        if unsent:
            with suppress(httpcore.WriteError):
                self._stream.write(unsent, left(httpcore.WriteTimeout))
        return self._stream.read(max_bytes, left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._unsent += buffer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = left(httpcore.ConnectTimeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class TimedBackend(httpcore.SyncBackend):
    """Opens streams on which nothing outlasts the request's deadline."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = left(httpcore.ConnectTimeout)
        return TimedStream(super().connect_tcp(host, port, seconds, local_address, socket_options))
