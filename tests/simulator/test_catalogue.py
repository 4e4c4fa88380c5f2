"""The simulator implements every function of the catalogue, and the reply to its example fits the catalogue."""

import json
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner

import mailstore_sdk
from mailstore_sdk import SPEClient
from mailstore_sdk.simulator import Simulator, functions
from mailstore_sdk.simulator.__main__ import main
from mailstore_sdk.simulator.catalogue import Catalogue
from mailstore_sdk.simulator.schema import check
from tests.simulator.conftest import Api

VERSIONS = ("9.0", "25.3")
"""Between them they have all functions."""

CATALOGUES = {version: Catalogue(version) for version in VERSIONS}

REFUSED = {
    "DeleteClientAccessServer": "Client access server cas01.example.com does not exist.",
    "DeleteInstanceHost": "Instance host host03.example.com does not exist.",
    "DeleteMessage": "Message 1:4711 does not exist.",
    "RecoverStore": "Archive store 1 is neither disabled nor in error.",
    "SetClientAccessServerConfiguration": "Client access server cas01.example.com does not exist.",
    **dict.fromkeys(
        (
            *("DeactivateSystemAdministratorMFA", "DeleteSystemAdministrator", "InitializeSystemAdministratorMFA"),
            *("SetSystemAdministratorConfiguration", "SetSystemAdministratorPassword"),
        ),
        "System administrator bob does not exist.",
    ),
}
"""Examples that the state of the demo does not allow."""


def examples():
    catalogue = json.loads((resources.files("mailstore_sdk") / "_generated" / "catalogue.json").read_bytes())
    for function in (function for group in catalogue["groups"] for function in group["functions"]):
        version = next(version for version in reversed(VERSIONS) if function["name"] in CATALOGUES[version].functions)
        yield pytest.param(version, function["name"], function["example"].get("args", {}), id=function["name"])


def on_the_wire(value):
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture(scope="module")
def simulators():
    """A simulator of each version and a client of it."""
    running = {}
    for version in VERSIONS:
        simulator = Simulator(spe_version=version, clock="immediate").__enter__()
        running[version] = simulator, Api(simulator)
    yield running
    for simulator, api in running.values():
        api.close()
        simulator.__exit__(None, None, None)


@pytest.mark.parametrize(("version", "function", "arguments"), list(examples()))
def test_the_example_of_every_function(simulators, version, function, arguments):
    simulator, api = simulators[version]
    simulator.reset()
    known = CATALOGUES[version].functions[function]
    envelope = api.call(function, **{name: on_the_wire(value) for name, value in arguments.items()})
    final = api.follow(envelope)[-1]
    message = final["error"]["message"] if final["error"] else None
    assert message == REFUSED.get(function)
    if known.long_running and function not in REFUSED:
        assert envelope["token"]
        assert final["logOutput"]
    if final["statusCode"] == "succeeded":
        check(CATALOGUES[version], final["result"], known.result, function)


def test_every_function_has_a_handler_or_a_reason():
    names = {name for catalogue in CATALOGUES.values() for name in catalogue.functions}
    assert set(functions.HANDLERS) | set(functions.FILLED) == names
    assert not set(functions.HANDLERS) & set(functions.FILLED)


def test_another_catalogue(tmp_path):
    content = json.loads((Path(mailstore_sdk.__file__).parent / "_generated" / "catalogue.json").read_text())
    content["protocol"]["versions"].append("27.1")
    number = {"name": "count", "type": "integer", "required": True}
    content["groups"][0]["functions"] = [{"name": "GetMagic", "args": [number], "result": {"type": "integer"}}]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(content))
    with Simulator(catalogue=file, spe_version="27.1") as server:
        with SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            assert spe.call("GetMagic", count=5) == 0
            assert spe.get_environment_info().version.startswith("27.1")
            reported = {function.name: function for function in spe.get_metadata()}
            assert [argument.to_wire() for argument in reported["GetMagic"].args] == [
                {"name": "count", "type": "number", "nullable": False}
            ]
            assert "CreateSystemAdministrator" not in reported


@pytest.mark.parametrize(("content", "reported"), [("{}", "is not a catalogue.json of a generated package"), (None, "cannot be read")])
def test_an_invalid_catalogue(tmp_path, content, reported):
    file = tmp_path / "catalogue.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ValueError, match=reported):
        Simulator(catalogue=file)
    done = CliRunner().invoke(main, ["--catalogue", str(file)])
    assert done.exit_code == 2
    assert reported in done.stderr
