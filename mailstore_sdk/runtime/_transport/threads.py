"""How threads connect and wait: sockets with a deadline, slots of which a number is free, and timers."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any, TypeVar

from mailstore_sdk.runtime._transport.connections import KEEPALIVE, AnyConnection, Step
from mailstore_sdk.runtime._transport.httpx_library import httpcore

T = TypeVar("T")


def connect(connection: AnyConnection, host: str, port: int) -> Any:
    """Connect to the first address that accepts; a silent address uses only its share of the time."""
    connection.step = Step.LOOKUP
    found = {str(entry[4][0]): None for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    connection.left()
    connection.step = Step.CONNECT
    addresses = sorted(found, key=lambda address: address != connection.route.address)
    while True:
        share = connection.left() / len(addresses)
        address = addresses.pop(0)
        try:
            stream = httpcore.SyncBackend().connect_tcp(address, port, share, None, KEEPALIVE)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            if not addresses:
                raise
        else:
            connection.route.address = address
            return stream


def until(connection: AnyConnection, deadline: float) -> nullcontext[None]:
    """Limit each operation on the socket to the time that the request has left."""
    connection.deadline = deadline
    return nullcontext()


def abandon(close_expired: Callable[[float], object]) -> None:
    """Close the handles of connections that a forked process has inherited."""
    close_expired(0)


class Slots:
    """How many threads may act at the same time.

    Slots are taken and given back in C, where no signal can interrupt: one that an interrupt lost would be missing forever.
    """

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def run(self, act: Callable[[], T], timeout: float, busy: Callable[[], Exception]) -> T:
        """Call a function with a slot, and give it back; raise what `busy` returns if no slot was free within `timeout` seconds."""
        held = list[None]()
        try:
            with suppress(queue.Empty):
                held.extend(map(self._free.get, [True], [timeout]))
            if not held:
                raise busy()
            return act()
        finally:
            for slot in held:
                self._free.put(slot)


def timer(seconds: float, act: Callable[[], object]) -> threading.Timer:
    """Call a function later, in a thread that does not keep the program alive."""
    later = threading.Timer(seconds, act)
    later.daemon = True
    later.start()
    return later
