"""Handles for long-running work: `Job` and, with ``await``, `AsyncJob`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk.runtime._protocol.forks import reset_for_each_process
from mailstore_sdk.runtime._protocol.form import Call
from mailstore_sdk.runtime._protocol.job_status import JobState, JobStatus
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.replies import Envelope
from mailstore_sdk.runtime._transport.sync import Transport, slots_for, with_slot

if TYPE_CHECKING:
    from mailstore_sdk.runtime._transport.aio import AsyncTransport

T = TypeVar("T")


class Job(BaseJob[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Threads may share a job.
    """

    def __init__(self, runner: Transport, operations: Operations, call: Call, first: Envelope) -> None:
        super().__init__(operations, call, first)
        self._runner = runner
        reset_for_each_process(self)

    def _reset(self) -> None:
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
        return self._result()

    def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        self._poll(None, longest=0)
        return self.status

    def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        self._runner.run(self._cancel())

    def _poll(self, deadline: float | None, longest: float | None = None) -> None:
        # One thread asks at a time; the others find its answer.
        ask = partial(self._runner.run, self._news(self.status, deadline, longest))
        if with_slot(self._polling, None if deadline is None else max(0.0, deadline - time.monotonic()), ask) is None:
            raise self._timed_out()
        self._call_back()


class AsyncJob(BaseJob[T]):
    """Long-running work on the server; `T` is the type of its result.

    The work has already started and continues whether or not you wait. Iterate over the job for its
    changes, or wait for its `result`. Tasks of one event loop may share a job.
    """

    def __init__(self, runner: AsyncTransport, operations: Operations, call: Call, first: Envelope) -> None:
        super().__init__(operations, call, first)
        self._runner = runner
        reset_for_each_process(self)

    def _reset(self) -> None:
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
        return self._result()

    async def refresh(self) -> JobStatus:
        """Request the status once, without waiting for a change."""
        await self._poll(None, longest=0)
        return self.status

    async def cancel(self) -> None:
        """Ask the server to stop the job. It may continue for a while, or still succeed: wait for its end."""
        await self._runner.run(self._cancel())

    async def _poll(self, deadline: float | None, longest: float | None = None) -> None:
        # One task asks at a time; the others find its answer.
        ask = self._news(self.status, deadline, longest)
        async with self._polling:
            await self._runner.run(ask)
        self._call_back()
