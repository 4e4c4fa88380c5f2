"""Shared state of both drivers: idle connections, and the creation of new ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Generic, TypeVar

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._protocol.forks import reset_for_each_process
from mailstore_sdk.runtime._transport.connections import AnyConnection
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.httpx_library import httpx

C = TypeVar("C", bound=AnyConnection)


class Pool(Generic[C]):
    """The connections of one client.

    A client of this API uses one server. So idle connections are in a flat list, newest last: taking one and putting it
    back costs the same with one connection as with a thousand, while httpx's own pool examines all of them.
    """

    _reaper: Any = None
    """The timer that closes idle connections, even if no call follows."""

    def __init__(self, endpoint: Endpoint, http_client: httpx.Client | httpx.AsyncClient | None = None) -> None:
        self.endpoint = endpoint
        self.route = Route(endpoint, http_client)
        self.used = False
        self._closed = False
        self._idle: list[C] = []
        reset_for_each_process(self)

    @property
    def closed(self) -> bool:
        """Whether the connection is unusable."""
        return self._closed or bool(self.route.client and self.route.client.is_closed)

    def _reset(self) -> None:
        """Leave the connections to the parent process."""
        self._reaper, self._idle = None, []

    def _start_reaper(self) -> Any:
        """Close idle connections in `IDLE_SECONDS`."""

    def _take(self) -> C | None:
        if self.closed:
            raise ConfigurationError("the client is closed; make a new one")
        self.used = True
        try:
            return self._idle.pop()
        except IndexError:  # Other threads may take a connection at any time.
            return None

    def _keep(self, connection: C) -> bool:
        """Keep a connection for the next request; return False if it cannot be used again."""
        if self._closed or not connection.is_reusable:
            return False
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        self._reaper = self._reaper or self._start_reaper()
        return True

    def _take_expired(self, seconds: float) -> Iterator[C]:
        """Return the connections that were idle for too long or that the server has closed."""
        oldest = time.monotonic() - seconds
        for connection in [*self._idle]:
            if connection.idle_since <= oldest or connection.has_ended:
                with suppress(ValueError):  # Other threads may take a connection at any time.
                    self._idle.remove(connection)
                    yield connection
