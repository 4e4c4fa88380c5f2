"""A client of a simulator, as the command gets it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mailstore_sdk import SPEClient
from mailstore_sdk.simulator import Simulator


@dataclass(frozen=True)
class Connection:
    """What the command line hands to its commands."""

    server: Simulator
    password: str = "admin"

    def client(self) -> SPEClient:
        return SPEClient(self.server.url, username="admin", password=self.password, ca_file=self.server.ca_file, retries=0)


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(clock="immediate") as server:
        yield server


@pytest.fixture
def server(running: Simulator) -> Simulator:
    """The demo as it is at its start."""
    running.reset()
    return running


@pytest.fixture
def connection(server: Simulator) -> Connection:
    return Connection(server)
