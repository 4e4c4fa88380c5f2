"""Fixtures for tests of code that uses SPE; pytest finds them when the package is installed.

``spe_simulator`` is a simulator for one test, ``spe_client`` a client of it, ``async_spe_client`` an async client of it.
A test chooses the simulator's options: ``@pytest.mark.spe_simulator(clock="polls:3")``. Needs the extra ``simulator``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mailstore_sdk import AsyncSPEClient, SPEClient
    from mailstore_sdk.simulator import Simulator

# The SDK is not imported above, because this module is loaded in every run of pytest.


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", "spe_simulator(**options): options of the simulator of fixture spe_simulator")


@pytest.fixture
def spe_simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A running simulator with its own state, on a free port."""
    from mailstore_sdk.simulator import Simulator

    markers: Iterator[pytest.Mark] = request.node.iter_markers("spe_simulator")
    options = {name: value for marker in reversed([*markers]) for name, value in marker.kwargs.items()}
    with Simulator(**options) as simulator:
        yield simulator


@pytest.fixture
def spe_client(spe_simulator: Simulator) -> Iterator[SPEClient]:
    """A client of `spe_simulator` that trusts its certificate."""
    from mailstore_sdk import SPEClient

    with SPEClient(
        spe_simulator.host,
        port=spe_simulator.port,
        username=spe_simulator.username,
        password=spe_simulator.password,
        ca_file=spe_simulator.ca_file,
        protocol=spe_simulator.protocol,
    ) as client:
        yield client


@pytest.fixture
def async_spe_client(spe_simulator: Simulator) -> Iterator[AsyncSPEClient]:
    """An async client of `spe_simulator`.

    It works in an async test of any plugin for asyncio, and in a plain test with `asyncio.run`: it belongs to the event
    loop of its first call and is closed with that loop, or after the test if the loop continues.
    """
    from mailstore_sdk.simulator.loop_client import LoopClient

    client = LoopClient(
        host=spe_simulator.host,
        port=spe_simulator.port,
        username=spe_simulator.username,
        password=spe_simulator.password,
        ca_file=spe_simulator.ca_file,
        protocol=spe_simulator.protocol,
    )
    yield client
    client.finish()
