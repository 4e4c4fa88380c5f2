"""The sync driver: carries out operations with blocking sockets."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, Connection, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY

T = TypeVar("T")


def slots_for(count: int) -> queue.SimpleQueue[None]:
    """Create a queue with one item for each thread that may act at the same time.

    Items are taken and given back in C, where no signal can interrupt: an item that an interrupt lost would be missing
    forever.
    """
    slots: queue.SimpleQueue[None] = queue.SimpleQueue()
    for _ in range(count):
        slots.put(None)
    return slots


def with_slot(slots: queue.SimpleQueue[None], timeout: float, act: Callable[[], T]) -> T | None:
    """Call a function with a slot, and give it back; return None if no slot was free within `timeout` seconds."""
    held = list[None]()
    try:
        with suppress(queue.Empty):
            held.extend(map(slots.get, [True], [timeout]))
        return act() if held else None
    finally:
        for slot in held:
            slots.put(slot)


class Transport(Pool[Connection]):
    """Carries out operations with blocking sockets. Threads may share it."""

    def _reset(self) -> None:
        """Close this process's handles of the parent's connections."""
        self._slots = slots_for(self.endpoint.max_connections)
        self._turns: WeakKeyDictionary[object, queue.SimpleQueue[None]] = WeakKeyDictionary()
        self._close_expired(0)
        super()._reset()

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
        outcome: object
        if isinstance(action, Send):
            outcome = with_slot(self._slots, action.timeout, partial(self._send, action, time.monotonic() + action.timeout))
        else:
            turn = self._turns.setdefault(action.owner, slots_for(1))
            outcome = with_slot(turn, action.timeout, partial(self.run, action.operation))
        if outcome:
            return outcome
        raise failures.too_busy(self.endpoint, action)

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

    def _start_reaper(self) -> threading.Timer:
        reaper = threading.Timer(IDLE_SECONDS, self._close_idle)
        reaper.daemon = True
        reaper.start()
        return reaper

    def _close_idle(self) -> None:
        self._close_expired(IDLE_SECONDS)
        self._reaper = self._start_reaper() if self._idle else None

    def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            connection.close()


def fetch_certificate(endpoint: Endpoint, deadline: float) -> bytes:
    """Return a server's certificate in DER form, trusted or not; empty if it cannot be read in time."""
    with closing(Connection(Route(replace(endpoint, tls=SHOW_ONLY)))) as connection, suppress(*failures.ERRORS):
        try:
            connection.exchange(Send("/", b"", deadline - time.monotonic()), deadline)
        except NotPinnedError as error:
            return error.certificate
    return b""
