"""Every function of the catalogue has a behaviour, and its example is answered as the catalogue says."""

import json
from importlib import resources

import pytest

from mailstore_sdk.simulator import Simulator, functions
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


def test_every_function_has_a_behaviour():
    names = {name for catalogue in CATALOGUES.values() for name in catalogue.functions}
    assert set(functions.HANDLERS) | set(functions.FILLED) == names
    assert not set(functions.HANDLERS) & set(functions.FILLED)
    assert len(names) == 130
