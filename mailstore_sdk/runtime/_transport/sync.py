"""The sync driver: carries out operations over blocking sockets.

Generated from aio.py; change that module and run ``make generate``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.sync_connection import Connection
from mailstore_sdk.runtime._transport.threads import Slots, abandon, timer
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY

T = TypeVar("T")


def fetch_certificate(endpoint: Endpoint, deadline: float) -> bytes:
    """Return a server's certificate in DER form, trusted or not; empty if it cannot be read in time."""
    certificate = b""
    with closing(Connection(Route(replace(endpoint, tls=SHOW_ONLY)))) as connection:
        try:
            connection.exchange(Send("/", b"", deadline - time.monotonic()), deadline)
        except failures.ERRORS as error:
            certificate = error.certificate if isinstance(error, NotPinnedError) else b""
    return certificate


class Transport(Pool[Connection]):
    """Carries out operations. Threads may share it."""

    def _reset(self) -> None:
        abandon(self._close_expired)
        super()._reset()
        self._slots = Slots(self.endpoint.max_connections)
        self._turns: WeakKeyDictionary[object, Slots] = WeakKeyDictionary()

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
        connection = self._take() or Connection(self.route)
        try:
            reply = connection.exchange(send, deadline)
        except BaseException as error:
            connection.close()
            failures.drop_frames(error)
            if not isinstance(error, failures.ERRORS):
                raise
            problem = failures.transport_error(error, self.endpoint, send.timeout, connection)
            if failures.lacks_certificate(problem, error):
                problem = failures.with_certificate(problem, fetch_certificate(self.endpoint, deadline))
            raise problem from error
        if not self._keep(connection):
            connection.close()
        return reply

    def _start_reaper(self) -> Any:
        return timer(IDLE_SECONDS, self._close_idle)

    def _close_idle(self) -> None:
        self._close_expired(IDLE_SECONDS)
        self._reaper = self._start_reaper() if self._idle else None

    def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            connection.close()
