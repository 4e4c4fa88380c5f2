"""Handles for long-running work: `Job` and, with ``await``, `AsyncJob`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus
from mailstore_sdk.runtime._protocol.polling import BaseJob

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.aio import AsyncTransport
    from mailstore_sdk.runtime._transport.sync import Transport

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
