"""How connections come about and are looked after: addresses, deadlines, event loops, closing."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, errors
from tests.support.both_clients import Connect
from tests.support.raw_server import NOTHING, HangUpError, RawServer, answer, stay_silent

ADMIN = {"username": "admin", "password": "S3cret!"}


@pytest.fixture
def silent_port() -> Iterator[int]:
    """One at which nobody accepts and nobody refuses: the queue of the listener is full."""
    with ExitStack() as held:
        listener = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        port: int = listener.getsockname()[1]
        for _ in range(4):
            filler = held.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        time.sleep(0.1)
        yield port


def addresses(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    """Let every name have an address for each of these ports."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", port)) for port in ports]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)


class TestAddresses:
    def test_all_that_are_silent_take_no_longer_than_one(self, connect: Connect, silent_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        addresses(monkeypatch, *[silent_port] * 4)
        began = time.monotonic()
        with connect("localhost", **ADMIN, retries=0, timeout=0.5) as spe, pytest.raises(errors.ServerUnreachableError):
            spe.get_environment_info()
        assert time.monotonic() - began < 1

    def test_one_that_is_silent_leaves_time_for_the_next(
        self, connect: Connect, raw_server: RawServer, silent_port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        addresses(monkeypatch, silent_port, raw_server.port)
        with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, retries=0, timeout=2) as spe:
            assert spe.instance("test01").get_users() == []


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop does not run on Windows")
def test_another_event_loop_than_asyncios_own(raw_server: RawServer) -> None:
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
            time.sleep(0.2)  # noqa: ASYNC251 - as code does that is not made for an event loop
            await spe.instance("test01").delete_user("alice")

    def answer_and_leave(connection: ssl.SSLSocket) -> None:
        answer()(connection)
        raise HangUpError

    raw_server.answers = [answer_and_leave, answer(NOTHING)]
    asyncio.run(main())
    assert raw_server.connections == 2


def test_a_reply_that_came_in_time_to_an_event_loop_that_was_busy(raw_server: RawServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        time.sleep(0.2)
        answer()(connection)

    async def main() -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        troubles: list[dict[str, Any]] = []
        loop.set_exception_handler(lambda _, context: troubles.append(context))
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN) as spe:
            await spe.instance("test01").get_users()
            raw_server.answers = [slow]
            loop.call_later(0.1, time.sleep, 0.6)
            assert await spe.with_options(timeout=0.5, retries=0).instance("test01").get_users() == []
        return troubles

    assert asyncio.run(main()) == []


def test_a_reply_before_the_request_was_read(raw_server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_the_head_alone(_: RawServer, connection: socket.socket) -> bytes:
        return connection.recv(1000)

    def refuse_and_read_no_more(connection: ssl.SSLSocket) -> None:
        answer(b"", "413 Content Too Large")(connection)
        stay_silent(connection)

    async def main() -> None:
        async with AsyncSPEClient("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN, timeout=2) as spe:
            with pytest.raises(errors.ServerError, match="413"):
                await spe.instance("test01").set_user_password("alice", "x" * 20_000_000)
            await spe.instance("test01").delete_user("alice")

    monkeypatch.setattr(RawServer, "_read", read_the_head_alone)
    raw_server.answers = [refuse_and_read_no_more, answer(NOTHING)]
    asyncio.run(main())
    assert raw_server.connections == 2, "what is not sent yet stands in the way of the next request"


def test_a_call_under_way_while_its_client_is_closed(connect: Connect, raw_server: RawServer) -> None:
    def slow(connection: ssl.SSLSocket) -> None:
        asked.set()
        time.sleep(0.2)
        answer()(connection)
        over.append(connection.recv(1))

    asked, over = threading.Event(), list[bytes]()
    raw_server.answers = [slow]
    spe = connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **ADMIN)
    with ThreadPoolExecutor(1) as threads:
        users = threads.submit(spe.instance("test01").get_users)
        asked.wait(5)
        spe.close()
        assert users.result(5) == []
    time.sleep(0.1)
    assert over == [b""], "the connection has ended, too"
