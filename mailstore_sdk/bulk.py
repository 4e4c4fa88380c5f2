"""Many calls or many jobs at once, each with its own outcome.

To wait for many jobs, a few workers poll one job after the other, and the server holds each poll only so long that every
job has its turn in time. So a thousand jobs need no more connections than ten.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections import deque
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

from mailstore_sdk.errors import ArgumentError, MailStoreError
from mailstore_sdk.runtime._options.options import CallOptions, refuse_async
from mailstore_sdk.runtime._protocol.job_status import JobStatus
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime.hooks import notify
from mailstore_sdk.runtime.sanitize import shown_value

__all__ = ["Failure", "Outcome", "Success"]

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
class _Task(Generic[Item, T]):
    """One item in progress, with its job if there is one, and in the end its outcome."""

    item: Item
    job: Any = None
    seen: JobStatus | None = None
    deadline: float = float("inf")
    outcome: Outcome[Item, T] | None = None


@dataclass(eq=False)
class Schedule(Generic[Item, T]):
    """Which items are in progress, which of them has the next turn, and when an outcome is released.

    Attributes:
        function: Called with an item; returns its value, or an awaitable.
        source: The remaining items.
        concurrency: How many items are worked on at the same time.
        max_running: How many items may be in progress; None is all of them.
        in_order: Release outcomes in the order of the items instead of as they complete.
    """

    function: Callable[[Item], Any]
    source: Iterator[Item]
    concurrency: int
    max_running: int | None
    in_order: bool
    waiting: deque[_Task[Item, T]] = field(init=False, default_factory=deque[_Task[Item, T]])
    working: dict[Any, _Task[Item, T]] = field(init=False, default_factory=dict[Any, _Task[Item, T]])
    ordered: deque[_Task[Item, T]] = field(init=False, default_factory=deque[_Task[Item, T]])

    def __post_init__(self) -> None:
        for name, count in (("concurrency", self.concurrency), ("max_running", 1 if self.max_running is None else self.max_running)):
            if type(count) is not int or count < 1:
                raise ArgumentError(f"{name} cannot be {shown_value(count)}; expected an int, 1 or more")

    @property
    def size(self) -> int:
        """How many items are in progress."""
        return len(self.waiting) + len(self.working)

    def turn(self, task: _Task[Item, T]) -> Any:
        """Work on an item."""
        return self.function(task.item)

    def outcome(self, task: _Task[Item, T], value: Any) -> Success[Item, T] | None:
        """What became of an item by its turn, which returned a value; None if it needs another turn."""
        return Success(task.item, value)

    def begin(self, submit: Callable[[_Task[Item, T]], Any]) -> bool:
        """Refill from the source, and submit the items whose turn it is; return whether something is in progress."""
        new = [_Task[Item, T](item) for item in islice(self.source, None if self.max_running is None else self.max_running - self.size)]
        self.waiting.extend(new)
        self.ordered.extend(new if self.in_order else ())
        while self.waiting and len(self.working) < self.concurrency:
            task = self.waiting.popleft()
            self.working[submit(task)] = task
        return bool(self.working)

    def finish(self, futures: Iterable[Any]) -> Iterator[Outcome[Item, T]]:
        """Take what was submitted back: the outcomes that may be given now; an item without one waits for its next turn."""
        for future in futures:
            task = self.working.pop(future)
            try:
                task.outcome = self.outcome(task, future.result())
            except MailStoreError as error:
                task.outcome = Failure(task.item, error)
            if task.outcome is None:
                self.waiting.append(task)
            elif not self.in_order:
                yield task.outcome
        while self.ordered and (outcome := self.ordered[0].outcome):
            self.ordered.popleft()
            yield outcome

    @contextmanager
    def noting_tokens(self) -> Generator[None]:
        """Add the tokens of jobs that continue to any error that ends the wait."""
        try:
            yield
        except BaseException as error:
            returned = [future.result() for future in self.working if future.done() and not (future.cancelled() or future.exception())]
            jobs = [*returned, *(task.job for task in (*self.waiting, *self.working.values()))]
            tokens = [job.token for job in jobs if isinstance(job, BaseJob) and not job.done]
            if tokens and not isinstance(error, GeneratorExit):
                shown = "\n".join(tokens[:10])
                error.add_note(f"{len(tokens)} jobs continue on the server; resume(token) follows one, its cancel() stops it:\n{shown}")
            raise


@dataclass(eq=False)
class JobSchedule(Schedule[Item, T]):
    """The same for jobs: the first turn of an item starts its job, and each further one polls it."""

    options: CallOptions
    timeout: float | None
    on_status: Callable[[Any, JobStatus], object] | None
    kind: type[BaseJob[Any]]

    def __post_init__(self) -> None:
        super().__post_init__()
        self.options.job_deadline(self.timeout)  # refuses what is no number
        refuse_async("on_status", self.on_status)

    def turn(self, task: _Task[Item, T]) -> Any:
        """Start a job, or poll it for its share of a worker's time."""
        if task.job is None:
            return self.function(task.item)
        return task.job._run(task.job._poll(task.deadline, self.options.poll_wait * min(1.0, self.concurrency / max(1, self.size))))

    def outcome(self, task: _Task[Item, T], value: Any) -> Success[Item, T] | None:
        """Report a job's status if it has changed; return its result if it has ended.

        Raises:
            TypeError: The first turn has not returned a job of this kind of client.
        """
        if not isinstance(task.job or value, self.kind):
            raise TypeError(f"expected a job of the class {self.kind.__name__}, not {type(value).__name__}; await what is async")
        if task.job is None:
            task.job, task.seen, task.deadline = value, value.status, self.options.job_deadline(self.timeout)
        elif self.on_status is not None and task.job.status is not task.seen:
            task.seen = task.job.status
            notify(partial(self.on_status, task.job), task.job.status)
        return Success(task.item, task.job._result()) if task.job.done else None


def in_threads(schedule: Schedule[Item, T]) -> Iterator[Outcome[Item, T]]:
    """Work through a schedule in threads, and yield the outcomes."""
    refuse_async("the function", schedule.function)
    with schedule.noting_tokens(), ExitStack() as stack:
        threads = concurrent.futures.ThreadPoolExecutor(schedule.concurrency)
        stack.callback(threads.shutdown, wait=False, cancel_futures=True)  # An interrupted wait ends at once, whatever its calls wait for.
        while schedule.begin(lambda task: threads.submit(schedule.turn, task)):
            done, _ = concurrent.futures.wait(schedule.working, return_when=concurrent.futures.FIRST_COMPLETED)
            yield from schedule.finish(done)


async def in_tasks(schedule: Schedule[Item, T]) -> AsyncIterator[Outcome[Item, T]]:
    """Work through a schedule in tasks, and yield the outcomes."""

    async def turn(task: _Task[Item, T]) -> object:
        return await schedule.turn(task)

    try:
        with schedule.noting_tokens():
            while schedule.begin(lambda task: asyncio.ensure_future(turn(task))):
                done, _ = await asyncio.wait(schedule.working, return_when=asyncio.FIRST_COMPLETED)
                for outcome in schedule.finish(done):
                    yield outcome
    finally:
        for future in schedule.working:
            future.cancel()
        await asyncio.gather(*schedule.working, return_exceptions=True)
