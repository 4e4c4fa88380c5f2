"""How threads connect and wait: sockets with a deadline, slots of which a number is free, and timers."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any, TypeVar

from mailstore_sdk.runtime._transport.connections import KEEPALIVE, AnyConnection, Step
from mailstore_sdk.runtime._transport.httpx_library import httpcore

T = TypeVar("T")


class SyncSockets(AnyConnection, httpcore.NetworkBackend):
    """Opens sockets, each of whose operations has only the time that the request has left."""

    _deadline: float

    def until(self, deadline: float) -> nullcontext[None]:
        """Begin a request with this deadline."""
        self._deadline = deadline
        return nullcontext()

    def left(self) -> float:
        """Seconds until the deadline.

        Raises:
            TimeoutError: The deadline is over.
        """
        if (seconds := self._deadline - time.monotonic()) <= 0:
            raise TimeoutError
        return seconds

    def abandon(self) -> None:
        """Close this process's handle of the socket."""
        if self.stream:
            self.stream.close()

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> Any:
        """Connect to the first address that accepts; a silent address uses only its share of the time."""
        self.step = Step.LOOKUP
        found = {str(entry[4][0]): None for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        self.left()
        self.step = Step.CONNECT
        addresses = sorted(found, key=lambda address: address != self._route.address)
        while True:
            address, *others = addresses
            try:
                connected = httpcore.SyncBackend().connect_tcp(address, port, self.left() / len(addresses), None, KEEPALIVE)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not others:
                    raise
                addresses = others
            else:
                self._route.address = address
                return self._stream_type(connected, self)


class Slots:
    """How many threads may act at the same time.

    Slots are taken and given back in C, where no signal can interrupt: one that an interrupt lost would be missing forever.
    """

    def __init__(self, count: int) -> None:
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def run(self, act: Callable[[], T], timeout: float) -> T | None:
        """Call a function with a slot, and give it back; return None if no slot was free within `timeout` seconds."""
        held = list[None]()
        try:
            with suppress(queue.Empty):
                held.extend(map(self._free.get, [True], [timeout]))
            return act() if held else None
        finally:
            for slot in held:
                self._free.put(slot)


def timer(seconds: float, act: Callable[[], object]) -> threading.Timer:
    """Call a function later, in a thread that does not keep the program alive."""
    later = threading.Timer(seconds, act)
    later.daemon = True
    later.start()
    return later
