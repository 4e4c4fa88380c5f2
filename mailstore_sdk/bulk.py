"""The same call for many items, some at once, each with its own outcome."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from mailstore_sdk.errors import ArgumentError, MailStoreError

Item = TypeVar("Item")
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[Item, T]):
    """What became of one item.

    Attributes:
        item: The item.
        value: What the call gave; None where it failed.
        error: Why it failed; None where it did not.
    """

    item: Item
    value: T | None = None
    error: MailStoreError | None = None


def in_threads(function: Callable[[Item], T], items: Iterable[Item], concurrency: int) -> Iterator[Outcome[Item, T]]:
    """Outcomes in the order of the items; no more items are taken than are being worked on."""

    def attempt(item: Item) -> Outcome[Item, T]:
        try:
            return Outcome(item, function(item))
        except MailStoreError as error:
            return Outcome(item, error=error)

    source = iter(items)
    with ThreadPoolExecutor(checked_concurrency(concurrency)) as threads:
        working = deque(threads.submit(attempt, item) for item in islice(source, concurrency))
        while working:
            yield working.popleft().result()
            working.extend(threads.submit(attempt, item) for item in islice(source, 1))


async def in_tasks(function: Callable[[Item], Awaitable[T]], items: Iterable[Item], concurrency: int) -> AsyncIterator[Outcome[Item, T]]:
    """Outcomes in the order of the items; no more items are taken than are being worked on."""

    async def attempt(item: Item) -> Outcome[Item, T]:
        try:
            return Outcome(item, await function(item))
        except MailStoreError as error:
            return Outcome(item, error=error)

    source = iter(items)
    working: deque[asyncio.Task[Outcome[Item, T]]] = deque()
    try:
        working.extend(asyncio.create_task(attempt(item)) for item in islice(source, checked_concurrency(concurrency)))
        while working:
            yield await working[0]
            working.popleft()
            working.extend(asyncio.create_task(attempt(item)) for item in islice(source, 1))
    finally:
        for task in working:
            task.cancel()


def checked_concurrency(concurrency: int) -> int:
    """How many calls may be under way at once, if that many can be.

    Raises:
        ArgumentError: It is less than one.
    """
    if concurrency < 1:
        raise ArgumentError(f"concurrency cannot be {concurrency}; expected 1 or more")
    return concurrency
