"""Scheduled jobs: models and enums.

Generated from spec/types/jobs.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import CallDatetime, Model, StrEnum, UtcDatetime, WireDatetime


class DayOfWeek(StrEnum):
    """A day of the week.

    Evidence: documented (psgen2024, wrapper2024, docscript-srv).
    """

    SUNDAY = "Sunday"
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class JobResultStatus(StrEnum):
    """How a run of a job ended.

    Evidence: printed-sample (live25.3, live-srv26.1).
    """

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    if TYPE_CHECKING:
        _UNLISTED = "…"
        """Any text that the catalogue does not know: no comparison with the known ones is exhaustive."""


class JobResult(Model):
    """One finished run of a scheduled job.

    Evidence: printed-sample (live25.3, prtg2026).
    """

    job_result_id: Annotated[int, Field(alias="jobResultId")]
    """Number of the run."""
    job_id: Annotated[int, Field(alias="jobId")]
    """Number of the job."""
    action: str
    """Command line that ran: the name of a function, then its arguments as --name=value."""
    start_time: Annotated[CallDatetime, Field(alias="startTime")]
    """Start, in the requested time zone."""
    complete_time: Annotated[CallDatetime | None, Field(alias="completeTime")]
    """End, in the requested time zone."""
    result: JobResultStatus
    """How the run ended."""


class JobSchedule(Model):
    """When a job runs. Keys that a schedule does not use are left out.

    Evidence: printed-sample (live25.3).
    """

    time_zone_id: Annotated[str, Field(alias="timeZoneId")]
    """Windows id of the time zone."""
    time: str | None = None
    """Time of day as hh:mm:ss, in that zone."""
    interval: int | None = None
    """Pause between runs: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360 or 720. Unit: minutes. Evidence:
consumed-by-code (docscript-srv, wrapper2024)."""
    day_of_week: Annotated[DayOfWeek | None, Field(alias="dayOfWeek")] = None
    """The day of the week that it runs on. Evidence: consumed-by-code (docscript-srv, wrapper2024)."""
    day_of_month: Annotated[JsonValue | None, Field(alias="dayOfMonth")] = None
    """Day of the month on which it runs. Setters accept 1 to 31 or Last; whether a reply has a number or a string is
not known. Evidence: inferred (wrapper2024)."""
    date: WireDatetime | None = None
    """Date and time of a single run, presumably in that zone. Evidence: inferred (wrapper2024)."""


class ScheduledJob(Model):
    """A job that runs an API function on a schedule.

    Evidence: printed-sample (live25.3, prtg2026, docscript-srv, help-srv, live-srv26.1, stored25.3).
    """

    id: int
    """Number of the job."""
    name: str
    """Name of the job."""
    action: str
    """Command line that it runs, such as ProcessRetentionPolicies or RunProfile --id=13."""
    owner: str
    """The user of the instance who owns the job."""
    creation_date_time_utc: Annotated[UtcDatetime, Field(alias="creationDateTimeUtc")]
    """Creation time, in UTC though without a Z."""
    last_start_date_time_utc: Annotated[UtcDatetime | None, Field(alias="lastStartDateTimeUtc")]
    """When it last started, in UTC though without a Z."""
    last_complete_date_time_utc: Annotated[UtcDatetime | None, Field(alias="lastCompleteDateTimeUtc")]
    """When it last ended, in UTC though without a Z."""
    next_start_date_time_utc: Annotated[UtcDatetime | None, Field(alias="nextStartDateTimeUtc")]
    """When it starts next, in UTC though without a Z."""
    enabled: bool
    """Whether it runs on its schedule."""
    schedule: JobSchedule
    """When it runs."""
