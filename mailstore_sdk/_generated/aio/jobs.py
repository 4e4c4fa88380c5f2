"""Scheduled jobs: asynchronous methods.

Generated from spec/functions/jobs.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import jobs as functions
from mailstore_sdk.aio.client import AsyncInstanceBase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date, datetime, timedelta

    from mailstore_sdk._generated.literals import DayOfWeekValue
    from mailstore_sdk._generated.models import DayOfWeek, JobResult, JsonValue, ScheduledJob


class InstanceJobs(AsyncInstanceBase):
    """Scheduled jobs: functions of one instance."""

    async def cancel_job_async(self, id: int) -> None:
        """Ask a running job to stop.

        The call does not wait for the job to end: GetJobResults shows later how the run ended.

        Args:
            id: Number of the job.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CancelJobAsync (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.CANCEL_JOB_ASYNC, {"instanceID": self.instance_id, "id": id})

    async def create_job(
        self,
        name: str,
        action: str,
        owner: str,
        time_zone_id: str,
        *,
        date: date | datetime | None = None,
        interval: int | None = None,
        time: str | None = None,
        day_of_week: DayOfWeek | DayOfWeekValue | None = None,
        day_of_month: str | None = None,
    ) -> JsonValue:
        """Create a job that runs an API function on a schedule.

        The action is a command line as in the Management Shell: the name of a function, followed by its arguments as
        --name=value. The instance need not be named.

        Args:
            name: Name of the job.
            action: Command line to run, such as VerifyStores or RunProfile --id=13.
            owner: Name of a user of the instance who is an administrator.
            time_zone_id: Windows id of the time zone of the schedule; $Local is the server's.
            date: Run once, at this time.
            interval: Run again after so many minutes: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360 or 720. Unit: minutes.
            time: Time of day; alone it means every day.
            day_of_week: Day of the week that it runs on; needs time. Known values: Sunday, Monday, Tuesday, Wednesday,
                Thursday, Friday, Saturday.
            day_of_month: Day of the month that it runs on: 1 to 31, or Last; needs time. dayOfWeek narrows it further.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateJob (mutating). Evidence: documented, result unknown.
        """
        return await self._client._call(
            functions.CREATE_JOB,
            {
                "instanceID": self.instance_id,
                "name": name,
                "action": action,
                "owner": owner,
                "timeZoneId": time_zone_id,
                "date": date,
                "interval": interval,
                "time": time,
                "dayOfWeek": day_of_week,
                "dayOfMonth": day_of_month,
            },
        )

    async def delete_job(self, id: int) -> None:
        """Delete a job.

        The job and its schedule are deleted. To pause it, use SetJobEnabled.

        Args:
            id: Number of the job.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteJob (destructive). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.DELETE_JOB, {"instanceID": self.instance_id, "id": id})

    async def get_job_results(
        self,
        from_including: date | datetime,
        to_excluding: date | datetime,
        *,
        time_zone_id: str = "$Local",
        job_id: int | None = None,
    ) -> list[JobResult]:
        """List the finished runs of jobs in a time range.

        The server keeps rows for 90 days by default, so an older time range is empty. The newest run comes first.

        Args:
            from_including: Start of the time range, in the requested time zone.
            to_excluding: End of the time range, exclusive.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            job_id: Only runs of this job.

        Returns:
            list[JobResult]: One finished run of a scheduled job each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetJobResults (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(
            functions.GET_JOB_RESULTS,
            {
                "instanceID": self.instance_id,
                "fromIncluding": from_including,
                "toExcluding": to_excluding,
                "timeZoneId": time_zone_id,
                "jobId": job_id,
            },
        )

    def iter_job_results(
        self,
        start: date | datetime,
        end: date | datetime,
        *,
        window: timedelta | None = None,
        time_zone_id: str = "$Local",
        job_id: int | None = None,
    ) -> AsyncIterator[JobResult]:
        """Read `get_job_results` for a long time range, in windows that the server can answer.

        A window that the server refuses is requested in halves, down to an hour. Rows are yielded by their start, with
        one window in memory at a time. The server has no rows older than it keeps them.

        Args:
            start: Start of the time range, in the requested time zone.
            end: End of the time range, exclusive.
            window: The length of a window, an hour or more; a week if None.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            job_id: Only runs of this job.

        Raises:
            RefusedWindowsError: After the last row, if windows stayed refused; it lists them.

        Wire name: GetJobResults.
        """
        return self._client._walk(
            functions.GET_JOB_RESULTS,
            {
                "instanceID": self.instance_id,
                "fromIncluding": start,
                "toExcluding": end,
                "timeZoneId": time_zone_id,
                "jobId": job_id,
            },
            window,
        )

    async def get_jobs(self) -> list[ScheduledJob]:
        """List the scheduled jobs of an instance.

        Returns:
            list[ScheduledJob]: A job that runs an API function on a schedule each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetJobs (read). Evidence: documented, result printed-sample.
        """
        return await self._client._call(functions.GET_JOBS, {"instanceID": self.instance_id})

    async def rename_job(self, id: int, name: str) -> None:
        """Rename a job.

        Args:
            id: Number of the job.
            name: New name of the job.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RenameJob (mutating). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.RENAME_JOB, {"instanceID": self.instance_id, "id": id, "name": name})

    async def run_job_async(self, id: int) -> None:
        """Start a job now.

        The call does not wait for the job: GetJobResults shows later how the run ended.

        Args:
            id: Number of the job.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RunJobAsync (mutating). Evidence: documented, result inferred.
        """
        return await self._client._call(functions.RUN_JOB_ASYNC, {"instanceID": self.instance_id, "id": id})

    async def set_job_enabled(self, id: int, enabled: bool) -> None:
        """Enable or disable a job.

        Args:
            id: Number of the job.
            enabled: Whether it runs on its schedule.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetJobEnabled (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_JOB_ENABLED, {"instanceID": self.instance_id, "id": id, "enabled": enabled}
        )

    async def set_job_schedule(
        self,
        id: int,
        time_zone_id: str,
        *,
        date: date | datetime | None = None,
        interval: int | None = None,
        time: str | None = None,
        day_of_week: DayOfWeek | DayOfWeekValue | None = None,
        day_of_month: str | None = None,
    ) -> None:
        """Change the schedule of a job.

        The new schedule replaces the old one.

        Args:
            id: Number of the job.
            time_zone_id: Windows id of the time zone of the schedule; $Local is the server's.
            date: Run once, at this time.
            interval: Run again after so many minutes: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360 or 720. Unit: minutes.
            time: Time of day; alone it means every day.
            day_of_week: Day of the week that it runs on; needs time. Known values: Sunday, Monday, Tuesday, Wednesday,
                Thursday, Friday, Saturday.
            day_of_month: Day of the month that it runs on: 1 to 31, or Last; needs time. dayOfWeek narrows it further.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetJobSchedule (idempotent). Evidence: documented, result inferred.
        """
        return await self._client._call(
            functions.SET_JOB_SCHEDULE,
            {
                "instanceID": self.instance_id,
                "id": id,
                "timeZoneId": time_zone_id,
                "date": date,
                "interval": interval,
                "time": time,
                "dayOfWeek": day_of_week,
                "dayOfMonth": day_of_month,
            },
        )
