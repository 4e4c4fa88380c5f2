"""Rows of a long span of time, walked in windows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from mailstore_sdk._generated import aio, sync
from mailstore_sdk.errors import FunctionFailedError, Window
from mailstore_sdk.windows import Windows

if TYPE_CHECKING:
    from mailstore_sdk._generated.models import JobResult, WorkerResult

R = TypeVar("R")
WEEK = timedelta(days=7)


class History(sync.InstanceFunctions):
    """The functions of an instance, and walks over what happened in it."""

    def iter_worker_results(
        self,
        start: datetime,
        end: datetime,
        *,
        window: timedelta = WEEK,
        time_zone_id: str = "$Local",
        profile_id: int | None = None,
        user_name: str | None = None,
    ) -> Iterator[WorkerResult]:
        """Walk the runs of profiles in a long span of time, in windows that the server can answer.

        A window that the server refuses is asked for in halves, down to an hour. Rows come window by window, and within
        a window in the server's order.

        Args:
            start: Start of the span, in the time zone asked for.
            end: End of the span, itself not in it.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile.
            user_name: Only runs for this user.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """

        def fetch(span: Window) -> list[WorkerResult]:
            return self.get_worker_results(span.start, span.end, time_zone_id=time_zone_id, profile_id=profile_id, user_name=user_name)

        return walk(fetch, Windows.of(start, end, window), "GetWorkerResults")

    def iter_job_results(
        self,
        start: datetime,
        end: datetime,
        *,
        window: timedelta = WEEK,
        time_zone_id: str = "$Local",
        job_id: int | None = None,
    ) -> Iterator[JobResult]:
        """Walk the results of scheduled jobs in a long span of time, in windows that the server can answer.

        A window that the server refuses is asked for in halves, down to an hour. Rows come window by window, and within
        a window in the server's order.

        Args:
            start: Start of the span, in the time zone asked for.
            end: End of the span, itself not in it.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            job_id: Only results of this job.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """

        def fetch(span: Window) -> list[JobResult]:
            return self.get_job_results(span.start, span.end, time_zone_id=time_zone_id, job_id=job_id)

        return walk(fetch, Windows.of(start, end, window), "GetJobResults")


class AsyncHistory(aio.InstanceFunctions):
    """The functions of an instance, and walks over what happened in it."""

    def iter_worker_results(
        self,
        start: datetime,
        end: datetime,
        *,
        window: timedelta = WEEK,
        time_zone_id: str = "$Local",
        profile_id: int | None = None,
        user_name: str | None = None,
    ) -> AsyncIterator[WorkerResult]:
        """Walk the runs of profiles in a long span of time, in windows that the server can answer.

        A window that the server refuses is asked for in halves, down to an hour. Rows come window by window, and within
        a window in the server's order.

        Args:
            start: Start of the span, in the time zone asked for.
            end: End of the span, itself not in it.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile.
            user_name: Only runs for this user.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """

        def fetch(span: Window) -> Awaitable[list[WorkerResult]]:
            return self.get_worker_results(span.start, span.end, time_zone_id=time_zone_id, profile_id=profile_id, user_name=user_name)

        return walk_async(fetch, Windows.of(start, end, window), "GetWorkerResults")

    def iter_job_results(
        self,
        start: datetime,
        end: datetime,
        *,
        window: timedelta = WEEK,
        time_zone_id: str = "$Local",
        job_id: int | None = None,
    ) -> AsyncIterator[JobResult]:
        """Walk the results of scheduled jobs in a long span of time, in windows that the server can answer.

        A window that the server refuses is asked for in halves, down to an hour. Rows come window by window, and within
        a window in the server's order.

        Args:
            start: Start of the span, in the time zone asked for.
            end: End of the span, itself not in it.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            job_id: Only results of this job.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """

        def fetch(span: Window) -> Awaitable[list[JobResult]]:
            return self.get_job_results(span.start, span.end, time_zone_id=time_zone_id, job_id=job_id)

        return walk_async(fetch, Windows.of(start, end, window), "GetJobResults")


def walk(fetch: Callable[[Window], list[R]], windows: Windows, function: str) -> Iterator[R]:
    """The rows of all windows; those that stay refused are told at the end."""
    while windows.waiting:
        window = windows.waiting.popleft()
        try:
            rows = iter(fetch(window))  # lets go of them at its end, before the next ones come
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            yield from rows
    windows.close(function)


async def walk_async(fetch: Callable[[Window], Awaitable[list[R]]], windows: Windows, function: str) -> AsyncIterator[R]:
    """The rows of all windows; those that stay refused are told at the end."""
    while windows.waiting:
        window = windows.waiting.popleft()
        try:
            rows = iter(await fetch(window))
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            for row in rows:
                yield row
    windows.close(function)
