"""Many calls or many jobs at once, each with its own outcome.

To wait for many jobs, a few workers poll one job after the other, and the server holds each poll only so long that every
job has its turn in time. So a thousand jobs need no more connections than ten.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

from mailstore_sdk.errors import ArgumentError, MailStoreError
from mailstore_sdk.jobs import AsyncJob, Job
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.job_status import JobStatus
from mailstore_sdk.runtime.hooks import notify

Item = TypeVar("Item")
T = TypeVar("T")


@dataclass(frozen=True)
class Success(Generic[Item, T]):
    """An item whose call succeeded.

    Attributes:
        item: The item.
        value: The result of the call.
        error: None.
    """

    item: Item
    value: T
    error: None = None


@dataclass(frozen=True)
class Failure(Generic[Item]):
    """An item whose call failed.

    Attributes:
        item: The item.
        error: Why it failed.
        value: None.
    """

    item: Item
    error: MailStoreError
    value: None = None


Outcome: TypeAlias = Success[Item, T] | Failure[Item]
"""What became of one item; where `error` is None, type checkers know that `value` is the result."""


@dataclass(eq=False)
class _Task(Generic[Item]):
    """One item in progress, with its job if there is one."""

    number: int
    item: Item
    deadline: float = float("inf")
    job: Any = None
    seen: JobStatus | None = None

    def begin(self, job: Job[Any] | AsyncJob[Any], deadline: float) -> None:
        self.job, self.seen, self.deadline = job, job.status, deadline

    def report(self, on_status: Callable[[Any, JobStatus], object] | None) -> None:
        """Report the job's status if it has changed since the last report."""
        if on_status is not None and self.job is not None and self.job.status is not self.seen:
            status: JobStatus = self.job.status
            self.seen = status
            notify(partial(on_status, self.job), status)


@dataclass(eq=False)
class _Schedule(Generic[Item, T]):
    """Which items are in progress, which of them has the next turn, and when an outcome is released.

    Attributes:
        source: The items that are still to come.
        workers: How many items are worked on at the same time.
        limit: How many items may be in progress; None is all of them.
        in_order: Release outcomes in the order of the items instead of as they complete.
    """

    source: Iterator[tuple[int, Item]]
    workers: int
    limit: int | None
    in_order: bool
    waiting: deque[_Task[Item]] = field(default_factory=deque[_Task[Item]])
    working: dict[Any, _Task[Item]] = field(default_factory=dict[Any, _Task[Item]])
    early: dict[int, Outcome[Item, T]] = field(default_factory=dict[int, "Outcome[Item, T]"])
    next_number: int = 0

    @property
    def size(self) -> int:
        """How many items are in progress."""
        return len(self.waiting) + len(self.working)

    def turns(self) -> Iterator[_Task[Item]]:
        """Refill from the source, then hand out the items whose turn it is."""
        room = None if self.limit is None else self.limit - self.size
        self.waiting.extend(_Task(number, item) for number, item in islice(self.source, room))
        while self.waiting and len(self.working) < self.workers:
            yield self.waiting.popleft()

    def release(self, task: _Task[Item], outcome: Outcome[Item, T] | None) -> Iterator[Outcome[Item, T]]:
        """Queue the item again if it has no outcome yet; else the outcomes that may be given now."""
        if outcome is None:
            self.waiting.append(task)
        elif not self.in_order:
            yield outcome
        else:
            self.early[task.number] = outcome
            while self.next_number in self.early:
                yield self.early.pop(self.next_number)
                self.next_number += 1

    @contextmanager
    def noting_tokens(self) -> Generator[None]:
        """Add to any error that ends the wait how to find the jobs that continue."""
        try:
            yield
        except GeneratorExit:
            raise
        except BaseException as error:
            jobs = [task.job for task in (*self.waiting, *self.working.values()) if task.job is not None]
            tokens = [job.token for job in jobs if not job.done]
            if tokens:
                shown = "\n".join(tokens[:SHOWN_TOKENS])
                error.add_note(f"{len(tokens)} jobs continue on the server; resume(token) follows one, its cancel() stops it:\n{shown}")
            raise


SHOWN_TOKENS = 10
"""How many tokens the note of an interrupted wait shows."""


