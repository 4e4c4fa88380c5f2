"""The sockets that a process has open."""

import gc
import socket
from contextlib import suppress


def sockets_to(port: int) -> int:
    """Count the sockets of this process that are connected to a port."""
    found = 0
    for thing in gc.get_objects():
        with suppress(OSError, ReferenceError):
            found += isinstance(thing, socket.socket) and thing.fileno() >= 0 and thing.getpeername()[1:2] == (port,)
    return found
