"""Long-running work with both clients: progress, log, results, cancelling, timeouts, loss."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mailstore_sdk import AsyncSPEClient, JobState, JobStatus, SPEClient, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.processes import wait_until


@pytest.fixture
def simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    clock = getattr(request, "param", "seconds:0.4")
    with Simulator(seed="demo", clock=clock) as simulator:
        yield simulator


@pytest.fixture
def archive(connect: Connect, simulator: Simulator) -> Iterator[Any]:
    with connect(
        simulator.url,
        username=simulator.username,
        password=simulator.password,
        ca_file=simulator.ca_file,
        strict=True,
        poll_wait=60,
    ) as spe:
        yield spe.instance("test01")


def calls(simulator: Simulator) -> list[str]:
    return [call.function for call in simulator.calls]


def polls(simulator: Simulator, argument: str) -> list[int]:
    """The values of an argument of the polls so far."""
    return [int(call.arguments[argument]) for call in simulator.calls if call.function == "get-status" and call.arguments]


def wait_for_polls(simulator: Simulator, count: int) -> None:
    wait_until(lambda: calls(simulator).count("get-status") >= count)


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_job_is_returned_immediately_and_shows_its_progress(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    assert (job.function, job.done, job.percent, job.log) == ("VerifyStore", False, None, "")
    assert repr(job) in {"<Job VerifyStore running>", "<AsyncJob VerifyStore running>"}

    simulator.advance()
    statuses: list[JobStatus] = []
    for status in job:
        statuses.append(status)
        simulator.advance()
    assert job.done
    assert job.status == statuses[-1]
    assert job.status.state is JobState.SUCCEEDED
    assert job.percent == 100
    versions = [status.version for status in statuses]
    assert versions == sorted(set(versions))
    percents = [status.percent for status in statuses if status.percent is not None]
    assert percents == sorted(percents)
    assert len(percents) > 3
    assert "".join(status.log for status in statuses) == job.log
    lines = job.log.splitlines()
    assert lines[0] == "Checking store 1..."
    assert "messages checked..." in lines[-2]
    assert "\r" not in job.log
    assert job.result() is None
    assert list(job) == [job.status], "a job that is done gives its final status"
    assert "100 %" in repr(job)
    assert calls(simulator).count("VerifyStore") == 1


def test_result_waits(archive: Any) -> None:
    assert archive.verify_store(1).result(timeout=60) is None


def test_the_server_holds_polls_so_few_are_needed(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    changes = len(list(job))
    assert calls(simulator).count("get-status") <= changes + 1


@pytest.mark.parametrize("simulator", ["immediate", "polls:3"], indirect=True)
def test_a_finished_job_needs_few_polls(archive: Any) -> None:
    job = archive.verify_store(1)
    statuses = list(job)
    assert statuses[-1].state == "succeeded"
    assert job.log.startswith("Checking store 1...\n")


@pytest.mark.parametrize("timeout", ["5", object()])
def test_a_timeout_that_is_no_number_is_refused(archive: Any, timeout: object) -> None:
    job = archive.verify_store(1)
    with pytest.raises(errors.ArgumentError, match="timeout cannot be .*; expected seconds, or None for the client's job_timeout"):
        job.result(timeout=timeout)
    assert job.result(timeout=60) is None


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_waiting_can_continue_after_a_timeout(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    began = time.monotonic()
    with pytest.raises(errors.JobTimeoutError, match="VerifyStore is still running; wait for it again") as caught:
        job.result(timeout=0.3)
    assert time.monotonic() - began >= 0.3
    assert all(held <= 300 for held in polls(simulator, "millisecondsTimeout")), "no poll outlasts the wait"
    assert caught.value.token
    assert not job.done
    while simulator.advance():
        pass
    job.wait(timeout=60)
    assert job.result() is None


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_cancelled_job_ends_by_its_status(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    simulator.advance(3)
    next(iter(job))
    job.cancel()
    with pytest.raises(errors.JobCancelledError, match="VerifyStore was cancelled") as caught:
        job.result(timeout=60)
    assert job.status.state is JobState.CANCELLED
    assert caught.value.log == job.log != ""
    job.cancel()
    assert calls(simulator).count("cancel-async") == 1


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_poll_without_news_is_no_change(connect: Connect, simulator: Simulator) -> None:
    with connect(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file, poll_wait=0.1) as spe:
        job = spe.instance("test01").verify_store(1)
        with ThreadPoolExecutor(1) as threads:
            seen = threads.submit(list, job)
            wait_for_polls(simulator, 4)
            assert set(polls(simulator, "lastKnownStatusVersion")) == {0}
            simulator.advance(100)
    assert seen.result()[-1].state == "succeeded"
    versions = [status.version for status in seen.result()]
    assert versions == sorted(set(versions) - {0}), "only changes are reported"


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_refresh_polls_once_without_waiting(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    assert job.refresh().state is JobState.RUNNING
    simulator.advance(2)
    assert "Checking store 1..." in job.refresh().log
    simulator.advance(100)
    seen: list[bool] = []
    job.add_done_callback(lambda done: seen.append(done.done))
    assert job.refresh().state is JobState.SUCCEEDED
    assert job.refresh() == job.status
    assert seen == [True]
    assert polls(simulator, "millisecondsTimeout") == [0, 0, 0]


def test_a_failed_job_has_the_reason(archive: Any) -> None:
    disabled = next(store for store in archive.get_stores() if store.requested_state == "disabled")
    with pytest.raises(errors.JobFailedError) as caught:
        archive.verify_store(disabled.id).result(timeout=60)
    assert caught.value.server_message
    assert caught.value.function == "VerifyStore"
    assert caught.value.arguments["id"] == disabled.id


def test_an_unknown_store_fails_at_the_start(archive: Any) -> None:
    with pytest.raises(errors.FunctionFailedError) as caught:
        archive.verify_store(99)
    assert not isinstance(caught.value, errors.JobError)


def test_a_failed_poll_is_retried(archive: Any, simulator: Simulator) -> None:
    for kind in ("drop_before", "drop_after", "cut_body"):
        simulator.faults.add("get-status", kind)  # type: ignore[arg-type] # literals from a loop
        assert archive.verify_store(1).result(timeout=60) is None


def test_no_log_line_is_lost_with_a_lost_poll(archive: Any, simulator: Simulator) -> None:
    undisturbed = archive.verify_store(1)
    undisturbed.wait()
    simulator.faults.add("get-status", "drop_after", times=2)
    disturbed = archive.verify_store(1)
    disturbed.wait()
    assert disturbed.log == undisturbed.log


def test_a_lost_token_is_a_lost_job(archive: Any, simulator: Simulator) -> None:
    simulator.faults.add("get-status", "lose_token")
    job = archive.verify_store(1)
    with pytest.raises(errors.JobLostError, match="no longer known to the server"):
        job.result(timeout=60)


def test_a_start_whose_reply_is_lost_is_never_retried(archive: Any, simulator: Simulator) -> None:
    simulator.faults.add("VerifyStore", "drop_after")
    with pytest.raises(errors.OutcomeUnknownError, match="check its state before you call again"):
        archive.verify_store(1)
    assert calls(simulator) == ["VerifyStore"]


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_server_that_hangs_does_not_outlast_the_wait(archive: Any, simulator: Simulator) -> None:
    job = archive.verify_store(1)
    simulator.faults.add("get-status", "delay", times="always", seconds=60)
    began = time.monotonic()
    with pytest.raises(errors.JobTimeoutError):
        job.result(timeout=0.3)
    assert time.monotonic() - began < 45


def test_threads_that_share_a_job_all_get_its_result(simulator: Simulator) -> None:
    with SPEClient(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file) as spe:
        job = spe.instance("test01").verify_store(1)
        done: list[bool] = []

        def wait() -> None:
            job.result(timeout=60)
            done.append(job.done)

        threads = [threading.Thread(target=wait) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert done == [True] * 8
        assert job.log.count("Checking store 1...") == 1


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_thread_waiting_for_another_threads_poll_has_its_own_timeout(simulator: Simulator) -> None:
    with (
        SPEClient(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file, poll_wait=60) as spe,
        ThreadPoolExecutor(1) as threads,
    ):
        job = spe.instance("test01").verify_store(1)
        other = threads.submit(job.wait, timeout=60)
        wait_for_polls(simulator, 1)
        with pytest.raises(errors.JobTimeoutError):
            job.result(timeout=0.2)
        assert not other.done()
        simulator.advance(100)
        other.result()
    assert calls(simulator).count("get-status") == 1


@pytest.mark.parametrize("simulator", ["manual"], indirect=True)
def test_a_task_that_waits_for_another_tasks_poll_has_its_own_timeout(simulator: Simulator) -> None:
    async def main() -> None:
        async with AsyncSPEClient(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file, poll_wait=60) as spe:
            job = await spe.instance("test01").verify_store(1)
            other = asyncio.create_task(job.wait(timeout=60))
            await asyncio.to_thread(wait_for_polls, simulator, 1)
            with pytest.raises(errors.JobTimeoutError):
                await job.result(timeout=0.2)
            assert not other.done()
            simulator.advance(100)
            await other

    asyncio.run(main())
    assert calls(simulator).count("get-status") == 1


def test_tasks_that_share_a_job_all_get_its_result(simulator: Simulator) -> None:
    async def main() -> None:
        async with AsyncSPEClient(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file) as spe:
            job = await spe.instance("test01").verify_store(1)
            assert await asyncio.gather(*(job.result(timeout=60) for _ in range(8))) == [None] * 8
            assert job.log.count("Checking store 1...") == 1

    asyncio.run(main())


def test_many_jobs_at_once_over_few_connections(simulator: Simulator) -> None:
    async def main() -> None:
        async with AsyncSPEClient(
            simulator.url, username="admin", password="admin", ca_file=simulator.ca_file, max_connections=20, poll_wait=0.5
        ) as spe:
            archive = spe.instance("test01")
            jobs = await asyncio.gather(*(archive.verify_store(1) for _ in range(60)))
            await asyncio.gather(*(job.result(timeout=60) for job in jobs))
            assert {job.status.state for job in jobs} == {JobState.SUCCEEDED}

    asyncio.run(main())
    assert simulator.connections <= 20


@pytest.mark.parametrize("timeout", [float("inf"), float("nan"), 1e12])
def test_a_wait_without_an_end(connect: Connect, simulator: Simulator, timeout: float) -> None:
    with connect(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file) as spe:
        job = spe.instance("test01").verify_store(1)
        job.cancel()
        with pytest.raises(errors.JobCancelledError):
            job.result(timeout=timeout)
