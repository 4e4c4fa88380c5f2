"""What all connections have in common: their limits, their steps, and the error for a certificate that is not pinned."""

from __future__ import annotations

import socket
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from mailstore_sdk.runtime._transport.httpx_library import httpx

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.aio_connection import AsyncConnection
    from mailstore_sdk.runtime._transport.sync_connection import Connection

AnyConnection: TypeAlias = "Connection | AsyncConnection"

IDLE_SECONDS = 60.0
"""How long an unused connection is kept; the HTTP server of Windows closes its side after 120 seconds."""

LIMITS = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=IDLE_SECONDS)

# Routers drop connections without traffic, as during a long call. Not every platform has both options.
PROBES = {"TCP_KEEPIDLE": 45, "TCP_KEEPINTVL": 15}
KEEPALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), seconds) for name, seconds in PROBES.items() if hasattr(socket, name)),
]

BOUNDED = ("identity", "gzip", "deflate")
"""Encodings in which a piece from the network has a bounded decompressed size, so that the limit applies."""

PIECE = 65_536
"""Bytes that are sent between two checks of the deadline."""


class Step(IntEnum):
    """The step of a connection. Before REPLY, no part of the request was sent."""

    LOOKUP = 1
    CONNECT = 2
    PROXY = 3
    TLS = 4
    REPLY = 5


class NotPinnedError(Exception):
    """The server's certificate is not the pinned one, or cannot be checked.

    Attributes:
        certificate: The server's certificate in DER form; empty if it cannot be read.
    """

    def __init__(self, wanted: str | None, certificate: bytes = b"") -> None:
        super().__init__(f"it {'is not' if certificate else 'could not be compared with'} the one pinned by thumbprint {wanted}")
        self.certificate = certificate
