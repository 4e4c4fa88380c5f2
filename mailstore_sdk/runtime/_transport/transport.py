"""Carries out operations over HTTPS, with blocking sockets or on an event loop."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Failure, Operation, Reply, RunExclusively, Send, Sleep
from mailstore_sdk.runtime._transport import tls
from mailstore_sdk.runtime._transport.connections import AsyncFlatPool, FlatPool, Server, shown_certificate
from mailstore_sdk.runtime._transport.http import LateError, NoneFreeError, NotConnectedError, ProtocolError, RefusedByProxyError

if TYPE_CHECKING:
    import asyncio

    from mailstore_sdk.runtime._transport.given import AsyncGivenClient, GivenClient, httpx

T = TypeVar("T")

_Errors = (NotConnectedError, OSError, ProtocolError)


class Transport:
    """Carries out operations with blocking sockets. Threads may share it."""

    def __init__(self, server: Server, http_client: httpx.Client | None = None) -> None:
        self.server = server
        self.closed = False
        self.used = False
        self._turn = threading.Lock()
        self.http = FlatPool(server) if http_client is None else _given(server, http_client)

    def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        step = partial(next, operation)
        while True:
            try:
                action = step()
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                step = partial(operation.send, self._carry_out(action))
            except BaseException as error:  # noqa: BLE001 - the operation decides about it
                step = partial(operation.throw, error)

    def close(self) -> None:
        """Close all connections; more than once is harmless."""
        self.closed = True
        self.http.close()

    def _carry_out(self, command: Send | Sleep | RunExclusively) -> Reply | Failure | None:
        if isinstance(command, Send):
            return self._send(command)
        if isinstance(command, RunExclusively):
            return self._run_alone(command)
        time.sleep(command.seconds)
        return None

    def _run_alone(self, command: RunExclusively) -> Reply | Failure:
        if not self._turn.acquire(timeout=command.timeout):
            return _not_our_turn(command)
        try:
            return self.run(command.operation)
        finally:
            self._turn.release()

    def _send(self, send: Send) -> Reply | Failure:
        _refuse_closed(self)
        self.used = True
        try:
            return self.http.send(send)
        except _Errors as error:
            return _fault(error, self.server, send.timeout)


class AsyncTransport:
    """Carries out operations on one event loop. Its tasks may share it."""

    def __init__(self, server: Server, http_client: httpx.AsyncClient | None = None) -> None:
        import asyncio

        self.server = server
        self.closed = False
        self.used = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()
        self.http = AsyncFlatPool(server) if http_client is None else _async_given(server, http_client)

    async def run(self, operation: Operation[T]) -> T:
        """Carry out one operation."""
        step = partial(next, operation)
        while True:
            try:
                action = step()
            except StopIteration as end:
                result: T = end.value
                return result
            try:
                step = partial(operation.send, await self._carry_out(action))
            except BaseException as error:  # noqa: BLE001 - the operation decides about it
                step = partial(operation.throw, error)

    def close(self) -> None:
        """Close all connections; more than once is harmless."""
        self.closed = True
        self.http.close()

    async def _carry_out(self, command: Send | Sleep | RunExclusively) -> Reply | Failure | None:
        if isinstance(command, Send):
            return await self._send(command)
        if isinstance(command, RunExclusively):
            return await self._run_alone(command)
        import asyncio

        await asyncio.sleep(command.seconds)
        return None

    async def _run_alone(self, command: RunExclusively) -> Reply | Failure:
        import asyncio

        try:
            async with asyncio.timeout(command.timeout):
                await self._turn.acquire()
        except TimeoutError:
            return _not_our_turn(command)
        try:
            return await self.run(command.operation)
        finally:
            self._turn.release()

    async def _send(self, send: Send) -> Reply | Failure:
        _refuse_closed(self)
        self._refuse_another_loop()
        self.used = True
        try:
            return await self.http.send(send)
        except _Errors as error:
            import asyncio

            return await asyncio.to_thread(_fault, error, self.server, send.timeout)

    def _refuse_another_loop(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if self._loop is not loop:
            raise errors.ConfigurationError("this async client belongs to another event loop; make one client for each loop")


def _given(server: Server, client: httpx.Client) -> GivenClient:
    from mailstore_sdk.runtime._transport.given import GivenClient

    return GivenClient(server, client)


def _async_given(server: Server, client: httpx.AsyncClient) -> AsyncGivenClient:
    from mailstore_sdk.runtime._transport.given import AsyncGivenClient

    return AsyncGivenClient(server, client)


def _refuse_closed(transport: Transport | AsyncTransport) -> None:
    if transport.closed or transport.http.is_closed:
        raise errors.ConfigurationError("the client is closed; make a new one")


def _not_our_turn(command: RunExclusively) -> Failure:
    return Failure(
        errors.NotSentError,
        f"other calls of this client were under way for {command.timeout:g} s, and a session has one at a time",
    )


def _fault(error: Exception, server: Server, timeout: float) -> Failure:
    """What an exception means for the call, and in words for people."""
    place = server.place
    if isinstance(error, NoneFreeError):
        return Failure(
            errors.NotSentError,
            f"all {server.max_connections} connections to {place} were in use for {timeout:g} s; "
            "call less at once or raise max_connections",
        )
    if isinstance(error, RefusedByProxyError):
        return Failure(errors.ServerUnreachableError, f"the proxy does not lead to {place}: {error}")
    if isinstance(error, LateError):
        return Failure(
            errors.ServerUnreachableError,
            f"{place} did not accept a connection within {timeout:g} s; check the host, the port and the firewall",
        )
    if isinstance(error, NotConnectedError):
        return _connect_fault(error, server, timeout)
    if isinstance(error, TimeoutError):
        return Failure(
            errors.ReplyTimeoutError, f"{place} gave no whole reply within {timeout:g} s; raise timeout if the server is just slow"
        )
    return Failure(errors.ReplyLostError, f"the connection to {place} broke before the whole reply was there ({type(error).__name__})")


def _connect_fault(error: Exception, server: Server, timeout: float) -> Failure:
    place = server.place
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror) and not server.proxy:
            return Failure(errors.HostNotFoundError, f"no address is known for the host {server.host!r}; check the name and your DNS")
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = getattr(cause, "verify_message", "") or str(cause)
            return Failure(errors.CertificateError, tls.untrusted(place, reason, shown_certificate(server, timeout)))
        if isinstance(cause, ssl.SSLError):
            return Failure(
                errors.ServerUnreachableError, f"{place} does not speak TLS as expected ({cause.reason}); is this the API's port (8474)?"
            )
    if server.proxy:
        return Failure(errors.ServerUnreachableError, f"the proxy that leads to {place} cannot be reached; check its address")
    return Failure(
        errors.ServerUnreachableError,
        f"{place} refuses connections; check the port, and that the API is switched on in the SPE configuration",
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
