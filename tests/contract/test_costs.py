"""The countable costs of calls: connections, requests, pieces and bytes."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, SPEClient, client
from mailstore_sdk._history import Windows
from mailstore_sdk.aio import client as aio
from mailstore_sdk.runtime.function import Effect, Function
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import NOTHING, RawServer, answer

LOGIN = {"username": "admin", "password": "admin"}
SPAN = {"start": datetime(2026, 1, 1), "end": datetime(2026, 1, 29)}
READ: Function[list[int]] = Function("Read", Effect.READ, result=lambda: list[int], interval=("start", "end"))


@pytest.fixture(scope="module")
def simulator() -> Any:
    with Simulator(clock="immediate") as simulator:
        yield simulator


def counted(simulator: Simulator) -> tuple[int, int]:
    return simulator.connections, simulator.requests


class TestConnectionsAndRequests:
    def test_sequential_calls_share_a_connection(self, connect: Connect, simulator: Simulator) -> None:
        before = counted(simulator)
        with connect(simulator.url, ca_file=simulator.ca_file, **LOGIN) as spe:
            for _ in range(20):
                spe.instance("test01").get_user_info("alice")
        assert counted(simulator) == (before[0] + 1, before[1] + 20)

    def test_map_opens_at_most_one_connection_for_each_concurrent_call(self, simulator: Simulator) -> None:
        before = counted(simulator)
        with SPEClient(simulator.url, ca_file=simulator.ca_file, **LOGIN) as spe:
            assert len(list(spe.map(spe.instance("test01").get_user_info, ["alice"] * 60, concurrency=5))) == 60
        connections, requests = counted(simulator)
        assert connections - before[0] <= 5
        assert requests - before[1] == 60

    def test_a_job_that_ends_immediately_takes_two_requests(self, connect: Connect, simulator: Simulator) -> None:
        before = counted(simulator)
        with connect(simulator.url, ca_file=simulator.ca_file, **LOGIN) as spe:
            spe.instance("test01").verify_store(1).result(timeout=60)
        assert counted(simulator) == (before[0] + 1, before[1] + 2)


def test_a_request_is_sent_in_one_piece(connect: Connect, raw_server: RawServer) -> None:
    raw_server.answers = [answer(NOTHING)] * 3
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **LOGIN) as spe:
        for _ in range(3):
            spe.instance("test01").set_user_password("alice", "x" * 5000)
    assert raw_server.pieces == [1, 1, 1]


def test_a_call_sends_few_bytes_around_its_arguments(connect: Connect, raw_server: RawServer) -> None:
    with connect("localhost", port=raw_server.port, ca_file=raw_server.ca_file, **LOGIN) as spe:
        spe.instance("test01").get_users()
    head, _, body = raw_server.requests[0].partition(b"\r\n\r\n")
    assert body == b"instanceID=test01"
    assert [line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:]] == [
        b"host",
        b"accept",
        b"content-type",
        b"content-length",
        b"user-agent",
        b"authorization",
    ]


class Rows(list[int]):
    """A list that can be watched."""


class TestWalksLetGoOfAWindow:
    """The rows of one window are gone before those of the next come, so memory is bounded by a window."""

    def setup_method(self) -> None:
        self.alive: list[weakref.ref[Rows]] = []

    def fetch(self, _function: object, _arguments: object) -> Rows:
        gc.collect()
        assert not [rows for rows in self.alive if rows() is not None]
        rows = Rows(range(3))
        self.alive.append(weakref.ref(rows))
        return rows

    def test_sync(self) -> None:
        assert list(client.walk(self.fetch, Windows(READ, SPAN, timedelta(days=7)))) == [0, 1, 2] * 4

    def test_async(self) -> None:
        async def fetch(function: object, arguments: object) -> Rows:
            return self.fetch(function, arguments)

        async def main(rows: AsyncIterator[int]) -> list[int]:
            return [row async for row in rows]

        assert asyncio.run(main(aio.walk(fetch, Windows(READ, SPAN, timedelta(days=7))))) == [0, 1, 2] * 4


def test_an_async_client_opens_connections_only_as_it_needs_them(simulator: Simulator) -> None:
    async def main() -> None:
        async with AsyncSPEClient(simulator.url, ca_file=simulator.ca_file, **LOGIN) as spe:
            archive = spe.instance("test01")
            await asyncio.gather(*(archive.get_user_info("alice") for _ in range(30)))
            await archive.get_user_info("alice")

    before = counted(simulator)
    asyncio.run(main())
    connections, requests = counted(simulator)
    assert connections - before[0] <= 30
    assert requests - before[1] == 31
