"""Many jobs at once, over few connections and with every result right."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from mailstore_sdk import ArgumentError, JobTimeoutError, JobToken, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect

NEWEST = datetime(2026, 1, 1)


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    return {"host": simulator.url, "username": "admin", "password": "admin", "ca_file": simulator.ca_file, **more}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(clock="seconds:0.5") as simulator:
        yield simulator


class TestWaitAll:
    def test_each_job_has_its_outcome_in_order(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator, poll_wait=1)) as spe:
            archive = spe.instance("test01")
            jobs = [archive.verify_store(1), archive.verify_stores(), archive.verify_store(2)]
            jobs[2].cancel()
            jobs[0].result(timeout=60)
            outcomes = spe.jobs.wait_all(jobs, timeout=60)
            assert [outcome.item.function for outcome in outcomes] == ["VerifyStore", "VerifyStores", "VerifyStore"]
            assert [type(outcome.error) for outcome in outcomes] == [type(None), type(None), errors.JobCancelledError]
            assert spe.jobs.wait_all([]) == []

    def test_changes_are_reported_as_they_come(self, connect: Connect, simulator: Simulator) -> None:
        reported: list[tuple[Any, Any]] = []

        def on_status(job: Any, status: Any) -> None:
            reported.append((job.token, status))
            raise RuntimeError("is logged")

        with connect(**to(simulator, poll_wait=1)) as spe:
            jobs = [spe.instance("test01").verify_store(1) for _ in range(3)]
            spe.jobs.wait_all(jobs, on_status=on_status, concurrency=2)
            for job in jobs:
                of_job = [status for token, status in reported if token == job.token]
                assert of_job[-1] == job.status
                assert "".join(status.log for status in of_job) == job.log
        assert simulator.connections <= 2

    def test_running_jobs_are_reported_as_running(self, connect: Connect) -> None:
        with Simulator(clock="manual") as simulator, connect(**to(simulator)) as spe:
            jobs = [spe.instance("test01").verify_store(1) for _ in range(3)]
            outcomes = spe.jobs.wait_all(jobs, timeout=0.3, concurrency=2)
        assert [type(outcome.error) for outcome in outcomes] == [JobTimeoutError] * 3

    def test_a_lost_job_does_not_stop_other_waits(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator, poll_wait=0.2)) as spe:
            archive = spe.instance("test01")
            lost, kept = archive.verify_store(1), archive.verify_store(2)
            lost = spe.resume(str(JobToken(lost.function, "gone")))
            outcomes = spe.jobs.wait_all([lost, kept])
        assert [type(outcome.error) for outcome in outcomes] == [errors.JobLostError, type(None)]

    def test_concurrency_must_be_positive(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator)) as spe, pytest.raises(ArgumentError, match="concurrency cannot be 0"):
            spe.jobs.wait_all([], concurrency=0)
