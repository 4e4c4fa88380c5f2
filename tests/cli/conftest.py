"""The command line in this process, against a simulator with a fresh state for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailstore_sdk.cli import completions
from mailstore_sdk.simulator import Simulator
from tests.support.processes import PATIENCE
from tests.support.raw_server import RawServer
from tests.support.shell import Shell, environment


@pytest.fixture(scope="module")
def module_server() -> Iterator[Simulator]:
    with Simulator(clock="immediate") as server:
        yield server


@pytest.fixture
def server(module_server: Simulator) -> Simulator:
    module_server.reset()
    return module_server


@pytest.fixture
def shell(server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(environment(server, tmp_path / "config.toml"))


@pytest.fixture(autouse=True)
def patient_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let completion wait for a busy machine."""
    monkeypatch.setattr(completions, "PATIENCE", PATIENCE)


@pytest.fixture
def nowhere(tmp_path: Path) -> Shell:
    """A shell without a configured server."""
    assert not [name for name in os.environ if name.startswith("MAILSTORE_")]
    return Shell({"MAILSTORE_SPE_CONFIG": str(tmp_path / "config.toml")})


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server
