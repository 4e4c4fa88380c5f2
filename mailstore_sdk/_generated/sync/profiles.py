"""Profiles and their runs: synchronous methods.

Generated from spec/functions/profiles.yaml; change the catalogue and run ``make generate``.
"""

# Instances call methods of their client that programs should not.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated.functions import profiles as functions
from mailstore_sdk.client import SyncInstanceBase
from mailstore_sdk.runtime.function import Arguments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, timedelta

    from mailstore_sdk._generated.models import JsonValue, Profile, WorkerResult
    from mailstore_sdk.jobs import Job


class InstanceProfiles(SyncInstanceBase):
    """Profiles and their runs: functions of one instance."""

    def can_run_archive_profiles(self) -> bool:
        """Check whether an instance can run archiving profiles.

        Returns:
            bool: Whether it can run them.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CanRunArchiveProfiles (read). Evidence: documented, result inferred.
        """
        return self._client._call(functions.CAN_RUN_ARCHIVE_PROFILES, {"instanceID": self.instance_id})

    def create_profile(self, properties: Profile, *, raw: bool = True) -> JsonValue:
        """Create an archiving or export profile.

        Take one from GetProfiles as a template: leave out id and version, and fill in the password.

        Args:
            properties: The new profile.
            raw: true is the only value that the server supports.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: CreateProfile (mutating). Evidence: documented, result unknown.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "properties": properties, "raw": raw}
        del properties  # Tracebacks that show variables must not show secrets.
        return self._client._call(functions.CREATE_PROFILE, arguments)

    def delete_profile(self, id: int) -> None:
        """Delete a profile.

        The settings of the profile are deleted. To be able to create it again, save the result of GetProfiles; it has
        no passwords.

        Args:
            id: Number of the profile.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: DeleteProfile (destructive). Evidence: documented, result inferred.
        """
        return self._client._call(functions.DELETE_PROFILE, {"instanceID": self.instance_id, "id": id})

    def get_profiles(self, *, raw: bool = True) -> list[Profile]:
        """List the archiving and export profiles of an instance.

        Args:
            raw: true is the only value that the server supports.

        Returns:
            list[Profile]: An archiving or export profile. More fields may exist; they are kept as received each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetProfiles (read). Evidence: documented, result consumed-by-code.
        """
        return self._client._call(functions.GET_PROFILES, {"instanceID": self.instance_id, "raw": raw})

    def get_worker_result_report(self, id: int) -> JsonValue:
        """Fetch the report of one run of a profile.

        Args:
            id: Number of the run, from GetWorkerResults.

        Returns:
            JsonValue: What the server gives back; its shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetWorkerResultReport (read). Evidence: documented, result unknown.
        """
        return self._client._call(functions.GET_WORKER_RESULT_REPORT, {"instanceID": self.instance_id, "id": id})

    def get_worker_results(
        self,
        from_including: date | datetime,
        to_excluding: date | datetime,
        *,
        time_zone_id: str = "$Local",
        profile_id: int | None = None,
        user_name: str | None = None,
    ) -> list[WorkerResult]:
        """List the runs of archiving and export profiles in a time range.

        The server keeps rows for 30 days by default, so an older time range is empty. The rows are not in order of
        time: sort them by their id, which grows with the end of a run, or use iter_worker_results. Many rows turn into
        long-running work on the server; the SDK waits for it.

        Args:
            from_including: Start of the time range, in the requested time zone.
            to_excluding: End of the time range, exclusive.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile. The server rejects 0.
            user_name: Only runs for this user. The server rejects an empty string.

        Returns:
            list[WorkerResult]: One run of an archiving or export profile each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetWorkerResults (read). Evidence: documented, result printed-sample.
        """
        return self._client._call(
            functions.GET_WORKER_RESULTS,
            {
                "instanceID": self.instance_id,
                "fromIncluding": from_including,
                "toExcluding": to_excluding,
                "timeZoneID": time_zone_id,
                "profileID": profile_id,
                "userName": user_name,
            },
        )

    def iter_worker_results(
        self,
        start: date | datetime,
        end: date | datetime,
        *,
        window: timedelta | None = None,
        time_zone_id: str = "$Local",
        profile_id: int | None = None,
        user_name: str | None = None,
    ) -> Iterator[WorkerResult]:
        """Read `get_worker_results` for a long time range, in windows that the server can answer.

        A window that the server refuses is requested in halves, down to an hour. Rows are yielded by their start, with
        one window in memory at a time. The server has no rows older than it keeps them.

        Args:
            start: Start of the time range, in the requested time zone.
            end: End of the time range, exclusive.
            window: The length of a window, an hour or more; a week if None.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile. The server rejects 0.
            user_name: Only runs for this user. The server rejects an empty string.

        Raises:
            RefusedWindowsError: After the last row, if windows stayed refused; it lists them.

        Wire name: GetWorkerResults.
        """
        return self._client._walk(
            functions.GET_WORKER_RESULTS,
            {
                "instanceID": self.instance_id,
                "fromIncluding": start,
                "toExcluding": end,
                "timeZoneID": time_zone_id,
                "profileID": profile_id,
                "userName": user_name,
            },
            window,
        )

    def run_profile(self, id: int) -> Job[JsonValue]:
        """Run a stored profile.

        GetWorkerResults shows afterwards how the run ended.

        Args:
            id: Number of the profile.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RunProfile (mutating). Evidence: documented, result unknown.
        """
        return self._client._start(functions.RUN_PROFILE, {"instanceID": self.instance_id, "id": id})

    def run_temporary_profile(self, properties: Profile, *, raw: bool = True) -> Job[JsonValue]:
        """Run a profile once without storing it.

        Take one from GetProfiles as a template: leave out id and version, and fill in the password.

        Args:
            properties: The profile.
            raw: true is the only value that the server supports.

        Returns:
            Job: Work that the server has begun; its result is JsonValue, whose shape is not documented.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: RunTemporaryProfile (mutating). Evidence: documented, result unknown.
        """
        arguments: Arguments = {"instanceID": self.instance_id, "properties": properties, "raw": raw}
        del properties  # Tracebacks that show variables must not show secrets.
        return self._client._start(functions.RUN_TEMPORARY_PROFILE, arguments)

    def set_profile_server_side_execution(
        self,
        id: int,
        automatic: bool,
        *,
        automatic_pause_between_executions: int | None = None,
        automatic_maintenance_windows: str | None = None,
    ) -> None:
        """Enable or disable the automatic runs of a profile on the server.

        No other function changes a profile: for anything else, delete it and create it again.

        Args:
            id: Number of the profile.
            automatic: Whether the server runs it repeatedly.
            automatic_pause_between_executions: Pause between two runs; needed when automatic is true. Unit: seconds.
            automatic_maintenance_windows: A time window hh:mm-hh:mm in which no run starts; without it, runs start at
                any time. It is kept while automatic is false.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: SetProfileServerSideExecution (idempotent). Evidence: documented, result inferred.
        """
        return self._client._call(
            functions.SET_PROFILE_SERVER_SIDE_EXECUTION,
            {
                "instanceID": self.instance_id,
                "id": id,
                "automatic": automatic,
                "automaticPauseBetweenExecutions": automatic_pause_between_executions,
                "automaticMaintenanceWindows": automatic_maintenance_windows,
            },
        )
