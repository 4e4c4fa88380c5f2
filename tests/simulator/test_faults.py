"""Faults on purpose."""

import http.client
import time

import pytest

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


@pytest.mark.spe_simulator(clock="manual")
def test_tokens_that_get_lost(api, spe_simulator):
    def poll(token):
        return api.request("/api/get-status", f"token={token}&lastKnownStatusVersion=-1&millisecondsTimeout=0").status

    spe_simulator.faults.add("VerifyStore", "lose_token")
    assert poll(api.call("VerifyStore", **STORE)["token"]) == 404
    token = api.call("VerifyStore", **STORE)["token"]
    assert poll(token) == 200
    spe_simulator.faults.add("get-status", "lose_token")
    assert (poll(token), poll(token)) == (404, 404)


def test_how_often(api, spe_simulator):
    spe_simulator.faults.add("*", "status", times=2)
    spe_simulator.faults.add("GetUsers", "status", status=503, times=None)
    statuses = [api.request("/api/invoke/GetUsers", "instanceID=test01").status for _ in range(5)]
    assert statuses == [500, 500, 503, 503, 503]
    assert api.request("/api/invoke/GetEnvironmentInfo").status == 200
    spe_simulator.faults.clear()
    assert api.result("GetUsers", instanceID="test01")


def test_faults_that_cannot_be(spe_simulator):
    with pytest.raises(ValueError, match="fault kind cannot be 'explode'"):
        spe_simulator.faults.add("*", "explode")
    with pytest.raises(ValueError, match="status cannot be 99"):
        spe_simulator.faults.add("*", "status", status=99)
    with pytest.raises(ValueError, match="times cannot be 0"):
        spe_simulator.faults.add("*", "status", times=0)
    with pytest.raises(ValueError, match="seconds cannot be -1"):
        spe_simulator.faults.add("*", "delay", seconds=-1)
    with pytest.raises(TypeError, match="function cannot be None"):
        spe_simulator.faults.add(None, "delay")
    assert spe_simulator.faults.all() == []


def test_taking_one_away(api, spe_simulator):
    first = spe_simulator.faults.add("Ping", "status", times=None)
    second = spe_simulator.faults.add("Ping", "status", status=503)
    assert [fault.number for fault in spe_simulator.faults.all()] == [first, second]
    assert spe_simulator.faults.remove(first)
    assert not spe_simulator.faults.remove(first)
    assert [api.request("/api/invoke/Ping").status for _ in range(2)] == [503, 200]
    assert spe_simulator.faults.all() == []
