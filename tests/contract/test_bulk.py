"""The same call for many items: as completed or in order, with limited concurrency, each with its own outcome."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from mailstore_sdk import ArgumentError, AsyncJob, AsyncSPEClient, Failure, FunctionFailedError, Job, Outcome, SPEClient, Success
from mailstore_sdk.bulk import Schedule, in_tasks, in_threads
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.virtual_time import run_in_virtual_time

NAMES = ["alice", "zoe", "bob"]


def test_each_item_has_its_outcome(spe_client: SPEClient) -> None:
    archive = spe_client.instance("test01")
    outcomes = list(spe_client.map(archive.get_user_info, NAMES, concurrency=2, in_order=True))
    assert [outcome.item for outcome in outcomes] == NAMES
    assert [outcome.value.user_name if outcome.value else None for outcome in outcomes] == ["alice", None, "bob"]
    assert isinstance(outcomes[1].error, FunctionFailedError)
    assert [type(outcome) for outcome in outcomes] == [Success, Failure, Success]
    unordered = spe_client.map(archive.get_user_info, NAMES, concurrency=2)
    assert {outcome.item: outcome.value for outcome in unordered} == {outcome.item: outcome.value for outcome in outcomes}


def test_each_item_of_an_async_map_has_its_outcome(spe_simulator: Simulator) -> None:
    server = spe_simulator

    async def main() -> list[Outcome[str, object]]:
        async with AsyncSPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            archive = spe.instance("test01")
            return [outcome async for outcome in spe.map(archive.get_user_info, NAMES, concurrency=2, in_order=True)]

    outcomes = asyncio.run(main())
    assert [outcome.item for outcome in outcomes] == NAMES
    assert [type(outcome.error) for outcome in outcomes] == [type(None), FunctionFailedError, type(None)]


SLOW, FAST, ITEMS, AT_ONCE = 3.0, 0.2, 40, 4
"""One item takes long and 39 do not, four at once: the slow one keeps one place, and the others share three."""
IDEAL = max(SLOW, (ITEMS - 1) * FAST / (AT_ONCE - 1))


@pytest.mark.parametrize("in_order", [False, True])
@pytest.mark.parametrize("slow", [0, 20])
def test_nothing_waits_for_a_slow_item(slow: int, *, in_order: bool) -> None:
    completed: list[int] = []

    async def work(number: int) -> int:
        await asyncio.sleep(SLOW if number == slow else FAST)
        completed.append(number)
        return number

    async def main() -> list[int]:
        return [outcome.item async for outcome in in_tasks(Schedule(work, iter(range(ITEMS)), AT_ONCE, AT_ONCE, in_order))]

    given, seconds = run_in_virtual_time(main())
    assert (given if in_order else sorted(given)) == list(range(ITEMS))
    assert in_order or given[-1] == slow
    if slow == 0:
        assert completed[-1] == slow
        assert seconds <= 1.1 * IDEAL
    else:  # the slow call starts after a few rounds, and ends last
        assert seconds <= slow / AT_ONCE * FAST + SLOW + 1e-9


@pytest.mark.parametrize("in_order", [False, True])
def test_no_thread_waits_for_a_slow_item(*, in_order: bool) -> None:
    others_done = threading.Event()
    completed = count(1)

    def work(number: int) -> bool:
        if number == 0:
            return others_done.wait(30)
        if next(completed) == ITEMS - 1:
            others_done.set()
        return False

    outcomes = list(in_threads(Schedule(work, iter(range(ITEMS)), AT_ONCE, AT_ONCE, in_order)))
    assert [outcome.item for outcome in outcomes if outcome.value] == [0], "the slow item ran until all others were done"
    assert len(outcomes) == ITEMS
    assert not in_order or outcomes[0].item == 0


def endless(taken: list[int]) -> Iterator[int]:
    number = 0
    while True:
        taken.append(number)
        yield number
        number += 1


def test_items_are_read_as_needed_and_calls_are_limited() -> None:
    taken: list[int] = []
    running, most = 0, 0
    lock = threading.Lock()

    def work(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.005)
        with lock:
            running -= 1
        return number * 2

    outcomes = in_threads(Schedule(work, iter(endless(taken)), 3, 3, False))
    for outcome in (next(outcomes) for _ in range(10)):
        assert outcome.value == outcome.item * 2
    outcomes.close()  # type: ignore[attr-defined] # a generator
    assert most <= 3
    assert len(taken) <= 10 + 3


def test_tasks_are_limited_too_and_end_with_the_loop() -> None:
    taken: list[int] = []
    cancelled = 0

    async def work(number: int) -> int:
        nonlocal cancelled
        try:
            await asyncio.sleep(0 if number < 5 else 60)
        except asyncio.CancelledError:
            cancelled += 1
            raise
        return number

    async def main() -> list[int | None]:
        outcomes: AsyncIterator[Outcome[int, int]] = in_tasks(Schedule(work, iter(endless(taken)), 3, 3, True))
        found = [(await anext(outcomes)).value for _ in range(4)]
        await asyncio.sleep(0.01)
        await outcomes.aclose()  # type: ignore[attr-defined] # a generator
        await asyncio.sleep(0.01)
        return found

    assert asyncio.run(main()) == [0, 1, 2, 3]
    assert cancelled >= 1
    assert len(taken) <= 7


def test_an_error_that_is_not_ours_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_threads(Schedule(lambda number: 1 // number, iter([0]), 1, 1, False)))


@pytest.mark.parametrize("concurrency", [0, -1, 1.5, "5", None, True])
def test_concurrency_must_be_a_positive_number(concurrency: Any) -> None:
    with pytest.raises(ArgumentError, match=f"concurrency cannot be {concurrency!r}; expected an int, 1 or more"):
        in_threads(Schedule(str, iter([1]), concurrency, concurrency, False))


class Server:
    """Jobs of one simulator, which end when so many run at once, or when all have begun; counts what runs at once."""

    def __init__(self, simulator: Simulator, at_once: int, jobs: int) -> None:
        self.simulator, self.at_once, self.to_begin = simulator, at_once, jobs
        self.running = self.most = 0
        self.lock = threading.Lock()

    def begin(self, job: Job[object] | AsyncJob[object]) -> None:
        with self.lock:
            self.running += 1
            self.to_begin -= 1
            self.most = max(self.most, self.running)
            if self.running == self.at_once or not self.to_begin:
                self.simulator.advance(100)
        job.add_done_callback(lambda _: self.end())

    def end(self) -> None:
        with self.lock:
            self.running -= 1


STORES = [1, 2, 99, 1, 2, 1, 2, 1, 2, 1]


@pytest.mark.parametrize("in_order", [False, True])
def test_a_job_is_started_when_another_ends(connect: Connect, *, in_order: bool) -> None:
    with (
        Simulator(clock="manual") as simulator,
        connect(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file) as spe,
    ):
        archive, server = spe.instance("test01"), Server(simulator, 3, len(STORES) - STORES.count(99))
        changes: list[str] = []

        def start(store: int) -> Job[None]:
            job = archive.verify_store(store)
            server.begin(job)
            return job

        async def start_async(store: int) -> AsyncJob[None]:
            job = await archive._target.verify_store(store)
            server.begin(job)
            return job

        outcomes = spe.jobs.map(
            start_async if hasattr(archive, "_target") else start,
            STORES,
            max_running=3,
            on_status=lambda job, status: changes.append(status.state),
            in_order=in_order,
        )
        outcomes = list(outcomes)
    assert server.most == 3
    assert server.running == 0
    assert sorted(outcome.item for outcome in outcomes) == sorted(STORES)
    assert not in_order or [outcome.item for outcome in outcomes] == STORES
    failed = [outcome for outcome in outcomes if outcome.error]
    assert [(outcome.item, type(outcome.error)) for outcome in failed] == [(99, FunctionFailedError)]
    assert changes.count("succeeded") == len(STORES) - 1


def test_an_error_that_is_not_ours_lists_the_running_jobs(spe_simulator: Simulator) -> None:
    server = spe_simulator
    server.clock = "manual"
    with SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file, poll_wait=0.1) as spe:
        started: list[Job[None]] = []

        def start(store: int) -> Job[None]:
            started.append(spe.instance("test01").verify_store(1 // store))
            return started[-1]

        with pytest.raises(ZeroDivisionError) as caught:
            list(spe.jobs.map(start, [1, 0], concurrency=1))
    (note,) = caught.value.__notes__
    assert started[0].token in note


def test_what_is_not_a_job_of_the_client_is_refused_with_the_tokens_of_those_that_are(spe_simulator: Simulator) -> None:
    server = spe_simulator
    server.clock = "manual"
    options: Any = {"username": "admin", "password": "admin", "ca_file": server.ca_file, "poll_wait": 0.1}

    async def main() -> None:
        async with AsyncSPEClient(server.url, **options) as spe:
            archive = spe.instance("test01")
            job, forgotten = await archive.verify_store(1), archive.verify_store(1)
            with pytest.raises(TypeError, match="^expected a job of the class AsyncJob, not coroutine; await what is async") as caught:
                await spe.jobs.wait_all([job, forgotten], concurrency=1)  # type: ignore[list-item] # as without a type checker
            assert job.token in caught.value.__notes__[0]
            forgotten.close()
            for other in (sync_job, [archive]):
                with pytest.raises(TypeError, match=f"AsyncJob, not {type(other).__name__}; await"):
                    await spe.jobs.wait_all([other])  # type: ignore[list-item] # the same
            with pytest.raises(TypeError, match="expected a job of the class Job, not AsyncJob;"):
                sync.jobs.wait_all([job])  # type: ignore[list-item] # the same

    with SPEClient(server.url, **options) as sync:
        sync_job = sync.instance("test01").verify_store(1)
        asyncio.run(main())


def test_async_callbacks_are_refused(spe_client: SPEClient) -> None:
    async def callback(*_: object) -> None: ...

    job = spe_client.instance("test01").verify_store(1)
    with pytest.raises(ArgumentError, match="^a callback cannot be an async function, which would not be awaited; expected a plain one$"):
        job.add_done_callback(callback)
    with pytest.raises(ArgumentError, match="^on_status cannot be an async function"):
        spe_client.jobs.wait_all([job], on_status=callback)


def test_the_sync_client_maps_no_async_function(spe_client: SPEClient) -> None:
    async def call(item: int) -> Any:
        called.append(item)

    called: list[int] = []
    for map_ in (spe_client.map, spe_client.jobs.map):
        with pytest.raises(ArgumentError, match="^the function cannot be an async function, which would not be awaited"):
            list(map_(call, [1]))  # type: ignore[operator] # as without a type checker
    assert not called


@pytest.mark.parametrize("name", ["max_running", "concurrency"])
def test_concurrency_must_be_positive_for_jobs(spe_client: SPEClient, name: str) -> None:
    with pytest.raises(ArgumentError, match=f"{name} cannot be 0; expected an int, 1 or more"):
        spe_client.jobs.map(spe_client.instance("test01").verify_store, [1], **{name: 0})  # type: ignore[arg-type] # either name


@pytest.mark.parametrize("timeout", ["5", timedelta(seconds=5)])
def test_a_timeout_that_is_no_number_is_refused_before_a_job_is_started(
    spe_client: SPEClient, spe_simulator: Simulator, timeout: Any
) -> None:
    with pytest.raises(ArgumentError, match="timeout cannot be .*; expected seconds, or None for the client's job_timeout"):
        spe_client.jobs.map(spe_client.instance("test01").verify_store, [1], timeout=timeout)
    assert not spe_simulator.calls


def test_an_interrupted_map_ends_immediately_whatever_its_calls_wait_for() -> None:
    def call(number: int) -> int:
        if number:
            release.wait(30)
            ended.append(number)
        return number

    release, ended = threading.Event(), list[int]()
    with SPEClient("localhost", username="a", password="b") as spe:
        mapped = spe.map(call, [0, 1, 2], concurrency=2)
        assert next(mapped).value == 0
        mapped.close()  # type: ignore[attr-defined] # a generator; so it ends where Ctrl-C or a break leaves it
        assert ended == []
        release.set()
