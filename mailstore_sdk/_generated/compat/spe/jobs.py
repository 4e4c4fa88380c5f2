"""Scheduled jobs: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/jobs.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailstore_sdk._generated.functions import jobs as functions
from mailstore_sdk.runtime.calls import WrapperCaller

if TYPE_CHECKING:
    from datetime import datetime


class JobsMethods(WrapperCaller):
    """Scheduled jobs."""

    def CancelJobAsync(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Ask a running job to stop.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.cancel_job_async`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CANCEL_JOB_ASYNC, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def CreateJob(
        self,
        instanceID: str,
        name: str,
        action: str,
        owner: str,
        timeZoneId: str,
        date: datetime | str | None = None,
        interval: int | str | None = None,
        time: str | None = None,
        dayOfWeek: str | None = None,
        dayOfMonth: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create a job that runs an API function at set times.

        Args:
            instanceID: Id of the instance.
            name: Name of the job.
            action: Command line to run, such as VerifyStores or RunProfile --id=13.
            owner: Name of a user of the instance who is an administrator.
            timeZoneId: Windows id of the time zone of the schedule; $Local is the server's.
            date: Run once, at this time.
            interval: Run again after so many minutes: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360 or 720. Unit: minutes.
            time: Time of day; alone it means every day.
            dayOfWeek: Day of the week that it runs on; needs time. Known values: Sunday, Monday, Tuesday, Wednesday,
                Thursday, Friday, Saturday.
            dayOfMonth: Day of the month that it runs on: 1 to 31, or Last; needs time. dayOfWeek narrows it further.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_job`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CREATE_JOB,
            {
                "instanceID": instanceID,
                "name": name,
                "action": action,
                "owner": owner,
                "timeZoneId": timeZoneId,
                "date": date,
                "interval": interval,
                "time": time,
                "dayOfWeek": dayOfWeek,
                "dayOfMonth": dayOfMonth,
            },
            auto_handle_token=autoHandleToken,
        )

    def DeleteJob(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a job.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_job`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_JOB, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def GetJobResults(
        self,
        instanceID: str,
        fromIncluding: datetime | str,
        toExcluding: datetime | str,
        timeZoneId: str = "$Local",
        jobId: int | str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """List the finished runs of jobs in a time range.

        Args:
            instanceID: Id of the instance.
            fromIncluding: Start of the time range, in the time zone asked for.
            toExcluding: End of the time range, excluded.
            timeZoneId: Windows id of the time zone of all times; $Local is the server's.
            jobId: Only runs of this job.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_job_results`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_JOB_RESULTS,
            {
                "instanceID": instanceID,
                "fromIncluding": fromIncluding,
                "toExcluding": toExcluding,
                "timeZoneId": timeZoneId,
                "jobId": jobId,
            },
            auto_handle_token=autoHandleToken,
        )

    def GetJobs(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """List the scheduled jobs of an instance.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_jobs`` of mailstore_sdk.
        """
        return self._invoke(functions.GET_JOBS, {"instanceID": instanceID}, auto_handle_token=autoHandleToken)

    def RenameJob(
        self, instanceID: str, id: int | str, name: str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Rename a job.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            name: New name of the job.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.rename_job`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RENAME_JOB, {"instanceID": instanceID, "id": id, "name": name}, auto_handle_token=autoHandleToken
        )

    def RunJobAsync(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Start a job now.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.run_job_async`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RUN_JOB_ASYNC, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def SetJobEnabled(
        self, instanceID: str, id: int | str, enabled: bool | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Switch a job on or off.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            enabled: Whether it runs at its times.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_job_enabled`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_JOB_ENABLED,
            {"instanceID": instanceID, "id": id, "enabled": enabled},
            auto_handle_token=autoHandleToken,
        )

    def SetJobSchedule(
        self,
        instanceID: str,
        id: int | str,
        timeZoneId: str,
        date: datetime | str | None = None,
        interval: int | str | None = None,
        time: str | None = None,
        dayOfWeek: str | None = None,
        dayOfMonth: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Change the times at which a job runs.

        Args:
            instanceID: Id of the instance.
            id: Number of the job.
            timeZoneId: Windows id of the time zone of the schedule; $Local is the server's.
            date: Run once, at this time.
            interval: Run again after so many minutes: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360 or 720. Unit: minutes.
            time: Time of day; alone it means every day.
            dayOfWeek: Day of the week that it runs on; needs time. Known values: Sunday, Monday, Tuesday, Wednesday,
                Thursday, Friday, Saturday.
            dayOfMonth: Day of the month that it runs on: 1 to 31, or Last; needs time. dayOfWeek narrows it further.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_job_schedule`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_JOB_SCHEDULE,
            {
                "instanceID": instanceID,
                "id": id,
                "timeZoneId": timeZoneId,
                "date": date,
                "interval": interval,
                "time": time,
                "dayOfWeek": dayOfWeek,
                "dayOfMonth": dayOfMonth,
            },
            auto_handle_token=autoHandleToken,
        )
