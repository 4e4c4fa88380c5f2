"""Injected faults."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.simulator.conftest import Session
from tests.support.processes import PATIENCE, wait_until

STORE = {"instanceID": "test01", "id": "1", "includeIndexes": "true"}
BOB = {"instanceID": "test01", "userName": "bob"}


@pytest.mark.parametrize(("kind", "acts"), [("drop_before", False), ("drop_after", True)])
def test_dropped_connections(connect, spe_simulator, kind, acts):
    spe_simulator.faults.add("DeleteUser", kind)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        connect().call("DeleteUser", **BOB)
    assert ("bob" not in spe_simulator.estate.instance("test01").users) == acts
    (call,) = spe_simulator.calls
    assert (call.function, call.fault, call.status) == ("DeleteUser", kind, None)
    assert connect().result("GetEnvironmentInfo")


def test_status(api, spe_simulator):
    spe_simulator.faults.add("DeleteUser", "status", status=503)
    reply = api.request("/api/invoke/DeleteUser", "instanceID=test01&userName=bob")
    assert (reply.status, reply.headers["Content-Type"], reply.body) == (503, "text/plain", b"Service Unavailable")
    assert api.result("DeleteUser", **BOB) is None


def test_cut_body(connect, spe_simulator):
    spe_simulator.faults.add("GetUsers", "cut_body")
    with pytest.raises(http.client.IncompleteRead) as error:
        connect().call("GetUsers", instanceID="test01")
    assert error.value.expected > 0
    assert connect().result("GetUsers", instanceID="test01")


def test_not_json(api, spe_simulator):
    spe_simulator.faults.add("DeleteUser", "not_json")
    reply = api.request("/api/invoke/DeleteUser", "instanceID=test01&userName=bob")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html")
    assert reply.body.startswith(b"<!DOCTYPE html>")
    assert api.failure("DeleteUser", **BOB)


def test_bad_json(api, spe_simulator):
    spe_simulator.faults.add("DeleteUser", "bad_json")
    reply = api.request("/api/invoke/DeleteUser", "instanceID=test01&userName=bob")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
    with pytest.raises(ValueError, match="Expecting|Unterminated"):
        _ = reply.json
    assert api.failure("DeleteUser", **BOB)


def test_delay(api, spe_simulator):
    spe_simulator.faults.add("*", "delay", seconds=0.2)
    start = time.monotonic()
    api.result("GetEnvironmentInfo")
    assert time.monotonic() - start >= 0.2


@pytest.mark.parametrize(
    "replace", [lambda simulator: simulator.reset(), lambda simulator: simulator.load(simulator.dump())], ids=["reset", "load"]
)
def test_a_delayed_call_ends_without_effect_when_the_state_is_replaced(connect, spe_simulator, replace):
    spe_simulator.faults.add("DeleteUser", "delay", 2, seconds=10 * PATIENCE)
    with ThreadPoolExecutor() as threads:
        replies = [threads.submit(connect().request, "/api/invoke/DeleteUser", "instanceID=test01&userName=bob") for _ in range(2)]
        wait_until(lambda: [call.fault for call in spe_simulator.calls] == ["delay"] * 2)
        replace(spe_simulator)
        assert [reply.result().status for reply in replies] == [503, 503]
    assert "bob" in spe_simulator.estate.instance("test01").users


@pytest.mark.spe_simulator(clock="manual")
def test_lost_tokens(api, spe_simulator):
    def poll(token):
        return api.request("/api/get-status", f"token={token}&lastKnownStatusVersion=-1&millisecondsTimeout=0").status

    spe_simulator.faults.add("VerifyStore", "lose_token")
    assert poll(api.call("VerifyStore", **STORE)["token"]) == 404
    token = api.call("VerifyStore", **STORE)["token"]
    assert poll(token) == 200
    spe_simulator.faults.add("get-status", "lose_token")
    assert (poll(token), poll(token)) == (404, 404)


def test_times_and_skip(api, spe_simulator):
    spe_simulator.faults.add("*", "status", times=2)
    spe_simulator.faults.add("GetUsers", "status", status=503, times="always")
    statuses = [api.request("/api/invoke/GetUsers", "instanceID=test01").status for _ in range(5)]
    assert statuses == [500, 500, 503, 503, 503]
    assert api.request("/api/invoke/GetEnvironmentInfo").status == 200
    spe_simulator.faults.clear()
    assert api.result("GetUsers", instanceID="test01")


@pytest.mark.parametrize(
    ("description", "message"),
    [
        ({"kind": "explode"}, "kind cannot be 'explode': expected one of drop_before, "),
        ({"status": 99}, "status cannot be 99: expected 200 to 599"),
        ({"times": 0}, "times cannot be 0: expected a number from 1 on, or 'always'"),
        ({"times": "often"}, "times cannot be 'often': expected a number from 1 on, or 'always'"),
        ({"times": True}, "times cannot be True"),
        ({"seconds": -1}, "seconds cannot be -1: expected 0 to 86400"),
        ({"seconds": float("nan")}, "seconds cannot be nan"),
        ({"function": None}, "function cannot be None: expected \\* for all, or the name of a function"),
        ({"skip": -1}, "skip cannot be -1: expected a number from 0 on"),
        ({"percent": 100}, "percent cannot be 100: expected 0 to 99"),
        (
            {"arguments": {"id": [1]}},
            "arguments cannot be \\[1\\]: expected names of arguments with a string, an integer or a boolean each",
        ),
    ],
)
def test_invalid_faults(spe_simulator, description, message):
    with pytest.raises(ValueError, match=message):
        spe_simulator.faults.add(**{"function": "*", "kind": "delay"} | description)
    assert spe_simulator.faults.all() == []


def test_a_function_that_fails_for_some_arguments(api, spe_simulator):
    spe_simulator.faults.add("CreateUser", "fail", "always", arguments={"userName": "user17"}, message="No licence is left.")
    failures = {}
    for number in range(15, 20):
        envelope = api.call("CreateUser", instanceID="test01", userName=f"user{number}", privileges="none")
        if envelope["error"]:
            failures[number] = envelope["error"]["message"]
    assert failures == {17: "No licence is left."}
    assert "user17" not in spe_simulator.estate.instance("test01").users
    (*_, last) = spe_simulator.calls
    assert (last.fault, spe_simulator.calls[2].fault, spe_simulator.calls[2].status_code) == (None, "fail", "failed")


def test_arguments_are_compared_as_they_are_sent(api, spe_simulator):
    wanted = {"id": 2, "includeIndexes": True}
    spe_simulator.faults.add("VerifyStore", "fail", arguments=wanted)
    for form in (STORE, STORE | {"id": "2", "includeIndexes": "false"}):
        assert api.call("VerifyStore", **form)["error"] is None
    assert api.failure("VerifyStore", **STORE | {"id": "2"}) == "The simulator fails on request."


@pytest.mark.spe_simulator(clock="polls:8")
@pytest.mark.parametrize("percent", [1, 40, 99])
def test_work_that_fails_halfway(api, spe_simulator, percent):
    spe_simulator.faults.add("VerifyStore", "fail", arguments={"id": 1}, percent=percent, message="The disk is full.")
    statuses = api.follow(api.call("VerifyStore", **STORE))
    final = statuses[-1]
    assert (final["statusCode"], final["percentProgress"], final["error"]["message"]) == ("failed", percent, "The disk is full.")
    assert len(statuses) > 2
    assert spe_simulator.estate.instance("test01").process.checked == 0
    assert api.follow(api.call("VerifyStore", **STORE))[-1]["statusCode"] == "succeeded"


def test_a_short_function_that_fails_after_acting(api, spe_simulator):
    spe_simulator.faults.add("DeleteUser", "fail", percent=50)
    assert api.failure("DeleteUser", **BOB) == "The simulator fails on request."
    assert "bob" not in spe_simulator.estate.instance("test01").users


@pytest.mark.spe_simulator(clock="polls:6")
def test_the_third_poll_is_lost(connect, spe_simulator):
    spe_simulator.faults.add("get-status", "drop_after", skip=2)
    token = connect().call("VerifyStore", **STORE)["token"]
    api, known = connect(), 0
    for _ in range(2):
        known = api.poll(token, known)["statusVersion"]
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        api.poll(token, known)
    assert connect().poll(token, known)["statusCode"] == "running"
    assert spe_simulator.faults.all() == []


def test_a_fault_that_skips_lets_others_happen(api, spe_simulator):
    spe_simulator.faults.add("Ping", "status", status=503, skip=1)
    spe_simulator.faults.add("Ping", "status", status=418)
    assert [api.request("/api/invoke/Ping").status for _ in range(3)] == [418, 503, 200]


@pytest.mark.spe_simulator(protocol="session")
def test_a_login_that_fails(spe_simulator):
    spe_simulator.faults.add("login", "fail", message="Locked.")
    client = Session(spe_simulator)
    reply = client.request("/login", "u=admin&p=admin")
    assert (reply.status, reply.body) == (200, b"-ERR Locked.")
    client.log_in()
    spe_simulator.faults.add("get-status", "fail")
    assert client.envelope("/api/get-status", token="sa0")["statusCode"] == "failed"
    client.close()


def test_removing_a_fault(api, spe_simulator):
    first = spe_simulator.faults.add("Ping", "status", times="always")
    second = spe_simulator.faults.add("Ping", "status", status=503)
    assert [fault.number for fault in spe_simulator.faults.all()] == [first, second]
    assert spe_simulator.faults.remove(first)
    assert not spe_simulator.faults.remove(first)
    assert [api.request("/api/invoke/Ping").status for _ in range(2)] == [503, 200]
    assert spe_simulator.faults.all() == []
