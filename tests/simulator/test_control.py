"""The simulator steered over plain HTTP."""

import json
import socket
import urllib.error
import urllib.request

import pytest

from mailstore_sdk.simulator import Simulator

INSTANCE = {"instanceID": "test01"}
pytestmark = pytest.mark.spe_simulator(control_port=0, clock="manual")


@pytest.fixture
def steer(spe_simulator):
    def steer(method, path, value=None, **headers):
        body = None if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
        request = urllib.request.Request(spe_simulator.control_url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:
                text = reply.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    return steer


def test_state_and_reset(api, steer):
    state = steer("GET", "/state")
    api.result("DeleteUser", **INSTANCE, userName="bob")
    assert "bob" not in steer("GET", "/state")["instances"]["test01"]["users"]
    assert steer("PUT", "/state", state) is None
    assert api.result("GetUserInfo", **INSTANCE, userName="bob")
    assert [call["function"] for call in steer("GET", "/calls")] == ["DeleteUser", "GetUserInfo"]
    api.result("DeleteUser", **INSTANCE, userName="bob")
    assert steer("POST", "/reset") is None
    assert steer("GET", "/calls") == []
    assert api.result("GetUserInfo", **INSTANCE, userName="bob")


def test_work_and_faults(api, steer):
    token = api.call("VerifyStore", **INSTANCE, id="1", includeIndexes="true")["token"]
    assert steer("POST", "/advance") == {"running": 1}
    assert steer("POST", "/advance", {"steps": 99}) == {"running": 0}
    assert api.poll(token, 0)["statusCode"] == "succeeded"
    assert steer("POST", "/faults", {"function": "Ping", "kind": "status", "status": 503, "times": None}) is None
    assert api.request("/api/invoke/Ping").status == 503
    assert steer("DELETE", "/faults") is None
    assert api.request("/api/invoke/Ping").status == 200


def test_what_cannot_be(steer, spe_simulator):
    assert steer("PUT", "/state", b"{")[0] == 400
    assert steer("POST", "/advance", {"steps": 0}) == (400, "steps: expected a number from 1 on")
    assert steer("POST", "/advance", []) == (400, "expected a JSON object")
    assert steer("POST", "/faults", {"function": "*", "kind": "explode"})[0] == 400
    assert steer("POST", "/faults", {"name": "*"})[0] == 400
    assert steer("GET", "/reset")[0] == 405
    assert steer("GET", "/api/invoke/Ping")[0] == 404
    assert steer("GET", "/state", Host="evil.example.com") == (403, "This is for localhost only.")
    assert spe_simulator.requests == spe_simulator.connections == 0


def test_without():
    with Simulator() as simulator:
        assert simulator.control_url is None


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError), Simulator(control_port=taken.getsockname()[1]):
        pass
