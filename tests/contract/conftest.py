"""Fixtures for tests that run once with the sync and once with the async client."""

from collections.abc import Iterator

import pytest

from tests.support.both_clients import Connect, EventLoop, connector, profile_connector
from tests.support.raw_server import RawServer


@pytest.fixture(params=["sync", "async"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    with EventLoop() as loop:
        yield connector(request.param, loop)


@pytest.fixture(params=["sync", "async"])
def connect_profile(request: pytest.FixtureRequest) -> Iterator[Connect]:
    with EventLoop() as loop:
        yield profile_connector(request.param, loop)


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server