def map_in_threads(function: Callable[[Item], T], items: Iterable[Item], concurrency: int, *, in_order: bool) -> Iterator[Outcome[Item, T]]:
    """Call a function for each item; no more items are taken than are in progress."""

    def attempt(task: _Task[Item]) -> Outcome[Item, T]:
        try:
            return Success(task.item, function(task.item))
        except MailStoreError as error:
            return Failure(task.item, error)

    workers = checked_count("concurrency", concurrency)
    return _in_threads(_Schedule(enumerate(items), workers, workers, in_order), attempt)


def map_in_tasks(
    function: Callable[[Item], Awaitable[T]], items: Iterable[Item], concurrency: int, *, in_order: bool
) -> AsyncIterator[Outcome[Item, T]]:
    """Call a function for each item; no more items are taken than are in progress."""

    async def attempt(task: _Task[Item]) -> Outcome[Item, T]:
        try:
            return Success(task.item, await function(task.item))
        except MailStoreError as error:
            return Failure(task.item, error)

    workers = checked_count("concurrency", concurrency)
    return _in_tasks(_Schedule(enumerate(items), workers, workers, in_order), attempt)


def _in_threads(
    schedule: _Schedule[Item, T],
    step: Callable[[_Task[Item]], Outcome[Item, T] | None],
    on_status: Callable[[Any, JobStatus], object] | None = None,
) -> Iterator[Outcome[Item, T]]:
    with schedule.noting_tokens(), concurrent.futures.ThreadPoolExecutor(schedule.workers) as threads:
        while True:
            for task in schedule.turns():
                schedule.working[threads.submit(step, task)] = task
            if not schedule.working:
                return
            done, _ = concurrent.futures.wait(schedule.working, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                task = schedule.working.pop(future)
                task.report(on_status)
                yield from schedule.release(task, future.result())


async def _in_tasks(
    schedule: _Schedule[Item, T],
    step: Callable[[_Task[Item]], Awaitable[Outcome[Item, T] | None]],
    on_status: Callable[[Any, JobStatus], object] | None = None,
) -> AsyncIterator[Outcome[Item, T]]:
    try:
        with schedule.noting_tokens():
            while True:
                for task in schedule.turns():
                    schedule.working[asyncio.ensure_future(step(task))] = task
                if not schedule.working:
                    return
                done, _ = await asyncio.wait(schedule.working, return_when=asyncio.FIRST_COMPLETED)
                for future in done:
                    task = schedule.working.pop(future)
                    task.report(on_status)
                    for outcome in schedule.release(task, future.result()):
                        yield outcome
    finally:
        for future in schedule.working:
            future.cancel()
        await asyncio.gather(*schedule.working, return_exceptions=True)


def checked_count(name: str, count: int) -> int:
    """A number of calls or jobs at once.

    Raises:
        ArgumentError: It is less than one.
    """
    if count < 1:
        raise ArgumentError(f"{name} cannot be {count}; expected 1 or more")
    return count


@dataclass(frozen=True)
class _Waiting:
    options: CallOptions

    def _schedule(self, items: Iterable[Item], concurrency: int, max_running: int | None, *, in_order: bool) -> _Schedule[Item, Any]:
        limit = None if max_running is None else checked_count("max_running", max_running)
        return _Schedule(enumerate(items), checked_count("concurrency", concurrency), limit, in_order)

    def _longest_poll(self, schedule: _Schedule[Item, T]) -> float:
        """Seconds that the server may hold one poll, so that each job has its turn within ``poll_wait``."""
        return self.options.poll_wait * min(1.0, schedule.workers / max(1, schedule.size))


class Jobs(_Waiting):
    """Many jobs at once."""

    def map(
        self,
        start: Callable[[Item], Job[T]],
        items: Iterable[Item],
        *,
        max_running: int | None = 10,
        timeout: float | None = None,
        on_status: Callable[[Job[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        in_order: bool = False,
    ) -> Iterator[Outcome[Item, T]]:
        """Start a job for each item, a bounded number at once, and yield the outcomes as the jobs end.

        Args:
            start: Starts the job of an item, such as ``archive.verify_store``.
            items: The items; taken as they are needed.
            max_running: How many jobs may run at once; None is all of them.
            timeout: Seconds for each job; where None, the client's ``job_timeout`` (one day by default).
            on_status: Called in this thread with a job that has changed, and its status; what it raises is logged.
            concurrency: How many requests about the jobs are sent at the same time, each over a connection of its own.
            in_order: Yield in the order of the items; what ends early waits for its turn.

        Returns:
            Iterator[Outcome]: What became of each item: the job's result, or the error that starting it or its ``result()``
                raised. After a `JobTimeoutError` the job continues on the server.
        """
        schedule = self._schedule(items, concurrency, max_running, in_order=in_order)

        def step(task: _Task[Item]) -> Outcome[Item, T] | None:
            try:
                job: Job[T] | None = task.job
                if job is None:
                    job = start(task.item)
                    task.begin(job, self.options.job_deadline(timeout))
                else:
                    job._poll(task.deadline, self._longest_poll(schedule))
                return Success(task.item, job.result()) if job.done else None
            except MailStoreError as error:
                return Failure(task.item, error)

        return _in_threads(schedule, step, on_status)

    def wait_all(
        self,
        jobs: Iterable[Job[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[Job[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        max_running: int | None = None,
    ) -> list[Outcome[Job[T], T]]:
        """Wait until all have ended, well or not.

        Args:
            jobs: Jobs of this client or of others.
            timeout: Seconds for each job from when it is taken; where None, the client's ``job_timeout`` (one day by default).
            on_status: Called in this thread with a job that has changed, and its status; what it raises is logged.
            concurrency: How many jobs are polled at the same time, each over a connection of its own.
            max_running: Take a job only while fewer than this many are running, so that a generator that starts its jobs
                does not start all of them at once.

        Returns:
            list[Outcome]: What became of each, in the order of the jobs: its result, or the error that its ``result()``
                would raise. After a `JobTimeoutError` the job continues on the server.
        """
        return [
            *self.map(
                lambda job: job, jobs, max_running=max_running, timeout=timeout, on_status=on_status, concurrency=concurrency, in_order=True
            )
        ]


class AsyncJobs(_Waiting):
    """Many jobs at once."""

    def map(
        self,
        start: Callable[[Item], Awaitable[AsyncJob[T]]],
        items: Iterable[Item],
        *,
        max_running: int | None = 10,
        timeout: float | None = None,
        on_status: Callable[[AsyncJob[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        in_order: bool = False,
    ) -> AsyncIterator[Outcome[Item, T]]:
        """Start a job for each item, a bounded number at once, and yield the outcomes as the jobs end.

        Args:
            start: Starts the job of an item, such as ``archive.verify_store``.
            items: The items; taken as they are needed.
            max_running: How many jobs may run at once; None is all of them.
            timeout: Seconds for each job; where None, the client's ``job_timeout`` (one day by default).
            on_status: Called with a job that has changed, and its status; what it raises is logged.
            concurrency: How many requests about the jobs are sent at the same time, each over a connection of its own.
            in_order: Yield in the order of the items; what ends early waits for its turn.

        Returns:
            AsyncIterator[Outcome]: What became of each item: the job's result, or the error that starting it or its
                ``result()`` raised. After a `JobTimeoutError` the job continues on the server.
        """
        schedule = self._schedule(items, concurrency, max_running, in_order=in_order)

        async def step(task: _Task[Item]) -> Outcome[Item, T] | None:
            try:
                job: AsyncJob[T] | None = task.job
                if job is None:
                    job = await start(task.item)
                    task.begin(job, self.options.job_deadline(timeout))
                else:
                    await job._poll(task.deadline, self._longest_poll(schedule))
                return Success(task.item, await job.result()) if job.done else None
            except MailStoreError as error:
                return Failure(task.item, error)

        return _in_tasks(schedule, step, on_status)

    async def wait_all(
        self,
        jobs: Iterable[AsyncJob[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[AsyncJob[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        max_running: int | None = None,
    ) -> list[Outcome[AsyncJob[T], T]]:
        """Wait until all have ended, well or not.

        Args:
            jobs: Jobs of this client or of others on the same event loop.
            timeout: Seconds for each job from when it is taken; where None, the client's ``job_timeout`` (one day by default).
            on_status: Called with a job that has changed, and its status; what it raises is logged.
            concurrency: How many jobs are polled at the same time, each over a connection of its own.
            max_running: Take a job only while fewer than this many are running. Use `map` to start jobs as well.

        Returns:
            list[Outcome]: What became of each, in the order of the jobs: its result, or the error that its ``result()``
                would raise. After a `JobTimeoutError` the job continues on the server.
        """

        async def itself(job: AsyncJob[T]) -> AsyncJob[T]:
            return job

        outcomes = self.map(
            itself, jobs, max_running=max_running, timeout=timeout, on_status=on_status, concurrency=concurrency, in_order=True
        )
        return [outcome async for outcome in outcomes]
