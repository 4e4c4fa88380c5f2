"""The sync driver: carries out operations over blocking sockets.

Generated from aio.py; change that module and run ``make generate``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.errors import CertificateError, ConfigurationError
from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._protocol.forks import reset_for_each_process
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.httpx_library import httpx
from mailstore_sdk.runtime._transport.sync_connection import Connection
from mailstore_sdk.runtime._transport.threads import Slots, abandon, timer
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY
from mailstore_sdk.runtime.sanitize import shown_value

T = TypeVar("T")


def fetch_certificate(endpoint: Endpoint, deadline: float) -> bytes:
    """Return a server's certificate in DER form, trusted or not; empty if it cannot be read in time."""
    with closing(Connection(Route(replace(endpoint, tls=SHOW_ONLY)))) as connection:
        try:
            connection.exchange(Send("/", b"", deadline - time.monotonic()), deadline)
        except failures.ERRORS as error:
            return error.certificate if isinstance(error, NotPinnedError) else b""
    return b""


class Transport:
    """Carries out operations over the connections of one client. Threads may share it.

    A client of this API uses one server. So idle connections are in a flat list, newest last: taking one and putting it
    back costs the same with one connection as with a thousand, while httpx's own pool examines all of them.
    """

    def __init__(self, endpoint: Endpoint, http_client: httpx.Client | None = None) -> None:
        if not isinstance(cast("object", http_client), httpx.Client | None):
            raise ConfigurationError(f"http_client cannot be {shown_value(http_client)}; expected an httpx.Client")
        self.endpoint = endpoint
        self.route = Route(endpoint, http_client)
        self.used = self._closed = False
        self._idle: list[Connection] = []
        reset_for_each_process(self)

    def _reset(self) -> None:
        """Leave the connections to the parent process."""
        abandon(self._close_expired)
        self._idle = []
        self._reaper: Any = None  # the timer that closes idle connections, even if no call follows
        self._slots = Slots(self.endpoint.max_connections)
        self._turns: WeakKeyDictionary[object, Slots] = WeakKeyDictionary()

    @property
    def closed(self) -> bool:
        """Whether the transport is unusable."""
        return self._closed or bool(self.route.client and self.route.client.is_closed)

    def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        try:
            action = next(operation)
            while True:
                try:
                    outcome = self._carry_out(action)
                except BaseException as error:  # noqa: BLE001 - the operation decides about it
                    action = operation.throw(error)
                else:
                    action = operation.send(outcome)
        except StopIteration as end:
            return cast("T", end.value)

    def close(self) -> None:
        """Close all connections, those in use after their reply; closing twice is harmless."""
        self._closed = True
        if self._reaper:
            self._reaper.cancel()
        self._close_expired(0)

    def _carry_out(self, action: Action) -> object:
        if isinstance(action, Sleep):
            time.sleep(action.seconds)
            return None
        if isinstance(action, Compute):
            return action.function()
        act: Callable[[], object]
        if isinstance(action, Send):
            slots, act = self._slots, partial(self._send, action, time.monotonic() + action.timeout)
        else:
            slots, act = self._turns.setdefault(action.owner, Slots(1)), partial(self.run, action.operation)
        return slots.run(act, action.timeout, partial(failures.too_busy, self.endpoint, action))

    def _send(self, send: Send, deadline: float) -> Reply:
        connection = self._take()
        try:
            reply = connection.exchange(send, deadline)
        except BaseException as error:
            connection.close()
            failures.drop_frames(error)
            if not isinstance(error, failures.ERRORS):
                raise
            problem = failures.transport_error(error, self.endpoint, send.timeout, connection)
            if isinstance(problem, CertificateError):  # The TLS library does not keep the certificate that it rejects.
                certificate = error.certificate if isinstance(error, NotPinnedError) else fetch_certificate(self.endpoint, deadline)
                problem = failures.with_certificate(problem, certificate)
            raise problem from error
        if not self._keep(connection):
            connection.close()
        return reply

    def _take(self) -> Connection:
        if self.closed:
            raise ConfigurationError("the client is closed; make a new one")
        self.used = True
        try:
            return self._idle.pop()
        except IndexError:  # Other threads may take a connection at any time.
            return Connection(self.route)

    def _keep(self, connection: Connection) -> bool:
        """Keep a connection for the next request; return False if it cannot be used again."""
        if self._closed or not connection.is_reusable:
            return False
        connection.idle_since = time.monotonic()
        self._idle.append(connection)
        self._reaper = self._reaper or timer(IDLE_SECONDS, self._close_idle)
        return True

    def _close_idle(self) -> None:
        self._close_expired(IDLE_SECONDS)
        self._reaper = timer(IDLE_SECONDS, self._close_idle) if self._idle else None

    def _close_expired(self, seconds: float) -> None:
        """Close the connections that were idle for so long or that the server has closed."""
        oldest = time.monotonic() - seconds
        with ExitStack() as stack:  # closes all of them, even if it is cancelled meanwhile
            for connection in [*self._idle]:
                if connection.idle_since <= oldest or connection.has_ended:
                    with suppress(ValueError):  # Other threads may take a connection at any time.
                        self._idle.remove(connection)
                        stack.callback(connection.close)
