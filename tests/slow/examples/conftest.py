"""How the tests run the applications of ``examples/``: in this process, or as one of their own where it is to be killed."""

import importlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from mailstore_sdk.simulator import Simulator
from tests.support.processes import environ
from tests.support.project import EXAMPLES
from tests.support.raw_server import RawServer

Main = Callable[..., int]
Load = Callable[..., Main]


def variables(server: Simulator | RawServer) -> dict[str, str]:
    """The variables that lead an application to a server."""
    return {
        "MAILSTORE_SPE_URL": f"https://localhost:{server.port}",
        "MAILSTORE_SPE_USER": "admin",
        "MAILSTORE_SPE_PASSWORD": "admin",
        "MAILSTORE_SPE_CA_FILE": str(server.ca_file),
    }


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Give an application by its name, led to a server where one is given; call it with the words of its command line."""

    def load_(name: str, server: Simulator | RawServer | None = None) -> Main:
        monkeypatch.syspath_prepend(EXAMPLES)
        for variable, value in variables(server).items() if server else ():
            monkeypatch.setenv(variable, value)
        main = importlib.import_module(name).main
        return lambda *words: main([str(word) for word in words])

    return load_


def start(name: str, server: Simulator, *words: object) -> subprocess.Popen[str]:
    """The application as a process of its own."""
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *map(str, words)]
    return subprocess.Popen(command, env=environ(**variables(server)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
