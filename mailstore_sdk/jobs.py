"""Handles for long-running work: ``Job``, and ``Jobs`` for many at once.

Generated from aio/jobs.py; change that module and run ``make generate``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus
from mailstore_sdk.runtime._protocol.polling import BaseJob

if TYPE_CHECKING:
    from mailstore_sdk.bulk import Item, Outcome
    from mailstore_sdk.runtime._options.options import CallOptions
    from mailstore_sdk.runtime._transport.sync import Transport

__all__ = ["Job"]

T = TypeVar("T")


class Job(BaseJob[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Threads may share a job.
    """

    _runner: Transport

    def __iter__(self) -> Iterator[JobStatus]:
        """Yield each change from now on, including the final status; a finished job yields only its final status.

        Raises:
            JobTimeoutError: The job is still running after the client's ``job_timeout``.
            JobLostError: The server no longer knows the job.
        """
        deadline = self._requests.options.job_deadline(None)
        seen = None if self.done else self.status
        while seen is None or seen.state is JobState.RUNNING:
            if self.status is seen:
                self._run(self._poll(deadline))
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
        self._run(self._finish(self._requests.options.job_deadline(timeout)))

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
        return self._result()

    def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        self._run(self._poll(longest=0))
        return self.status

    def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        self._run(self._cancel())

    def _run(self, operation: Operation[None]) -> None:
        self._runner.run(operation)
        self._call_back()


class Jobs:
    """Many jobs at once: ``spe.jobs``."""

    def __init__(self, options: CallOptions) -> None:
        self._options = options

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
            items: The items, read as they are needed.
            max_running: How many jobs may run at once; None means no limit.
            timeout: Seconds for each job; if None, the client's ``job_timeout`` (one day by default).
            on_status: Called with a job and its status at each change, in the caller's thread; its exceptions are logged.
            concurrency: How many requests about the jobs are sent at the same time, each over its own connection.
            in_order: Yield in the order of the items; early outcomes wait for their turn.

        Returns:
            Iterator[Outcome]: The outcome of each item: the job's result, or the error that starting it or its
                ``result()`` raised. After a `JobTimeoutError` the job continues on the server.
        """
        from mailstore_sdk.bulk import JobSchedule, in_threads

        return in_threads(JobSchedule(start, iter(items), concurrency, max_running, in_order, self._options, timeout, on_status, Job))

    def wait_all(
        self,
        jobs: Iterable[Job[T]],
        *,
        timeout: float | None = None,
        on_status: Callable[[Job[T], JobStatus], object] | None = None,
        concurrency: int = 10,
        max_running: int | None = None,
    ) -> list[Outcome[Job[T], T]]:
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

        def itself(job: Job[T]) -> Job[T]:
            return job

        outcomes = self.map(
            itself, jobs, max_running=max_running, timeout=timeout, on_status=on_status, concurrency=concurrency, in_order=True
        )
        return [outcome for outcome in outcomes]
