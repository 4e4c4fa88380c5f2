"""Profiles and their runs: synchronous methods.

Generated from spec/functions/profiles.yaml; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailstore_sdk._generated import functions
from mailstore_sdk.calls import Caller

if TYPE_CHECKING:
    from datetime import datetime

    from mailstore_sdk._generated.models import WorkerResult


class InstanceProfiles(Caller):
    """Profiles and their runs: functions of one instance."""

    def get_worker_results(
        self,
        from_including: datetime,
        to_excluding: datetime,
        *,
        time_zone_id: str = "$Local",
        profile_id: int | None = None,
        user_name: str | None = None,
    ) -> list[WorkerResult]:
        """List the runs of archiving and export profiles in a span of time.

        Long spans turn into long-running work on the server; the SDK waits for it. The rows are not strictly sorted.

        Args:
            from_including: Start of the span, in the time zone asked for.
            to_excluding: End of the span, itself not in it.
            time_zone_id: Windows id of the time zone of all times; $Local is the server's.
            profile_id: Only runs of this profile. 0 is refused by the server.
            user_name: Only runs for this user. An empty text is refused by the server.

        Returns:
            list[WorkerResult]: One run of an archiving or export profile each.

        Raises:
            FunctionFailedError: The server says that it failed.

        Wire name: GetWorkerResults (read). Known since 9.0. Needs a system administrator's login, and service provider
        access switched on for the instance.
        Evidence: arguments documented, result printed-sample (wrapper2014, wrapper2024, psgen2024, live25.3, prtg2026,
        util2020).
        Note: The argument is timeZoneID here and timeZoneId everywhere else.
        Note: The first wrapper requires timeZoneID, later ones send $Local where it is left out, as the SDK does.
        Note: The first wrapper has profileID as text, later ones as a number; the numbers in replies decide.
        Note: It is kept a plain call although large spans become long-running, because its rows are what the caller
            wants.
        """
        return self._call(
            functions.GET_WORKER_RESULTS,
            {
                "fromIncluding": from_including,
                "toExcluding": to_excluding,
                "timeZoneID": time_zone_id,
                "profileID": profile_id,
                "userName": user_name,
            },
        )
