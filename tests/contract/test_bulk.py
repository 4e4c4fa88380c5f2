"""The same call for many items: in order, some at once, each with its own outcome."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from mailstore_sdk import ArgumentError, AsyncSPEClient, FunctionFailedError, Outcome, SPEClient
from mailstore_sdk.bulk import in_tasks, in_threads
from mailstore_sdk.simulator import Simulator

NAMES = ["alice", "nobody", "bob"]


def test_each_item_has_its_outcome_in_order(spe_client: SPEClient) -> None:
    archive = spe_client.instance("test01")
    outcomes = list(spe_client.map(archive.get_user_info, NAMES, concurrency=2))
    assert [outcome.item for outcome in outcomes] == NAMES
    assert [outcome.value.user_name if outcome.value else None for outcome in outcomes] == ["alice", None, "bob"]
    assert isinstance(outcomes[1].error, FunctionFailedError)
    assert outcomes[0].error is None


def test_so_it_is_with_tasks(spe_simulator: Simulator) -> None:
    server = spe_simulator

    async def main() -> list[Outcome[str, object]]:
        async with AsyncSPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            archive = spe.instance("test01")
            return [outcome async for outcome in spe.map(archive.get_user_info, NAMES, concurrency=2)]

    outcomes = asyncio.run(main())
    assert [outcome.item for outcome in outcomes] == NAMES
    assert [type(outcome.error) for outcome in outcomes] == [type(None), FunctionFailedError, type(None)]


def endless(taken: list[int]) -> Iterator[int]:
    number = 0
    while True:
        taken.append(number)
        yield number
        number += 1


def test_items_are_taken_as_they_are_needed_and_no_more_at_once_than_asked_for() -> None:
    taken: list[int] = []
    running, most = 0, 0
    lock = threading.Lock()

    def work(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.005)
        with lock:
            running -= 1
        return number * 2

    outcomes = in_threads(work, endless(taken), 3)
    assert [next(outcomes).value for _ in range(10)] == [number * 2 for number in range(10)]
    outcomes.close()  # type: ignore[attr-defined] # a generator
    assert most <= 3
    assert len(taken) <= 10 + 3


def test_tasks_are_bounded_too_and_end_with_the_walk() -> None:
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
        outcomes: AsyncIterator[Outcome[int, int]] = in_tasks(work, endless(taken), 3)
        found = [(await anext(outcomes)).value for _ in range(4)]
        await asyncio.sleep(0.01)
        await outcomes.aclose()  # type: ignore[attr-defined] # a generator
        await asyncio.sleep(0.01)
        return found

    assert asyncio.run(main()) == [0, 1, 2, 3]
    assert cancelled >= 1
    assert len(taken) <= 7


def test_another_error_than_ours_is_not_kept() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_threads(lambda number: 1 // number, [0], 1))


@pytest.mark.parametrize("concurrency", [0, -1])
def test_at_least_one_at_once(concurrency: int) -> None:
    with pytest.raises(ArgumentError, match="concurrency cannot be"):
        list(in_threads(str, [1], concurrency))
