"""Handles for long-running work: `Job` and, with ``await``, `AsyncJob`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from mailstore_sdk.runtime._protocol.forks import forget_after_fork
from mailstore_sdk.runtime._protocol.job_status import JobRecord, JobState, JobStatus
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._transport.sync import Transport, slots_for, with_slot
from mailstore_sdk.runtime.hooks import notify

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.aio import AsyncTransport

T = TypeVar("T")


class _Handle(Generic[T]):
    """What both kinds of job provide without a request."""

    def __init__(self, operations: Operations, work: JobRecord[T]) -> None:
        self._operations = operations
        self._work = work
        self._callbacks: list[Callable[[Self], object]] = []

    @property
    def function(self) -> str:
        """Wire name of the function that started the work."""
        return self._work.function.name

    @property
    def token(self) -> str:
        """A short string without secrets; `SPEClient.resume` continues with it in another process or on another machine."""
        return self._work.job_token

    @property
    def status(self) -> JobStatus:
        """The latest status received. Sends no request."""
        return self._work.status

    @property
    def percent(self) -> int | None:
        """Progress from 0 to 100; None if unknown."""
        return self._work.status.percent

    @property
    def log(self) -> str:
        """All log lines received so far, each with a final newline."""
        return self._work.log

    @property
    def done(self) -> bool:
        """Whether the latest status received is final. Sends no request."""
        return self._work.done

    def add_done_callback(self, callback: Callable[[Self], object]) -> None:
        """Register a callback. It runs in the thread or task that notices completion, or immediately if the job is already done.

        Its exceptions are logged and not raised.
        """
        self._callbacks.append(callback)
        self._call_back()

    def _call_back(self: Self) -> None:
        while self.done and self._callbacks:
            notify(self._callbacks.pop(0), self)

    def __repr__(self) -> str:
        percent = "" if self.percent is None else f" {self.percent} %"
        return f"<{type(self).__name__} {self.function} {self.status.state}{percent}>"


class Job(_Handle[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Threads may share a job.
    """

    def __init__(self, runner: Transport, operations: Operations, work: JobRecord[T]) -> None:
        super().__init__(operations, work)
        self._runner = runner
        self._after_fork()
        forget_after_fork(self)

    def _after_fork(self) -> None:
        """Forget the threads of the parent process."""
        self._polling = slots_for(1)

    def __iter__(self) -> Iterator[JobStatus]:
        """Yield each change from now on, including the final status; a finished job yields only its final status.

        Raises:
            JobTimeoutError: The job is still running after the client's ``job_timeout``.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._operations.options.job_deadline(None)
        seen = None if self.done else self.status
        while seen is None or seen.state is JobState.RUNNING:
            if self.status is seen:
                self._poll(deadline)
            else:
                seen = self.status
                yield seen

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the job has ended, successfully or not.

        Args:
            timeout: Seconds; if None, the client's ``job_timeout`` (one day by default).

        Raises:
            JobTimeoutError: The timeout expired but the job is still running; you may wait again.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._operations.options.job_deadline(timeout)
        while not self.done:
            self._poll(deadline)

    def result(self, timeout: float | None = None) -> T:
        """Wait for the end and return the function's result.

        Args:
            timeout: Seconds; if None, the client's ``job_timeout`` (one day by default).

        Raises:
            JobFailedError: The job failed; `server_message`, `details` and `log` say why.
            JobCancelledError: The job was cancelled.
            JobTimeoutError: The timeout expired but the job is still running; you may wait again.
            JobLostError: The server no longer knows the job.
        """
        self.wait(timeout)
        return self._work.result()

    def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        self._poll(None, longest=0)
        return self.status

    def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        self._runner.run(self._operations.cancel(self._work))

    def _poll(self, deadline: float | None, longest: float | None = None) -> None:
        # One thread asks at a time; the others find its answer.
        before = self.status

        def ask() -> bool:
            if self.status is before and not self.done:
                with self._operations.crowd:
                    self._runner.run(self._operations.poll(self._work, deadline, longest))
            return True

        if not with_slot(self._polling, None if deadline is None else max(0.0, deadline - time.monotonic()), ask):
            raise self._operations.timed_out(self._work)
        self._call_back()


class AsyncJob(_Handle[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Tasks of one event loop may share a job.
    """

    def __init__(self, runner: AsyncTransport, operations: Operations, work: JobRecord[T]) -> None:
        super().__init__(operations, work)
        self._runner = runner
        self._after_fork()
        forget_after_fork(self)

    def _after_fork(self) -> None:
        """Forget the tasks of the parent process."""
        import asyncio

        self._polling = asyncio.Lock()

    async def __aiter__(self) -> AsyncIterator[JobStatus]:
        """Yield each change from now on, including the final status; a finished job yields only its final status.

        Raises:
            JobTimeoutError: The job is still running after the client's ``job_timeout``.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._operations.options.job_deadline(None)
        seen = None if self.done else self.status
        while seen is None or seen.state is JobState.RUNNING:
            if self.status is seen:
                await self._poll(deadline)
            else:
                seen = self.status
                yield seen

    async def wait(self, timeout: float | None = None) -> None:
        """Wait until the job has ended, successfully or not.

        Args:
            timeout: Seconds; if None, the client's ``job_timeout`` (one day by default).

        Raises:
            JobTimeoutError: The timeout expired but the job is still running; you may wait again.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._operations.options.job_deadline(timeout)
        while not self.done:
            await self._poll(deadline)

    async def result(self, timeout: float | None = None) -> T:
        """Wait for the end and return the function's result.

        Args:
            timeout: Seconds; if None, the client's ``job_timeout`` (one day by default).

        Raises:
            JobFailedError: The job failed; `server_message`, `details` and `log` say why.
            JobCancelledError: The job was cancelled.
            JobTimeoutError: The timeout expired but the job is still running; you may wait again.
            JobLostError: The server no longer knows the job.
        """
        await self.wait(timeout)
        return self._work.result()

    async def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        await self._poll(None, longest=0)
        return self.status

    async def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        await self._runner.run(self._operations.cancel(self._work))

    async def _poll(self, deadline: float | None, longest: float | None = None) -> None:
        import asyncio

        # One task asks at a time; the others find its answer.
        before = self.status
        async with self._polling:
            if self.status is before and not self.done:
                with self._operations.crowd:
                    await asyncio.sleep(0)  # so that tasks that begin together count each other
                    await self._runner.run(self._operations.poll(self._work, deadline, longest))
        self._call_back()
