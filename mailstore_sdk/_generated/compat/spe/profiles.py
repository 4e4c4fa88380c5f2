"""Profiles and their runs: methods with the interface of the vendor's first wrapper.

Generated from spec/functions/profiles.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailstore_sdk._generated.functions import profiles as functions
from mailstore_sdk.runtime.calls import Arguments, WrapperCaller

if TYPE_CHECKING:
    from datetime import datetime


class ProfilesMethods(WrapperCaller):
    """Profiles and their runs."""

    def CanRunArchiveProfiles(self, instanceID: str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Check whether an instance can run archiving profiles.

        Args:
            instanceID: Id of the instance.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.can_run_archive_profiles`` of mailstore_sdk.
        """
        return self._invoke(
            functions.CAN_RUN_ARCHIVE_PROFILES, {"instanceID": instanceID}, auto_handle_token=autoHandleToken
        )

    def CreateProfile(
        self,
        instanceID: str,
        properties: dict[str, Any] | list[Any] | str,
        raw: bool | str = True,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Create an archiving or export profile.

        Args:
            instanceID: Id of the instance.
            properties: The new profile.
            raw: true is the only value that the server supports.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.create_profile`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "properties": properties, "raw": raw}
        del properties  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.CREATE_PROFILE, arguments, auto_handle_token=autoHandleToken)

    def DeleteProfile(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Delete a profile.

        Args:
            instanceID: Id of the instance.
            id: Number of the profile.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.delete_profile`` of mailstore_sdk.
        """
        return self._invoke(
            functions.DELETE_PROFILE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def GetProfiles(
        self, instanceID: str, raw: bool | str = True, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """List the archiving and export profiles of an instance.

        Args:
            instanceID: Id of the instance.
            raw: true is the only value that the server supports.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_profiles`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_PROFILES, {"instanceID": instanceID, "raw": raw}, auto_handle_token=autoHandleToken
        )

    def GetWorkerResultReport(
        self, instanceID: str, id: int | str, autoHandleToken: bool | None = None
    ) -> dict[str, Any]:
        """Fetch the report of one run of a profile.

        Args:
            instanceID: Id of the instance.
            id: Number of the run, from GetWorkerResults.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_worker_result_report`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_WORKER_RESULT_REPORT, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def GetWorkerResults(
        self,
        instanceID: str,
        fromIncluding: datetime | str,
        toExcluding: datetime | str,
        timeZoneID: str = "$Local",
        profileID: int | str | None = None,
        userName: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """List the runs of archiving and export profiles in a time range.

        Args:
            instanceID: Id of the instance.
            fromIncluding: Start of the time range, in the time zone asked for.
            toExcluding: End of the time range, excluded.
            timeZoneID: Windows id of the time zone of all times; $Local is the server's.
            profileID: Only runs of this profile. 0 is refused by the server.
            userName: Only runs for this user. An empty text is refused by the server.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.get_worker_results`` of mailstore_sdk.
        """
        return self._invoke(
            functions.GET_WORKER_RESULTS,
            {
                "instanceID": instanceID,
                "fromIncluding": fromIncluding,
                "toExcluding": toExcluding,
                "timeZoneID": timeZoneID,
                "profileID": profileID,
                "userName": userName,
            },
            auto_handle_token=autoHandleToken,
        )

    def RunProfile(self, instanceID: str, id: int | str, autoHandleToken: bool | None = None) -> dict[str, Any]:
        """Run a stored profile.

        Args:
            instanceID: Id of the instance.
            id: Number of the profile.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.run_profile`` of mailstore_sdk.
        """
        return self._invoke(
            functions.RUN_PROFILE, {"instanceID": instanceID, "id": id}, auto_handle_token=autoHandleToken
        )

    def RunTemporaryProfile(
        self,
        instanceID: str,
        properties: dict[str, Any] | list[Any] | str,
        raw: bool | str = True,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Run a profile once without storing it.

        Args:
            instanceID: Id of the instance.
            properties: The profile.
            raw: true is the only value that the server supports.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.run_temporary_profile`` of mailstore_sdk.
        """
        arguments: Arguments = {"instanceID": instanceID, "properties": properties, "raw": raw}
        del properties  # Tracebacks that show variables must not show secrets.
        return self._invoke(functions.RUN_TEMPORARY_PROFILE, arguments, auto_handle_token=autoHandleToken)

    def SetProfileServerSideExecution(
        self,
        instanceID: str,
        id: int | str,
        automatic: bool | str,
        automaticPauseBetweenExecutions: int | str | None = None,
        automaticMaintenanceWindows: str | None = None,
        autoHandleToken: bool | None = None,
    ) -> dict[str, Any]:
        """Switch the automatic runs of a profile on the server on or off.

        Args:
            instanceID: Id of the instance.
            id: Number of the profile.
            automatic: Whether the server runs it again and again.
            automaticPauseBetweenExecutions: Pause between two runs; needed when automatic is true. Unit: seconds.
            automaticMaintenanceWindows: A time window hh:mm-hh:mm in which no run starts; without it, runs start at any
                time. It is kept while automatic is false.
            autoHandleToken: Wait for the end of long-running work; the client's own where None.

        Typed: ``Instance.set_profile_server_side_execution`` of mailstore_sdk.
        """
        return self._invoke(
            functions.SET_PROFILE_SERVER_SIDE_EXECUTION,
            {
                "instanceID": instanceID,
                "id": id,
                "automatic": automatic,
                "automaticPauseBetweenExecutions": automaticPauseBetweenExecutions,
                "automaticMaintenanceWindows": automaticMaintenanceWindows,
            },
            auto_handle_token=autoHandleToken,
        )
