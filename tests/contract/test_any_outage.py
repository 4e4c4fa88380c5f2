"""A server goes away and comes back while its jobs are waited for: every wait ends with the job's own result."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import Hooks, RetryEvent, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.outage import outage, stop_and_start
from tests.support.sockets import free_port

PATIENCE = 300


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(clock="manual", port=free_port()) as simulator:
        yield simulator


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    return {"host": simulator.url, "username": "admin", "password": "admin", "ca_file": simulator.ca_file, "poll_wait": 1, **more}


def starts(simulator: Simulator) -> int:
    return [call.function for call in simulator.calls].count("VerifyStore")


def test_a_job(connect: Connect, simulator: Simulator, outage_seconds: float, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    retries: list[RetryEvent] = []
    with connect(**to(simulator, hooks=Hooks(on_retry=retries.append), retries=0)) as spe, outage(simulator, outage_seconds):
        job = spe.instance("test01").verify_store(1)
        assert job.result(timeout=PATIENCE) is None
        assert job.log.splitlines()[-1] == "Done. No errors."
    assert starts(simulator) == 1
    assert {retry.request.function for retry in retries} == {"get-status"}
    assert [retry.request.attempt for retry in retries] == list(range(1, len(retries) + 1))
    assert "Trying again in" in caplog.text


def test_a_call_that_is_polled_internally(connect: Connect, simulator: Simulator, outage_seconds: float) -> None:
    with connect(**to(simulator)) as spe, outage(simulator, outage_seconds):
        assert spe.call("VerifyStore", instanceID="test01", id=1, includeIndexes=False) is None
    assert starts(simulator) == 1


def test_two_hundred_jobs(connect: Connect, simulator: Simulator, outage_seconds: float) -> None:
    with connect(**to(simulator)) as spe:
        archive = spe.instance("test01")
        jobs = [archive.verify_store(1) for _ in range(200)]
        with outage(simulator, outage_seconds):
            outcomes = spe.jobs.wait_all(jobs, timeout=PATIENCE)
    assert [outcome.error for outcome in outcomes] == [None] * 200
    assert starts(simulator) == 200


def test_the_wrappers_interface(simulator: Simulator, outage_seconds: float) -> None:
    port, ca_file = simulator.port, simulator.ca_file
    with mailstore.spe.Client(port=port, host="localhost", ca_file=ca_file, logLevel=0, waitTime=1000) as client:
        with outage(simulator, outage_seconds):
            assert client.VerifyStore("test01", 1)["statusCode"] == "succeeded"
    assert starts(simulator) == 1


def test_the_wrappers_errors_name_the_function_and_the_job(simulator: Simulator) -> None:
    ca_file = simulator.ca_file
    with mailstore.spe.Client(port=simulator.port, host="localhost", ca_file=ca_file, logLevel=0, waitTime=0) as client:
        simulator.faults.add("get-status", "status", status=401)
        with pytest.raises(errors.JobRequestError) as caught:
            client.VerifyStore("test01", 1)
    assert (caught.value.function, caught.value.server_acted) == ("VerifyStore", "yes")
    assert caught.value.arguments["id"] == 1
    assert caught.value.token


def test_a_wait_that_ends_during_the_outage(connect: Connect, simulator: Simulator) -> None:
    with connect(**to(simulator)) as spe:
        job = spe.instance("test01").verify_store(1)
        simulator.faults.add("get-status", "drop_before", "always")
        for timeout in (0.5, 5, 50):  # longer, if a busy machine polls too late
            with pytest.raises(errors.JobTimeoutError) as caught:
                job.result(timeout=timeout)
            if "The last poll failed" in str(caught.value):
                break
        assert "The last poll failed" in str(caught.value)
        assert (caught.value.function, caught.value.token, caught.value.server_acted) == ("VerifyStore", job.token, "yes")
        simulator.faults.clear()
        simulator.advance(1000)
        assert job.result(timeout=PATIENCE) is None


def test_a_client_closed_during_the_outage(connect: Connect, simulator: Simulator) -> None:
    spe = connect(**to(simulator))
    job = spe.instance("test01").verify_store(1)
    spe.close()
    with pytest.raises(errors.JobRequestError, match="the client is closed") as caught:
        job.result(timeout=PATIENCE)
    assert (caught.value.function, caught.value.token, caught.value.server_acted) == ("VerifyStore", job.token, "yes")


def test_a_server_that_has_forgotten_its_jobs(connect: Connect, simulator: Simulator) -> None:
    with connect(**to(simulator)) as spe:
        job = spe.instance("test01").verify_store(1)
        stop_and_start(simulator, 0)
        simulator._world.tasks.clear()
        with pytest.raises(errors.JobLostError) as caught:
            job.result(timeout=PATIENCE)
    assert (caught.value.function, caught.value.token, caught.value.server_acted) == ("VerifyStore", job.token, "yes")
