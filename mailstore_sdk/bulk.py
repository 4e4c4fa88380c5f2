"""Many calls or many jobs at once, each with its own outcome.

To wait for many jobs, a few workers ask about one job after the other, and the server holds each question only so long
that every job has its turn in time. So a thousand jobs need no more connections than ten.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from mailstore_sdk.errors import ArgumentError, MailStoreError
from mailstore_sdk.jobs import AsyncJob, Job
from mailstore_sdk.runtime._protocol.hooks import notify
from mailstore_sdk.runtime._protocol.job_status import JobStatus
from mailstore_sdk.runtime._protocol.operations import Options

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


@dataclass(frozen=True)
class _Waiting:
    options: Options

    def _held(self, jobs: int, concurrency: int) -> float:
        """Seconds that the server may hold one question, so that each job has its turn within ``poll_wait``."""
        return self.options.poll_wait * min(1.0, concurrency / max(1, jobs))


class Jobs(_Waiting):
    """Many jobs at once."""

    def wait_all(
        self,
        jobs: Iterable[Job[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[Job[T], JobStatus], object] | None = None,
        concurrency: int = 10,
    ) -> list[Outcome[Job[T], T]]:
        """Wait until all have ended, well or not.

        Args:
            jobs: Jobs of this client or of others.
            timeout: Seconds for all together; where None, the client's ``job_timeout`` (a day unless set).
            on_status: Called in this thread with a job that has changed, and its status; what it raises is logged.
            concurrency: How many are asked about at the same time, each over a connection of its own.

        Returns:
            list[Outcome]: What became of each, in the order of the jobs: its result, or the error that its ``result()``
                would raise. After a `JobTimeoutError` the job goes on at the server.
        """
        deadline = self.options.job_deadline(timeout)
        jobs = list(jobs)
        waiting = deque(enumerate(jobs))
        asking: dict[Future[Outcome[Job[T], T] | None], tuple[int, Job[T], JobStatus]] = {}
        outcomes: dict[int, Outcome[Job[T], T]] = {}

        def ask(job: Job[T], held: float) -> Outcome[Job[T], T] | None:
            try:
                job._poll(deadline, held)
                return Outcome(job, job.result()) if job.done else None
            except MailStoreError as error:
                return Outcome(job, error=error)

        with _telling_how_to_go_on(jobs), ThreadPoolExecutor(checked_concurrency(concurrency)) as threads:
            while waiting or asking:
                held = self._held(len(waiting) + len(asking), concurrency)
                while waiting and len(asking) < concurrency:
                    number, job = waiting.popleft()
                    asking[threads.submit(ask, job, held)] = number, job, job.status
                for answered in wait(asking, return_when=FIRST_COMPLETED).done:
                    number, job, before = asking.pop(answered)
                    _tell_change(on_status, job, before)
                    if outcome := answered.result():
                        outcomes[number] = outcome
                    else:
                        waiting.append((number, job))
        return [outcome for _, outcome in sorted(outcomes.items())]


class AsyncJobs(_Waiting):
    """Many jobs at once."""

    async def wait_all(
        self,
        jobs: Iterable[AsyncJob[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[AsyncJob[T], JobStatus], object] | None = None,
        concurrency: int = 10,
    ) -> list[Outcome[AsyncJob[T], T]]:
        """Wait until all have ended, well or not.

        Args:
            jobs: Jobs of this client or of others on the same event loop.
            timeout: Seconds for all together; where None, the client's ``job_timeout`` (a day unless set).
            on_status: Called with a job that has changed, and its status; what it raises is logged.
            concurrency: How many are asked about at the same time, each over a connection of its own.

        Returns:
            list[Outcome]: What became of each, in the order of the jobs: its result, or the error that its ``result()``
                would raise. After a `JobTimeoutError` the job goes on at the server.
        """
        deadline = self.options.job_deadline(timeout)
        jobs = list(jobs)
        waiting = deque(enumerate(jobs))
        outcomes: dict[int, Outcome[AsyncJob[T], T]] = {}

        async def ask(job: AsyncJob[T], held: float) -> Outcome[AsyncJob[T], T] | None:
            try:
                await job._poll(deadline, held)
                return Outcome(job, await job.result()) if job.done else None
            except MailStoreError as error:
                return Outcome(job, error=error)

        async def work() -> None:
            while waiting:
                held = self._held(len(waiting) + concurrency - 1, concurrency)
                number, job = waiting.popleft()
                before = job.status
                outcome = await ask(job, held)
                _tell_change(on_status, job, before)
                if outcome:
                    outcomes[number] = outcome
                else:
                    waiting.append((number, job))

        count = min(checked_concurrency(concurrency), len(waiting))
        with _telling_how_to_go_on(jobs):
            async with asyncio.TaskGroup() as workers:
                for _ in range(count):
                    workers.create_task(work())
        return [outcome for _, outcome in sorted(outcomes.items())]


J = TypeVar("J", bound="Job[Any] | AsyncJob[Any]")


TOLD = 10
"""How many tokens a note about an interrupted wait tells."""


@contextmanager
def _telling_how_to_go_on(jobs: Sequence[Job[T]] | Sequence[AsyncJob[T]]) -> Generator[None]:
    try:
        yield
    except (KeyboardInterrupt, asyncio.CancelledError) as interrupt:
        tokens = [job.token for job in jobs if not job.done]
        shown = "\n".join(tokens[:TOLD])
        interrupt.add_note(f"{len(tokens)} jobs go on at the server; resume(token) follows one, and its cancel() stops it:\n{shown}")
        raise


def _tell_change(on_status: Callable[[J, JobStatus], object] | None, job: J, before: JobStatus) -> None:
    if on_status is not None and job.status is not before:
        notify(partial(on_status, job), job.status)
