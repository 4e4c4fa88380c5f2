"""Ports for tests, and the sockets that a process has open."""

import gc
import secrets
import select
import socket
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress

CHOSEN_BY_TESTS = range(10_000, 30_000)
"""Ports that no system gives to a socket which asks for any, so no other process takes one while nothing listens at it."""


def free_port() -> int:
    """Return a port for a server that stops and comes back, or that is started later."""
    while True:
        port = secrets.choice(CHOSEN_BY_TESTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def refusing_port() -> Generator[int]:
    """A port that refuses connections: it is taken, and nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def silent(address: str, port: int = 0) -> Generator[int]:
    """A port at which connections are neither accepted nor refused: the queue of the listener is full."""
    with ExitStack() as held:
        listener = held.enter_context(socket.create_server((address, port), backlog=0))
        for _ in range(4):
            filler = held.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex((address, listener.getsockname()[1]))
        select.select([listener], [], [])  # until the first of them is in the queue, which has one place
        yield listener.getsockname()[1]


def sockets_to(port: int) -> int:
    """Count the sockets of this process that are connected to a port."""
    found = 0
    for thing in gc.get_objects():
        with suppress(OSError, ReferenceError):
            found += isinstance(thing, socket.socket) and thing.fileno() >= 0 and thing.getpeername()[1:2] == (port,)
    return found
