"""The sync driver: carries out operations over blocking sockets.

Generated from aio.py; change that module and run ``make generate``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from ssl import SSLContext
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from mailstore_sdk.runtime._protocol.actions import Action, Compute, Operation, Reply, Send, Sleep
from mailstore_sdk.runtime._transport import failures
from mailstore_sdk.runtime._transport.connections import IDLE_SECONDS, PIECE, BufferedStream, NotPinnedError
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.httpx_library import httpcore, httpx
from mailstore_sdk.runtime._transport.pool import Pool
from mailstore_sdk.runtime._transport.threads import Slots, SyncSockets, timer
from mailstore_sdk.runtime._transport.tls import SHOW_ONLY

T = TypeVar("T")


# The deadline of the request applies, and not the `timeout` of an operation.
class Stream(BufferedStream):
    """A sync socket."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Receive what comes next."""
        data, self._unsent = self._unsent, b""
        with suppress(httpcore.WriteError):  # A server that hangs up before it has all may have answered.
            for start in range(0, len(data), PIECE):
                self._stream.write(data[start : start + PIECE], self._connection.left())
        held, self.held = self.held, b""
        return held or self._hold(self._stream.read(max_bytes, self._connection.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send it together with what follows."""
        self._unsent += buffer

    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> Stream:  # noqa: ARG002
        """Continue over TLS."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, self._connection.left()), self._connection)


class Connection(SyncSockets):
    """One connection of the sync client."""

    _transport_type, _client_type, _stream_type = httpx.HTTPTransport, httpx.Client, Stream

    def exchange(self, send: Send, deadline: float) -> Reply:
        """Send a request and read its whole reply.

        Raises:
            NotPinnedError: The server does not show the pinned certificate.
            ReplyTooLargeError: The reply, decompressed, has more bytes than the client accepts.
            ReplyLostError: The reply is compressed with another method than gzip or deflate.
            TimeoutError: The reply was not complete in time.
        """
        self.step = None
        request = self._route.endpoint.request(send, self.note)
        body = bytearray()
        with self.until(deadline):
            if client := self._client():
                response = client.send(request, stream=True, auth=None, follow_redirects=False)
            else:
                response = self._transport.handle_request(request)
            with closing(response):
                for piece in response.iter_bytes() if self._is_compressed(response) else response.stream:
                    self._add(body, piece)
        return Reply(response.status_code, bytes(body), response.headers)

    def close(self) -> None:
        """Break the connection off; more than once is harmless."""
        if self._transport:
            self._transport.close()
        if self.stream:
            self.stream.close()


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
        if outcome := slots.run(act, action.timeout):
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

    def _start_reaper(self) -> Any:
        return timer(IDLE_SECONDS, self._close_idle)

    def _close_idle(self) -> None:
        self._close_expired(IDLE_SECONDS)
        self._reaper = self._start_reaper() if self._idle else None

    def _close_expired(self, seconds: float) -> None:
        for connection in self._take_expired(seconds):
            connection.close()
