"""Profiles and their runs: models and enums.

Generated from spec/types/profiles.yaml; change the catalogue and run ``make generate``.
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from mailstore_sdk.model import Model, StrEnum


class WorkerResultStatus(StrEnum):
    """How a run of a profile ended.

    Evidence: consumed-by-code (live25.3, monitors).
    """

    SUCCEEDED = "succeeded"
    COMPLETED_WITH_WARNINGS = "completedWithWarnings"
    COMPLETED_WITH_ERRORS = "completedWithErrors"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DISCONNECTED = "disconnected"
    THREAD_ABORT = "threadAbort"


class WorkerResult(Model):
    """One run of an archiving or export profile.

    Evidence: printed-sample (live25.3, monitors).
    """

    id: int
    """Number of the run."""
    user_name: Annotated[str, Field(alias="userName")]
    """For whom it ran."""
    profile_id: Annotated[int | None, Field(alias="profileId")] = None
    """Number of the profile; absent where the run had no stored profile."""
    profile_name: Annotated[str | None, Field(alias="profileName")] = None
    """Name of the profile; absent together with its number."""
    result: WorkerResultStatus
    """How the run ended."""
    items_archived: Annotated[int, Field(alias="itemsArchived")]
    """How many messages were archived. Unit: messages."""
    start_time: Annotated[datetime, Field(alias="startTime")]
    """Start, in the time zone asked for."""
    complete_time: Annotated[datetime | None, Field(alias="completeTime")]
    """End, in the time zone asked for."""
    machine_name: Annotated[str, Field(alias="machineName")]
    """Machine that the profile ran on."""
