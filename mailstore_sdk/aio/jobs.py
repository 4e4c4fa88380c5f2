"""Handles for long-running work: ``AsyncJob``, and ``AsyncJobs`` for many at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus
from mailstore_sdk.runtime._protocol.polling import BaseJob

if TYPE_CHECKING:
    from mailstore_sdk.bulk import Item, Outcome
    from mailstore_sdk.runtime._options.options import CallOptions
    from mailstore_sdk.runtime._transport.aio import AsyncTransport

__all__ = ["AsyncJob"]

T = TypeVar("T")


class AsyncJob(BaseJob[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Tasks of one event loop may share a job.
    """

    _runner: AsyncTransport

    async def __aiter__(self) -> AsyncIterator[JobStatus]:
        """Yield each change from now on, including the final status; a finished job yields only its final status.

        Raises:
            JobTimeoutError: The job is still running after the client's ``job_timeout``.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._requests.options.job_deadline(None)
        seen = None if self.done else self.status
        while seen is None or seen.state is JobState.RUNNING:
            if self.status is seen:
                await self._run(self._poll(deadline))
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
        await self._run(self._finish(self._requests.options.job_deadline(timeout)))

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
        return self._result()

    async def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        await self._run(self._poll(longest=0))
        return self.status

    async def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        await self._run(self._cancel())

    async def _run(self, operation: Operation[None]) -> None:
        await self._runner.run(operation)
        self._call_back()


class AsyncJobs:
    """Many jobs at once: ``spe.jobs``."""

    def __init__(self, options: CallOptions) -> None:
        self._options = options

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
            items: The items, read as they are needed.
            max_running: How many jobs may run at once; None means no limit.
            timeout: Seconds for each job; if None, the client's ``job_timeout`` (one day by default).
            on_status: Called with a job and its status at each change, in the caller's thread; its exceptions are logged.
            concurrency: How many requests about the jobs are sent at the same time, each over its own connection.
            in_order: Yield in the order of the items; early outcomes wait for their turn.

        Returns:
            AsyncIterator[Outcome]: The outcome of each item: the job's result, or the error that starting it or its
                ``result()`` raised. After a `JobTimeoutError` the job continues on the server.
        """
        from mailstore_sdk.bulk import JobSchedule, in_tasks

        return in_tasks(JobSchedule(start, iter(items), concurrency, max_running, in_order, self._options, timeout, on_status, AsyncJob))

    async def wait_all(
        self,
        jobs: Iterable[AsyncJob[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[AsyncJob[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        max_running: int | None = None,
    ) -> list[Outcome[AsyncJob[T], T]]:
        """Wait until all jobs have ended, successfully or not.

        Args:
            jobs: Jobs of this client or of others.
            timeout: Seconds for each job from when it is taken; if None, the client's ``job_timeout`` (one day by default).
            on_status: Called with a job and its status at each change, in the caller's thread; its exceptions are logged.
            concurrency: How many jobs are polled at the same time, each over its own connection.
            max_running: Take a job only while fewer than this many are running, so that a generator that starts its jobs
                does not start all of them at once.

        Returns:
            list[Outcome]: The outcome of each job, in the order of the jobs: its result, or the error that its ``result()``
                would raise. After a `JobTimeoutError` the job continues on the server.
        """

        async def itself(job: AsyncJob[T]) -> AsyncJob[T]:
            return job

        outcomes = self.map(
            itself, jobs, max_running=max_running, timeout=timeout, on_status=on_status, concurrency=concurrency, in_order=True
        )
        return [outcome async for outcome in outcomes]
