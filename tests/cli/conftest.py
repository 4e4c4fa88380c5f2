"""The command line in this process, against a simulator that each test finds fresh."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailstore_sdk.cli.app import app
from mailstore_sdk.simulator import Simulator
from tests.support.raw_server import RawServer


@dataclass
class Shell:
    """Runs ``mailstore`` with an environment that names a server."""

    env: dict[str, str]
    runs: list[Result] = field(default_factory=list)

    def run(self, *arguments: object, stdin: str | bytes | None = None, **env: str | None) -> Result:
        result = CliRunner().invoke(app, [str(item) for item in arguments], input=stdin, env={**self.env, **env}, prog_name="mailstore")
        self.runs.append(result)
        return result

    def data(self, *arguments: object, **options: str | None) -> object:
        """What a command that works prints, read as JSON."""
        result = self.run(*arguments, **options)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    def fails(self, status: int, *arguments: object, stdin: str | bytes | None = None, **env: str | None) -> str:
        """What a command that fails with a status says on stderr."""
        result = self.run(*arguments, stdin=stdin, **env)
        assert result.exit_code == status, result.output
        assert "Traceback" not in result.output
        return result.stderr


def environment(server: Simulator, config: Path) -> dict[str, str]:
    return {
        "MAILSTORE_SPE_URL": server.url,
        "MAILSTORE_SPE_USER": "admin",
        "MAILSTORE_SPE_PASSWORD": "admin",
        "MAILSTORE_SPE_THUMBPRINT": server.thumbprint,
        "MAILSTORE_SPE_CONFIG": str(config),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


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


@pytest.fixture
def nowhere(tmp_path: Path) -> Shell:
    """A shell that knows no server."""
    assert not [name for name in os.environ if name.startswith("MAILSTORE_")]
    return Shell({"MAILSTORE_SPE_CONFIG": str(tmp_path / "config.toml")})


@pytest.fixture
def raw_server() -> Iterator[RawServer]:
    with RawServer() as server:
        yield server
