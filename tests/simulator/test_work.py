"""Long-running work: statuses, long polls, clocks, cancellation."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mailstore_sdk.simulator import tasks
from mailstore_sdk.simulator.tasks import Clock, Plan, Step, Tasks
from tests.support.polls import wait_for_open_polls
from tests.support.processes import PATIENCE
from tests.support.virtual_time import run_in_virtual_time

STORE = {"instanceID": "test01", "id": "1", "includeIndexes": "true"}
OPENING = "Checking store 1...\r\nListing messages...\r\n400 messages to check.\r\nChecking...\r\n"
WHOLE_LOG = OPENING + "".join(f"  {count} messages checked...\r\n" for count in (100, 200, 300, 400)) + "Done. No errors.\r\n"


FOREVER = 10 * PATIENCE * 1000
"""Milliseconds of a poll that the client does not wait for: a reply in time proves that the server did not wait either."""


def logs(statuses):
    return "".join(status["logOutput"] or "" for status in statuses)


@pytest.mark.spe_simulator(clock="polls:6")
def test_a_verification(api):
    statuses = api.follow(api.call("VerifyStore", **STORE))
    first, opening, *_, final = statuses
    token = first["token"]
    assert token.startswith("sa")
    assert len(token) == 34
    nothing = {"error": None, "percentProgress": None, "statusText": None, "result": None, "logOutput": None}
    assert first == nothing | {"token": token, "statusVersion": 0, "statusCode": "running"}
    assert opening == nothing | {
        "token": token,
        "statusVersion": 5,
        "statusCode": "running",
        "percentProgress": 0,
        "logOutput": OPENING,
    }
    assert {status["token"] for status in statuses} == {token}
    assert [status["percentProgress"] for status in statuses] == [None, 0, 25, 50, 75, 99, 100]
    versions = [status["statusVersion"] for status in statuses]
    assert versions == sorted(set(versions))
    assert (final["statusCode"], final["error"], final["result"]) == ("succeeded", None, None)
    assert logs(statuses) == WHOLE_LOG
    assert len(statuses) == 7


@pytest.mark.spe_simulator(clock="polls:6")
def test_no_line_is_lost_for_a_client_that_knows_less(api):
    token = api.call("VerifyStore", **STORE)["token"]
    api.poll(token, 0)
    lost = api.poll(token, 5)
    assert lost["logOutput"] == "  100 messages checked...\r\n"
    assert api.poll(token, 5) == lost  # asking again returns the same, and the work has not advanced
    assert api.poll(token, 5)["logOutput"] == "  100 messages checked...\r\n  200 messages checked...\r\n"
    assert api.poll(token, -1)["logOutput"].startswith(OPENING)


@pytest.mark.spe_simulator(clock="polls:4")
@pytest.mark.parametrize("known", [-1, 0])
def test_a_client_that_always_sends_the_same_version_reaches_the_end(api, known):
    token = api.call("VerifyStore", **STORE)["token"]
    codes = [api.poll(token, known)["statusCode"] for _ in range(7)]
    assert codes == ["running"] * 6 + ["succeeded"]


@pytest.mark.spe_simulator(clock="polls:2")
def test_a_lost_poll_does_not_speed_up_the_work(connect, spe_simulator):
    token = connect().call("VerifyStore", **STORE)["token"]
    spe_simulator.faults.add("get-status", "drop_after")
    with pytest.raises(OSError):
        connect().poll(token, 0)
    api = connect()
    assert api.poll(token, 0)["statusCode"] == "running"
    assert api.poll(token, 0)["statusCode"] == "succeeded"


@pytest.mark.spe_simulator(clock="manual")
def test_another_clock(api, spe_simulator):
    first = api.call("VerifyStore", **STORE)["token"]
    spe_simulator.clock = "immediate"
    assert api.finish("VerifyStore", **STORE)["statusCode"] == "succeeded"
    assert api.poll(first, 0, wait=0)["statusCode"] == "running"  # running work keeps its clock
    with pytest.raises(ValueError, match="clock cannot be 'fast'"):
        spe_simulator.clock = "fast"
    assert spe_simulator.clock == "immediate"


@pytest.mark.spe_simulator(clock="manual")
def test_a_poll_waits_for_a_change(connect, spe_simulator):
    api, other = connect(), connect()
    token = api.call("VerifyStore", **STORE)["token"]
    start = time.monotonic()
    assert api.poll(token, 0, wait=200)["statusVersion"] == 0
    assert time.monotonic() - start >= 0.2
    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(api.poll, token, 0, FOREVER)
        wait_for_open_polls(spe_simulator)
        other.result("Ping")  # the server answers this one, and not the poll
        wait_for_open_polls(spe_simulator)
        spe_simulator.advance()
        assert poll.result()["statusVersion"] == 5
    assert api.poll(token, 0, FOREVER)["statusVersion"] == 5  # already known, so the reply is immediate


@pytest.mark.spe_simulator(clock="manual")
def test_manual_clock(api, spe_simulator):
    token = api.call("VerifyStore", **STORE)["token"]
    assert spe_simulator.advance() == 1
    assert api.poll(token, 0)["percentProgress"] == 0
    assert spe_simulator.advance(4) == 1
    assert spe_simulator.advance() == 0
    assert spe_simulator.advance() == 0
    assert api.poll(token, 0)["statusCode"] == "succeeded"


@pytest.mark.spe_simulator(clock="immediate")
def test_immediate_clock(api):
    first, final = api.follow(api.call("VerifyStore", **STORE))
    assert (first["statusVersion"], first["statusCode"], first["logOutput"]) == (0, "running", None)
    assert (final["statusCode"], final["logOutput"], final["token"]) == ("succeeded", WHOLE_LOG, first["token"])
    again = api.poll(first["token"], final["statusVersion"])
    assert (again["statusCode"], again["logOutput"]) == ("succeeded", None)


@pytest.mark.spe_simulator(clock="seconds:0.3")
def test_seconds_clock(api):
    start = time.monotonic()
    statuses = api.follow(api.call("VerifyStore", **STORE))
    assert time.monotonic() - start >= 0.3
    assert logs(statuses) == WHOLE_LOG


def test_the_seconds_clock_spreads_the_steps_evenly():
    async def work():
        running = Tasks(Clock.parse("seconds:3"))
        running.start(Plan(steps=(Step(percent=25), Step(percent=50)), last_line="Done."))
        (task,) = running.all()
        seen = []
        while task.running:
            await task.wait(task.version, 60)
            seen.append((asyncio.get_running_loop().time(), task.percent))
        return seen

    assert run_in_virtual_time(work()) == ([(1, 25), (2, 50), (3, 100)], 3)


@pytest.mark.spe_simulator(clock="polls:20")
def test_more_polls_than_steps(api):
    assert len(api.follow(api.call("VerifyStore", **STORE))) == 21


@pytest.mark.parametrize("clock", ["", "polls", "polls:0", "polls:x", "seconds:-1", "seconds:nan", "immediate:1", "fast"])
def test_unknown_clocks(clock):
    from mailstore_sdk.simulator import Simulator

    with pytest.raises(ValueError, match="clock cannot be"):
        Simulator(clock=clock)


@pytest.mark.parametrize("clock", ["manual", "seconds:60", "polls:3"])
def test_cancel(request, clock):
    request.node.add_marker(pytest.mark.spe_simulator(clock=clock))
    api = request.getfixturevalue("api")
    token = api.call("VerifyStore", **STORE)["token"]
    cancelled = api.envelope("/api/cancel-async", token=token)
    assert set(cancelled.values()) == {None}
    final = api.poll(token, 0)
    assert (final["statusCode"], final["error"], final["token"]) == ("cancelled", None, token)
    assert final["percentProgress"] != 100
    assert set(api.envelope("/api/cancel-async", token=token).values()) == {None}  # harmless
    assert api.poll(token, 0) == final


@pytest.mark.spe_simulator(clock="manual")
def test_cancelled_work_keeps_its_percentage(api, spe_simulator):
    token = api.call("VerifyStore", **STORE)["token"]
    spe_simulator.advance(2)
    version = api.poll(token, 0)["statusVersion"]
    api.envelope("/api/cancel-async", token=token)
    final = api.poll(token, version)
    assert (final["statusCode"], final["percentProgress"], final["statusVersion"]) == ("cancelled", 25, version + 1)
    assert api.call("VerifyStore", **STORE)["statusCode"] == "running"


@pytest.mark.spe_simulator(clock="immediate")
def test_work_that_fails(api, spe_simulator):
    final = api.finish("VerifyStore", **STORE | {"id": "3"})
    assert (final["statusCode"], final["result"]) == ("failed", None)
    assert final["error"]["message"] == "Archive store 3 is disabled and cannot be used."
    assert final["error"]["details"].startswith("System.Exception: ")
    spe_simulator.estate.instance("test01").store(1).damaged = 2
    assert api.finish("VerifyStore", **STORE)["error"]["message"] == "Archive store 1 has 2 damaged messages."


@pytest.mark.spe_simulator(clock="immediate")
def test_a_bug_ends_the_work(api, spe_simulator, monkeypatch, caplog):
    monkeypatch.setattr(spe_simulator.estate, "start_instance", lambda _: 1 / 0)
    assert api.finish("StartInstances", instanceFilter="test03")["error"]["message"] == "Internal error of the simulator."
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("path", ["get-status", "cancel-async"])
def test_unknown_tokens(api, path):
    body = "token=sa00" + ("&lastKnownStatusVersion=0&millisecondsTimeout=0" if path == "get-status" else "")
    assert api.request(f"/api/{path}", body).status == 404


@pytest.mark.spe_simulator(clock="manual")
def test_old_tokens_are_forgotten(api, spe_simulator, monkeypatch):
    monkeypatch.setattr(tasks, "TOKENS_KEPT", 3)
    running, *ended = (api.call("VerifyStore", **STORE)["token"] for _ in range(3))
    for token in ended:
        api.envelope("/api/cancel-async", token=token)
        assert api.poll(token, 0)["statusCode"] == "cancelled"
    api.call("VerifyStore", **STORE)
    codes = {token: api.request("/api/cancel-async", f"token={token}").status for token in (running, *ended)}
    assert codes == {running: 200, ended[0]: 404, ended[1]: 200}


@pytest.mark.parametrize("missing", ["lastKnownStatusVersion", "millisecondsTimeout"])
def test_get_status_needs_its_numbers(api, missing):
    form = {"token": "sa00", "lastKnownStatusVersion": "0", "millisecondsTimeout": "0"}
    del form[missing]
    envelope = api.envelope("/api/get-status", **form)
    assert envelope["error"]["message"] == "Nullable object must have a value."
    assert (envelope["statusCode"], envelope["statusVersion"]) == ("failed", 2)


@pytest.mark.spe_simulator(clock="immediate")
@pytest.mark.parametrize("wait", [-1, 2**62])
def test_odd_waits(api, wait):
    token = api.call("VerifyStore", **STORE)["token"]
    assert api.poll(token, 0, wait=wait)["statusCode"] == "succeeded"


@pytest.mark.spe_simulator(clock="manual")
def test_many_open_polls(connect, spe_simulator):
    apis = [connect() for _ in range(60)]
    token = apis[0].call("VerifyStore", **STORE)["token"]
    with ThreadPoolExecutor(len(apis)) as pool:
        polls = [pool.submit(api.poll, token, 0, FOREVER) for api in apis]
        wait_for_open_polls(spe_simulator, len(apis))
        spe_simulator.advance()
        assert {poll.result()["statusVersion"] for poll in polls} == {5}


@pytest.mark.spe_simulator(clock="manual")
def test_stopping_with_an_open_poll(connect, spe_simulator):
    from mailstore_sdk.simulator import Simulator

    api = connect()
    with Simulator(clock="manual") as other:
        client = type(api)(other)
        token = client.call("VerifyStore", **STORE)["token"]
        with ThreadPoolExecutor(1) as pool:
            poll = pool.submit(client.poll, token, 0, FOREVER)
            wait_for_open_polls(other)
            other.__exit__(None, None, None)
            with pytest.raises(OSError, match=r"closed|EOF|reset"):  # and not that the client's time is over
                poll.result()
        client.close()
        other.__enter__()


@pytest.mark.spe_simulator(clock="polls:2", long_running_rows=10)
def test_many_worker_results_become_work(api, spe_simulator):
    runs = spe_simulator.estate.instance("test01").runs
    span = {"fromIncluding": "2000-01-01T00:00:00", "toExcluding": "2100-01-01T00:00:00", "timeZoneID": "$Local"}
    final = api.finish("GetWorkerResults", instanceID="test01", **span)
    assert len(final["result"]) == len(runs) > 200
    ten = sorted(run.start for run in runs)[10]
    short = span | {"toExcluding": ten.isoformat()}
    assert len(api.result("GetWorkerResults", instanceID="test01", **short)) == 10
