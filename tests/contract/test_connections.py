"""How connections are opened and managed: addresses, deadlines, event loops, closing."""

from __future__ import annotations

import asyncio
import inspect
import socket
import ssl
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any

import anyio
import pytest

from mailstore_sdk import AsyncSPEClient, ConfigurationError, errors
from mailstore_sdk.runtime._transport import aio, aio_connection, sync, sync_connection
from mailstore_sdk.runtime._transport.endpoint import Endpoint, Route
from mailstore_sdk.runtime._transport.httpx_library import httpx
from mailstore_sdk.runtime._transport.tls import TLSConfig
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.processes import PATIENCE, wait_until
from tests.support.raw_server import NOTHING, Answer, HangUpError, RawServer, answer
from tests.support.sockets import silent, sockets_to

ADMIN = {"username": "admin", "password": "S3cret!"}


def resolve(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let localhost have these addresses."""

    def getaddrinfo(host: str | bytes, port: int, *rest: Any, **options: Any) -> Any:
        if host not in ("localhost", b"localhost"):
            return real(host, port, *rest, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)) for address in addresses]

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address, or refuse where the queue is full")
class TestAddresses:
    def test_several_silent_addresses_take_no_longer_than_one(self, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
        addresses = [f"127.0.0.{number}" for number in range(1, 41)]
        with ExitStack() as held:
            port = held.enter_context(silent(addresses[0]))
            for address in addresses[1:]:
                held.enter_context(silent(address, port))
            resolve(monkeypatch, *addresses)
            began = time.monotonic()
            with connect("localhost", port=port, **ADMIN, retries=0, timeout=1) as spe, pytest.raises(errors.ServerUnreachableError):
                spe.get_environment_info()
            assert time.monotonic() - began < len(addresses) - 10, "one timeout for all, not one for each"

    def test_a_silent_address_costs_time_only_once(self, connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
        raw_server.answers = [answer(headers=b"Connection: close\r\n")] * 2
        with silent("127.0.0.2", raw_server.port):
            resolve(monkeypatch, "127.0.0.2", "127.0.0.1")
            with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=5, timeout=2) as spe:
                assert spe.instance("test01").get_users() == []
                began = time.monotonic()
                assert spe.with_options(timeout=60).instance("test01").get_users() == []
                assert time.monotonic() - began < 20, "the share of an address is half of the timeout"


def test_a_slow_name_server_is_named(connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*rest: Any, **options: Any) -> Any:
        time.sleep(0.3)
        return real(*rest, **options)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=0, timeout=0.2) as spe:
        with pytest.raises(errors.ServerUnreachableError, match=r"looking up the name 'localhost' took longer than 0\.2 s; check your DNS"):
            spe.get_environment_info()
    assert raw_server.connections == 0


def test_fetching_an_untrusted_certificate_keeps_the_deadline_of_the_call(
    connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(_: object, deadline: float) -> bytes:
        deadlines.append(deadline)
        return b""

    async def fetch_async(endpoint: object, deadline: float) -> bytes:
        return fetch(endpoint, deadline)

    deadlines: list[float] = []
    monkeypatch.setattr(sync, "fetch_certificate", fetch)
    monkeypatch.setattr(aio, "fetch_certificate", fetch_async)
    began = time.monotonic()
    with connect("localhost", port=raw_server.port, **ADMIN, timeout=30) as spe, pytest.raises(errors.CertificateError):
        spe.get_environment_info()
    assert began + 30 <= deadlines[0] <= time.monotonic() + 30


class TestIdleConnections:
    """A burst of calls leaves connections behind."""

    def burst(self, connect: Connect, server: RawServer) -> Any:
        spe = connect("localhost", port=server.port, ca_file=server.ca_file, **ADMIN)
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda _: spe.instance("test01").get_users(), range(8))) == [[]] * 8
        return spe

    def test_expired_connections_are_closed(self, connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "IDLE_SECONDS", 0.5)
        monkeypatch.setattr(aio, "IDLE_SECONDS", 0.5)
        raw_server.answers = [together(8)] * 8
        with self.burst(connect, raw_server) as spe:
            assert raw_server.connections == 8
            wait_until(lambda: sockets_to(raw_server.port) == 0)
            assert spe._transport._idle == []

    def test_connections_ended_by_the_server_are_closed(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [together(8, HangUpError)] * 8
        with self.burst(connect, raw_server) as spe:
            wait_until(lambda: all(connection.has_ended for connection in spe._transport._idle))
            spe.instance("test01").get_users()  # connects again
            closed = spe._transport._close_idle()  # the timer calls this
            if inspect.isawaitable(closed):
                spe._wait(closed)
            assert (len(spe._transport._idle), sockets_to(raw_server.port)) == (1, 1)

    def test_a_connection_that_a_call_has_taken_meanwhile_is_not_closed(
        self, connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def has_ended(connection: object) -> bool:
            spe._transport._idle.remove(connection)  # as another thread that takes it
            taken.append(connection)
            return True

        taken: list[Any] = []
        with self.burst(connect, raw_server) as spe:
            open_sockets = sockets_to(raw_server.port)
            kind = type(spe._transport._idle[0])
            with monkeypatch.context() as patch:
                patch.setattr(kind, "has_ended", property(has_ended))
                closed = spe._transport._close_idle()
                if inspect.isawaitable(closed):
                    spe._wait(closed)
            assert sockets_to(raw_server.port) == open_sockets
            assert spe._transport._idle == []
            spe._transport._idle += taken  # the calls have ended
            assert spe.instance("test01").get_users() == []


@pytest.mark.parametrize("steps", range(10))
def test_a_cancelled_close_leaves_no_connection_open(raw_server: RawServer, steps: int) -> None:
    async def main() -> None:
        spe = AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, username="a", password="b")
        await asyncio.gather(*(spe.instance("test01").get_users() for _ in range(4)))
        assert len(spe._transport._idle) == 4
        closing = asyncio.create_task(spe.close())
        for _ in range(steps):
            await asyncio.sleep(0)
        closing.cancel()
        with suppress(asyncio.CancelledError):
            await closing
        if steps:
            assert (spe._transport._idle, spe._transport.closed) == ([], True)
        await spe.close()

    raw_server.answers = [together(4)] * 4
    asyncio.run(main())
    assert sockets_to(raw_server.port) == 0


def test_a_scope_that_is_cancelled_closes_the_client_in_it() -> None:
    async def main() -> AsyncSPEClient:
        with anyio.CancelScope() as scope:
            async with AsyncSPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file, protocol="session") as spe:
                await spe.instance("test01").get_users()
                scope.cancel()
        return spe

    with Simulator(spe_version="8.5") as server:
        assert anyio.run(main)._transport.closed
        assert sockets_to(server.port) == 0


def together(count: int, then: type[Exception] | None = None) -> Answer:
    """Answer when so many have called."""
    all_called = threading.Barrier(count)

    def act(connection: ssl.SSLSocket) -> None:
        all_called.wait(PATIENCE)
        answer()(connection)
        if then:
            raise then

    return act


@pytest.mark.parametrize("proxy", [None, "http://proxy:3128", "socks5://proxy:1080"])
def test_httpcore_has_the_private_attributes_that_the_transport_needs(proxy: str | None) -> None:
    """Without them each request would have a connection of its own, and an interrupt could lock one for ever."""
    pool: Any = httpx.HTTPTransport(proxy=proxy)._pool
    assert hasattr(pool, "_network_backend")
    with pool._optional_thread_lock:
        pass
    pool = httpx.AsyncHTTPTransport(proxy=proxy)._pool
    assert hasattr(pool, "_network_backend")


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop does not run on Windows")
def test_the_client_works_with_uvloop(raw_server: RawServer) -> None:
    import uvloop

    async def main() -> list[Any]:
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
            return [await spe.instance("test01").get_users() for _ in range(2)]

    assert uvloop.run(main()) == [[], []]
    assert raw_server.connections == 1


def test_an_idle_connection_that_ended_while_the_event_loop_was_busy(raw_server: RawServer) -> None:
    async def main() -> None:
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
            await spe.instance("test01").get_users()
            # As code does that is not made for an event loop.
            wait_until(lambda: spe._transport._idle[0].has_ended)
            await spe.instance("test01").delete_user("alice")

    def answer_and_leave(connection: ssl.SSLSocket) -> None:
        answer()(connection)
        raise HangUpError

    raw_server.answers = [answer_and_leave, answer(NOTHING)]
    asyncio.run(main())
    assert raw_server.connections == 2


def test_closing_a_client_during_a_call(connect: Connect, raw_server: RawServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        asked.set()
        closed.wait(PATIENCE)
        answer()(connection)
        over.append(connection.recv(1))

    asked, closed, over = threading.Event(), threading.Event(), list[bytes]()
    raw_server.answers = [slow]
    spe = connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN)
    with ThreadPoolExecutor(1) as threads:
        users = threads.submit(spe.instance("test01").get_users)
        assert asked.wait(PATIENCE)
        spe.close()
        closed.set()
        assert users.result() == []
    wait_until(lambda: bool(over))
    assert over == [b""], "the connection has ended, too"


def test_an_event_loop_that_is_not_asyncio_is_an_error() -> None:
    spe = AsyncSPEClient("localhost", **ADMIN)
    call = spe.get_environment_info()
    with pytest.raises(ConfigurationError, match="needs an event loop of asyncio; under trio"):
        call.send(None)  # as trio does


if sys.version_info >= (3, 12):  # 3.12 added eager tasks

    def test_eager_tasks(raw_server: RawServer) -> None:
        async def main() -> list[Any]:
            # An attribute only where the checked version is new enough.
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)  # type: ignore[attr-defined, unused-ignore] # since 3.12
            async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
                return await asyncio.gather(*(spe.instance("test01").get_users() for _ in range(3)))

        assert asyncio.run(main()) == [[], [], []]


def test_a_library_that_opens_its_own_sockets_is_used_without_reuse(
    connect: Connect, raw_server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pool:
        """A pool without the attributes by which connections see what happens."""

        def __init__(self, pool: Any) -> None:
            for name in ("handle_request", "close", "handle_async_request", "aclose"):
                if hasattr(pool, name):
                    setattr(self, name, getattr(pool, name))

    def transport(kind: Any) -> Any:
        class Transport(kind):
            def __init__(self, *arguments: Any, **options: Any) -> None:
                super().__init__(*arguments, **options)
                self._pool = Pool(self._pool)

        return Transport

    monkeypatch.setattr(sync_connection.Connection, "_transport_type", transport(httpx.HTTPTransport))
    monkeypatch.setattr(aio_connection.AsyncConnection, "_transport_type", transport(httpx.AsyncHTTPTransport))
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
        assert [spe.instance("test01").get_users() for _ in range(2)] == [[], []]
    assert raw_server.connections == 2


@pytest.mark.parametrize("kind", [sync_connection.Connection, aio_connection.AsyncConnection])
def test_an_operation_on_a_socket_after_the_deadline(kind: Any) -> None:
    connection = kind(Route(Endpoint("localhost", 8474, TLSConfig())))
    connection.deadline = time.monotonic()
    with pytest.raises(TimeoutError):
        connection.left()
