"""A client of a simulator, as the command receives it."""

from collections.abc import Iterator

import pytest

from mailstore_sdk import SPEClient
from mailstore_sdk.cli.context import Context
from mailstore_sdk.simulator import Simulator


class Connection(Context):
    """The object that the command line passes to its commands, for a simulator."""

    def __init__(self, server: Simulator, password: str = "admin") -> None:
        super().__init__()
        self.server, self._password = server, password

    def client(self, *, ask: bool = True) -> SPEClient:
        return SPEClient(self.server.url, username="admin", password=self._password, ca_file=self.server.ca_file, retries=0)


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(clock="immediate") as server:
        yield server


@pytest.fixture
def server(running: Simulator) -> Simulator:
    """The demo in its initial state."""
    running.reset()
    return running


@pytest.fixture
def connection(server: Simulator) -> Connection:
    return Connection(server)
