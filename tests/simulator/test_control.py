"""Control of the simulator over plain HTTP."""

import json
import re
import socket
import urllib.error
import urllib.request
from datetime import datetime

import pytest

from mailstore_sdk.simulator import Simulator
from tests.support.processes import PATIENCE

INSTANCE = {"instanceID": "test01"}
pytestmark = pytest.mark.spe_simulator(control_port=0, clock="manual")


@pytest.fixture
def steer(spe_simulator):
    def steer(method, path, value=None, **headers):
        body = None if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
        request = urllib.request.Request(spe_simulator.control_url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
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
    assert steer("POST", "/faults", {"function": "Ping", "kind": "status", "status": 503, "times": "always"}) == {"number": 1}
    assert api.request("/api/invoke/Ping").status == 503
    about = {
        "function": "Ping", "kind": "status", "status": 503, "times": "always", "seconds": 1.0, "skip": 0, "arguments": {}, "percent": 0,
        "message": "The simulator fails on request.",
    }  # fmt: skip
    assert steer("GET", "/faults") == [about | {"number": 1}]
    assert steer("POST", "/faults", {"function": "*", "kind": "drop_before"}) == {"number": 2}
    assert steer("DELETE", "/faults/2") is None
    assert steer("DELETE", "/faults/2") == (404, "there is no fault 2")
    assert steer("GET", "/faults") == [about | {"number": 1}]
    assert steer("DELETE", "/faults") is None
    assert api.request("/api/invoke/Ping").status == 200


def test_the_overview_shows_why_work_failed_and_pending_faults(api, steer):
    steer("PUT", "/clock", {"clock": "immediate"})
    api.finish("VerifyStore", **INSTANCE, id="3", includeIndexes="true")
    steer("POST", "/faults", {"function": "*", "kind": "fail", "arguments": {"password": "canary", "userName": "eve"}})
    seen = steer("GET", "/overview")
    assert (seen["work"][0]["code"], seen["work"][0]["error"]) == ("failed", "Archive store 3 is disabled and cannot be used.")
    assert seen["faults"][0]["arguments"] == {"password": "***", "userName": "eve"}
    assert "canary" not in json.dumps(seen)


def test_the_clock(api, steer):
    assert steer("GET", "/clock") == {"clock": "manual"}
    assert steer("PUT", "/clock", {"clock": "polls:2"}) is None
    assert steer("GET", "/clock") == {"clock": "polls:2"}
    assert len(api.follow(api.call("VerifyStore", **INSTANCE, id="1", includeIndexes="true"))) == 3
    assert steer("PUT", "/clock", {"clock": "seconds:2.5"}) is None
    assert steer("GET", "/clock") == {"clock": "seconds:2.5"}
    assert steer("POST", "/reset") is None
    assert steer("GET", "/clock") == {"clock": "manual"}


def test_only_new_calls(api, steer):
    api.result("Ping")
    api.failure("GetUsers", instanceID="canary", password="canary")
    first, second = steer("GET", "/calls")
    assert (first["number"], first["function"], first["status"]) == (1, "Ping", 200)
    assert datetime.fromisoformat(first["at"]).tzinfo
    assert first["seconds"] >= 0
    assert steer("GET", "/calls?after=1") == [second]
    assert (second["arguments"], second["status_code"]) == ({"instanceID": "canary", "password": "***"}, "failed")
    assert steer("GET", "/calls?after=2") == []


def test_an_overview_without_secrets(api, steer):
    token = api.call("VerifyStore", **INSTANCE, id="1", includeIndexes="true")["token"]
    api.result("RunJobAsync", **INSTANCE, id="1")
    steer("POST", "/advance", {"steps": 2})
    seen = steer("GET", "/overview")
    assert [work["name"] for work in seen["work"]] == ["VerifyStore test01", "test01 job 1"]
    assert seen["work"][0] | {"id": 0, "began": ""} == {
        "id": 0, "name": "VerifyStore test01", "about": "id 1, includeIndexes true", "code": "running", "percent": 25,
        "line": "  100 messages checked...", "error": None, "began": "", "ended": None,
    }  # fmt: skip
    assert datetime.fromisoformat(seen["work"][1]["ended"]) >= datetime.fromisoformat(seen["work"][1]["began"])
    assert seen["work"][1]["code"] == "succeeded"
    assert [instance["status"] for instance in seen["instances"]] == ["running", "running", "stopped"]
    assert [store["remarks"] for store in seen["instances"][0]["stores"]] == [["indexes need a rebuild"], [], []]
    assert token not in json.dumps(seen)
    assert not {"password", "passphrase"} & set(re.findall(r'"(\w+)"', json.dumps(seen)))
    assert {"get-status", "GetUsers"} < set(steer("GET", "/functions"))


def test_invalid_requests(steer, spe_simulator):
    assert steer("PUT", "/state", b"{")[0] == 400
    assert steer("POST", "/advance", {"steps": 0}) == (400, "steps: expected a number from 1 on")
    assert steer("POST", "/advance", []) == (400, "expected a JSON object")
    assert steer("POST", "/faults", {"function": "*", "kind": "explode"})[0] == 400
    options = "function, kind, times, skip, arguments, status, seconds, percent, message"
    assert steer("POST", "/faults", {"function": "*", "kind": "delay", "name": "*"}) == (400, f"a fault has no 'name': expected {options}")
    assert steer("POST", "/faults", {"function": "*", "kind": "delay", "number": 1})[0] == 400
    assert steer("POST", "/faults", {"function": "*"})[1].startswith("a fault needs 'kind': expected one of drop_before")
    assert steer("POST", "/faults", {"function": 1, "kind": "status"})[0] == 400
    assert steer("POST", "/faults", {"function": "*", "kind": "delay", "times": None})[0] == 400
    assert steer("PUT", "/clock", {}) == (400, 'expected a clock, such as {"clock": "polls:3"}')
    assert steer("PUT", "/clock", {"clok": "manual"}) == (400, "there is no 'clok': expected clock")
    assert steer("POST", "/advance", {"step": 2}) == (400, "there is no 'step': expected steps")
    assert steer("POST", "/advance", {"steps": True})[0] == 400
    assert steer("GET", "/calls?from=1") == (400, "there is no 'from': expected after")
    assert steer("GET", "/calls?after=x") == (400, "after cannot be 'x': expected the number of a call")
    assert steer("GET", "/reset")[0] == 405
    assert steer("GET", "/api/invoke/Ping")[0] == 404
    assert steer("GET", "/state", Host="evil.example.com") == (403, "This is for localhost only.")
    assert steer("POST", "/reset", Origin="https://evil.example.com")[0] == 403
    assert steer("POST", "/reset", Origin=spe_simulator.control_url) is None
    assert spe_simulator.requests == spe_simulator.connections == 0


def test_without_a_control_port():
    with Simulator() as simulator:
        assert simulator.control_url is None


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError), Simulator(control_port=taken.getsockname()[1]):
        pass
