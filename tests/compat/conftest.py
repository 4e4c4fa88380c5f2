"""Simulators for both versions, and scripts of the wrapper that run against them."""

import ast
import contextlib
import inspect
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.state.people import Administrator

STEPS = 6
"""Polls until work is done: the opening, four batches of 100 messages, the end."""


@pytest.fixture(scope="module")
def running_old() -> Iterator[Simulator]:
    with Simulator(spe_version="8.5", clock=f"polls:{STEPS}") as server:
        yield server


@pytest.fixture
def old(running_old: Simulator) -> Simulator:
    """SPE 8.5 with its session dialect, as in the tutorial: only the address differs."""
    running_old.reset()
    estate = running_old.estate
    estate.server_name, estate.licensee_name, estate.licensee_id = "spe01", "Example Licensee", 1
    estate.administrators["gerald"] = Administrator("gerald", password="s3cR3T1!")
    estate.instance("test01").users["admin"].full_name = "admin"
    return running_old


@pytest.fixture(scope="module")
def running_new() -> Iterator[Simulator]:
    with Simulator(clock=f"polls:{STEPS}") as server:
        yield server


@pytest.fixture
def new(running_new: Simulator) -> Simulator:
    """A current SPE with HTTP Basic."""
    running_new.reset()
    return running_new


Connect = Callable[..., Any]


@pytest.fixture
def first(new: Simulator) -> Iterator[Connect]:
    """The first wrapper's client of the current server."""
    with contextlib.ExitStack() as stack:

        def connect(**options: Any) -> mailstore.spe.Client:
            place = {"host": "localhost", "port": new.port, "ca_file": new.ca_file}
            return stack.enter_context(mailstore.spe.Client(**{**place, **options}))

        yield connect


@pytest.fixture
def later(new: Simulator) -> Iterator[Connect]:
    """The later wrapper's client of the current server."""
    with contextlib.ExitStack() as stack:

        def connect(**options: Any) -> mailstore.mgmt.SPEClient:
            place = {"host": "localhost", "port": new.port, "ca_file": new.ca_file, "instanceID": "test01"}
            return stack.enter_context(mailstore.mgmt.SPEClient(**{**place, **options}))

        yield connect


Run = Callable[[str], list[Any]]


@pytest.fixture
def run(old: Simulator, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a script of the tutorial and return what it printed, value by value."""
    client = mailstore.spe.Client

    def redirected(*args: Any, **kwargs: Any) -> mailstore.spe.Client:
        # The script's own arguments must be valid; only those for the network are replaced.
        given = inspect.signature(client).bind(*args, **kwargs).arguments
        return client(**{**given, "host": "localhost", "port": old.port, "protocol": "session", "ca_file": old.ca_file})

    monkeypatch.setattr(mailstore.spe, "Client", redirected)

    def run_script(script: str) -> list[Any]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(script, "tutorial", "exec"), {})
        return [value_of(line) for line in printed.getvalue().splitlines()]

    return run_script


def value_of(line: str) -> Any:
    return ast.literal_eval(line) if line.startswith("{") else line
