"""Many jobs at once, over few connections and with every result right."""

import asyncio
import resource
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailstore_sdk import ArgumentError, AsyncSPEClient, JobTimeoutError, SPEClient, errors
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

    def test_changes_are_told_as_they_come(self, connect: Connect, simulator: Simulator) -> None:
        told: list[tuple[Any, Any]] = []

        def on_status(job: Any, status: Any) -> None:
            told.append((job.token, status))
            raise RuntimeError("is logged")

        with connect(**to(simulator, poll_wait=1)) as spe:
            jobs = [spe.instance("test01").verify_store(1) for _ in range(3)]
            spe.jobs.wait_all(jobs, on_status=on_status, concurrency=2)
            for job in jobs:
                of_job = [status for token, status in told if token == job.token]
                assert of_job[-1] == job.status
                assert "".join(status.log for status in of_job) == job.log
        assert simulator.connections <= 2

    def test_what_is_still_running_says_so(self, connect: Connect) -> None:
        with Simulator(clock="manual") as simulator, connect(**to(simulator)) as spe:
            jobs = [spe.instance("test01").verify_store(1) for _ in range(3)]
            outcomes = spe.jobs.wait_all(jobs, timeout=0.3, concurrency=2)
        assert [type(outcome.error) for outcome in outcomes] == [JobTimeoutError] * 3

    def test_lost_work_stops_nobody_elses_wait(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator, poll_wait=0.2)) as spe:
            archive = spe.instance("test01")
            lost, kept = archive.verify_store(1), archive.verify_store(2)
            lost = spe.resume(lost.token.replace('"token":"', '"token":"gone-'))
            outcomes = spe.jobs.wait_all([lost, kept])
        assert [type(outcome.error) for outcome in outcomes] == [errors.JobLostError, type(None)]

    def test_at_least_one_at_once(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator)) as spe, pytest.raises(ArgumentError, match="concurrency cannot be 0"):
            spe.jobs.wait_all([], concurrency=0)


async def rows_of(archive: Any, day: int) -> Any:
    """Work whose result depends on the day."""
    start = NEWEST - timedelta(days=day)
    arguments = {"instanceID": archive.instance_id, "timeZoneID": "UTC", "profileID": None, "userName": None}
    return await archive._client.start("GetWorkerResults", fromIncluding=start, toExcluding=start + timedelta(days=1), **arguments)


def test_a_thousand_jobs_on_one_async_client(capsys: pytest.CaptureFixture[str]) -> None:
    """With the default limit of connections; by ``wait_all``, over ten of them, and by a task for each job."""

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    async def main(simulator: Simulator) -> None:
        async with AsyncSPEClient(**to(simulator)) as spe:
            archive = spe.instance("test01")
            days = [number % 40 for number in range(1000)]
            expected = [outcome.value for outcome in await spe.jobs.wait_all([await rows_of(archive, day) for day in range(40)])]
            assert len({str(rows) for rows in expected}) > 20

            one_by_one = await asyncio.gather(*(rows_of(archive, day) for day in days))
            results = await asyncio.gather(*(job.result(timeout=300) for job in one_by_one))
            assert results == [expected[day] for day in days]

        many = simulator.connections
        async with AsyncSPEClient(**to(simulator)) as spe:
            archive = spe.instance("test01")
            together = [outcome.value async for outcome in spe.map(lambda day: rows_of(archive, day), days, in_order=True)]
            outcomes = await spe.jobs.wait_all(together, timeout=300)
            assert [outcome.value for outcome in outcomes] == [expected[day] for day in days]
        few = simulator.connections - many
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with capsys.disabled():
            print(f"\n1,000 jobs: {many} connections with a task each, {few} with wait_all; peak {peak:.0f} MB with the simulator")  # noqa: T201 - a figure to be seen
        assert peak - before < 300, "simulator included, a few hundred kB for each job at most"
        assert many <= 100
        assert few <= 10

    with Simulator(clock="seconds:1", long_running_rows=0) as simulator:
        asyncio.run(main(simulator))


def test_fifty_threads_share_one_session_for_two_thousand_calls() -> None:
    with Simulator(protocol="session") as simulator, SPEClient(**to(simulator, protocol="session")) as spe:
        archive = spe.instance("test01")
        expected = len(archive.get_users())
        counts: list[int] = []

        def work() -> None:
            counts.extend(len(archive.get_users()) for _ in range(40))

        threads = [threading.Thread(target=work) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert counts == [expected] * 2000
        calls = [(call.function, call.status) for call in simulator.calls]
    assert [status for _, status in calls if status != 200] == []
    assert [function for function, _ in calls].count("login") == 1
    assert simulator.connections == 1
