"""Sockets on which nothing outlasts its deadline: no reply that drips, no handshake that hangs."""

from __future__ import annotations

import select
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TypeVar

from mailstore_sdk.runtime._transport.http import PIECE, Http, Talk

T = TypeVar("T")

OPTIONS = [
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    # Routers forget connections that are silent, as one is while the server works on a call.
    *(
        (socket.IPPROTO_TCP, getattr(socket, name), seconds)
        for name, seconds in (("TCP_KEEPIDLE", 45), ("TCP_KEEPINTVL", 15))
        if hasattr(socket, name)
    ),
]


def left(until: float) -> float:
    """Seconds until a moment; raises TimeoutError where there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time for the request is over")
    return seconds


def is_readable(handle: int) -> bool:
    """Whether something came on a socket, or its end."""
    if sys.platform == "win32":  # has no `poll`; elsewhere `select` knows no handle above 1023
        return bool(select.select([handle], [], [], 0)[0])
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(0))


class Stream:
    """A connected socket.

    Attributes:
        http: What is spoken over it.
        idle_since: When it was last put aside.
    """

    http: Http
    idle_since = 0.0

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def carry_out(self, talk: Talk[T], until: float) -> T:
        """Send what is to be sent and hand over what comes, until all is said."""
        try:
            unsent = next(talk)
            while True:
                unsent = talk.send(self._exchange(unsent, until))
        except StopIteration as end:
            outcome: T = end.value
            return outcome

    @property
    def is_quiet(self) -> bool:
        """Whether nothing came that nobody asked for, such as the end."""
        return not is_readable(self._socket.fileno())

    def close(self) -> None:
        """Break the connection off."""
        self._socket.close()

    def _exchange(self, unsent: bytes, until: float) -> bytes:
        self._socket.settimeout(left(until))
        if unsent:
            with suppress(ConnectionError):  # A server that hangs up before it has all may have answered.
                self._socket.sendall(unsent)
            self._socket.settimeout(left(until))
        return self._socket.recv(PIECE)


def dial(address: tuple[str, int], opening: Talk[T], until: float) -> tuple[Stream, T]:
    """Connect, and carry out what is said first."""
    stream = Stream(_connected(socket.getaddrinfo(*address, type=socket.SOCK_STREAM), until))
    try:
        return stream, stream.carry_out(opening, until)
    except BaseException:
        stream.close()
        raise


def _connected(found: Sequence[tuple[int, int, int, str, tuple[str | int | bytes, ...]]], until: float) -> socket.socket:
    """A socket to the first address that accepts; one that is silent leaves the others their share of the time."""
    (family, kind, protocol, _, place), *others = found
    connected = socket.socket(family, kind, protocol)
    try:
        for option in OPTIONS:
            connected.setsockopt(*option)
        connected.settimeout(left(until) / len(found))
        connected.connect(place)
    except OSError:
        connected.close()
        if others:
            return _connected(others, until)
        raise
    return connected
