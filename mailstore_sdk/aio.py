"""The client for code with ``await``: every function of the catalogue, and what all clients have."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailstore_sdk._generated import aio
from mailstore_sdk._generated.functions import FUNCTIONS
from mailstore_sdk.client import AsyncClientBase
from mailstore_sdk.history import WEEK, Windows, walk_async
from mailstore_sdk.instance import AsyncInstanceBase

if TYPE_CHECKING:
    from mailstore_sdk._generated.aio.raw import RawInstance, RawServer
    from mailstore_sdk._generated.models import JobResult, WorkerResult


class AsyncSPEClient(AsyncClientBase, aio.ServerFunctions):
    """The Management API of one SPE installation, for code with ``await``.

    Holds every function of the whole installation; `instance` holds those of one instance. A client belongs to the
    event loop of its first call. Close it, or use it in an ``async with`` block.
    """

    _functions = FUNCTIONS

    @property
    def raw(self) -> RawServer:
        """The same methods, giving whole replies: ``await spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawServer

        return RawServer(self._recorded)

    def instance(self, instance_id: str) -> AsyncInstance:
        """The functions of one instance; asks nothing, so an unknown id shows at the first call."""
        return AsyncInstance(self, instance_id)


class AsyncInstance(AsyncInstanceBase, aio.InstanceFunctions):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    @property
    def raw(self) -> RawInstance:
        """The same methods, giving whole replies: ``await archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawInstance

        return RawInstance(self._recorded)

    def iter_worker_results(
        self,
        start: date | datetime,
        end: date | datetime,
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
            start: Start of the time range, in the time zone asked for; a date is its midnight. Fractions of a second are cut.
            end: End of the time range, excluded.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile.
            user_name: Only runs for this user.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """
        fetch = partial(self.get_worker_results, time_zone_id=time_zone_id, profile_id=profile_id, user_name=user_name)
        return walk_async(fetch, Windows.of(start, end, window, time_zone_id), "GetWorkerResults")

    def iter_job_results(
        self,
        start: date | datetime,
        end: date | datetime,
        *,
        window: timedelta = WEEK,
        time_zone_id: str = "$Local",
        job_id: int | None = None,
    ) -> AsyncIterator[JobResult]:
        """Walk the results of scheduled jobs in a long span of time, in windows that the server can answer.

        A window that the server refuses is asked for in halves, down to an hour. Rows come window by window, and within
        a window in the server's order.

        Args:
            start: Start of the time range, in the time zone asked for; a date is its midnight. Fractions of a second are cut.
            end: End of the time range, excluded.
            window: How much to ask for at once.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            job_id: Only results of this job.

        Raises:
            RefusedWindowsError: At the end, where windows stayed refused; it lists them.
        """
        fetch = partial(self.get_job_results, time_zone_id=time_zone_id, job_id=job_id)
        return walk_async(fetch, Windows.of(start, end, window, time_zone_id), "GetJobResults")
