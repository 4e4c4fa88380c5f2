"""The HTTP library's connections, with the simulator's counters and deadlines."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakSet

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

BACKLOG = 2048
KEEP_ALIVE = 120
"""Seconds until an idle connection is closed, as by the HTTP server of Windows."""

REQUEST_TIME = 120.0
"""Seconds until a request must be complete, so that connections of slow clients do not accumulate."""


def _nothing() -> None:
    pass


class Connection(H11Protocol):
    """A connection with deadlines. It is counted after its handshake, and the application can close it."""

    def __init__(self, config: uvicorn.Config, state: ServerState, count: Callable[[], None] = _nothing) -> None:
        super().__init__(config, state, {})
        self._count = count
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn promises more of its transports than asyncio does
        """Count the connection and configure its socket."""
        super().connection_made(transport)
        # asyncio does so only if the listening socket names its protocol; otherwise each reply takes 40 ms.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._count()
        self.app_state = {"transport": transport}
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Pass received bytes on and update the deadline."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the deadline."""
        super().connection_lost(exc)
        self._forget()

    def _watch(self) -> None:
        """Keep a deadline only while a request is incomplete."""
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._forget()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_TIME, self.transport.abort)

    def _forget(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None


def configuration(application: ASGIApp) -> uvicorn.Config:
    """Configure the HTTP library to serve an application."""
    config = uvicorn.Config(
        application,
        http=H11Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE,
    )
    config.load()
    return config


class Listener(socket.socket):
    """A listening socket that can end the connections that it has accepted.

    asyncio's server leaves those open that are in their TLS handshake when its loop ends, and that it accepts just before
    it is closed.
    """

    is_accepting = True

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(fileno=listening.detach())
        self._accepted: WeakSet[socket.socket] = WeakSet()

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Raises:
            BlockingIOError: No connection is waiting, or no more are accepted.
        """
        if not self.is_accepting:
            raise BlockingIOError
        accepted, address = super().accept()
        self._accepted.add(accepted)
        return accepted, address

    def end_connections(self) -> bool:
        """End each open connection, which its transport then closes; return whether there is one."""
        still_open = [accepted for accepted in self._accepted if accepted.fileno() >= 0]
        for accepted in still_open:
            with suppress(OSError):  # The other side may have ended it.
                accepted.shutdown(socket.SHUT_RDWR)
        return bool(still_open)


def listen(host: str, port: int) -> Listener:
    """Open a listening socket.

    Raises:
        OSError: Listening on the address fails; the message contains the address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return Listener(socket.create_server((host, port), family=family, backlog=BACKLOG))
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while attempting")[0]
        raise OSError(error.errno, f"cannot listen on {host}:{port}: {reason}") from None


async def serve(connect: Callable[[], Connection], listening: socket.socket, **tls: Any) -> asyncio.Server:
    """Accept connections.

    asyncio accepts as many connections at once as its backlog, and retries as often when the process has no file
    descriptor left: with a backlog of thousands the loop would do nothing else. So asyncio gets 1, and the socket its own.
    """
    server = await asyncio.get_running_loop().create_server(connect, sock=listening, backlog=1, **tls)
    listening.listen(BACKLOG)
    return server
