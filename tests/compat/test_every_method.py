"""Every method of both editions against a server of its time: ``methods.txt`` lists which succeed.

Rewrite the table after an intended change: ``UPDATE_METHODS=1 pytest tests/compat/test_every_method.py``.
"""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk.simulator import Simulator
from tests.support.every_function import BEFORE, CATALOGUE

TABLE = Path(__file__).parent / "methods.txt"
EDITIONS: dict[str, tuple[str, str, Any]] = {
    "spe": ("9.0", "wrapper2014", mailstore.spe.Client),
    "mgmt": ("25.3", "wrapper2024", mailstore.mgmt.SPEClient),
}

ELSEWHERE = {"GetEnvironmentInfo"}
"""Functions of both wrappers for which the catalogue names better sources."""


def rows(edition: str) -> Iterator[str]:
    version, source, make = EDITIONS[edition]
    with Simulator(spe_version=version, clock="immediate") as server:
        for function in CATALOGUE.functions:
            if source not in function.evidence.sources and function.name not in ELSEWHERE:
                continue
            server.reset()
            with make(host="localhost", port=server.port, ca_file=server.ca_file, logLevel=0) as client:
                if function.name in BEFORE:
                    call(client, *BEFORE[function.name])
                reply = call(client, function.name, function.example.args)
            why = (reply["error"] or {}).get("message", "")
            yield f"{edition:<5} {version:<5} {function.name:<40} {reply['statusCode']} {why}".rstrip()


def call(client: Any, function: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Call a method as a script of the edition does, with the arguments of the catalogue's example."""
    known = {"path": arguments["databasePath"]} if {"databasePath"} <= arguments.keys() and isinstance(client, mailstore.spe.Client) else {}
    values = {name: value for name, value in arguments.items() if name != ("databasePath" if known else "")} | known
    if isinstance(client, mailstore.mgmt.SPEClient):
        client.instanceID = values.pop("instanceID", None)
    else:
        parameters = inspect.signature(getattr(client, function)).parameters
        values = {name: value for name, value in values.items() if parameters[name].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD}
    reply: dict[str, Any] = getattr(client, function)(**values)
    return reply


def test_every_method_of_both_editions() -> None:
    table = [row for edition in EDITIONS for row in rows(edition)]
    print("\n".join(table))  # noqa: T201 - to be read with pytest -s
    if os.environ.get("UPDATE_METHODS"):
        TABLE.write_text("\n".join(table) + "\n")
    assert table == TABLE.read_text().splitlines()


@pytest.mark.parametrize(("edition", "least"), [("spe", 87), ("mgmt", 122)])
def test_the_table_is_whole(edition: str, least: int) -> None:
    of_edition = [line for line in TABLE.read_text().splitlines() if line.startswith(edition)]
    assert len(of_edition) >= least
