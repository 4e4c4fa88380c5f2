"""Profiles, scheduled jobs, and the rows of their runs. All times are in UTC and have no zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]


@dataclass
class Profile:
    """An archiving or export profile; `fault` is why its runs fail."""

    id: int
    properties: JsonObject = field(default_factory=dict[str, JsonValue], repr=False)
    version: int = 1
    fault: str | None = None

    @property
    def name(self) -> str:
        """Display name."""
        return str(self.properties.get("name", ""))

    @property
    def owner(self) -> str:
        """The user that the profile belongs to."""
        return str(self.properties.get("owner", ""))


@dataclass(frozen=True)
class WorkerRun:
    """One run of a profile."""

    id: int
    user_name: str
    result: str
    items_archived: int
    start: datetime
    complete: datetime | None
    machine_name: str
    profile_id: int | None = None
    profile_name: str | None = None


@dataclass
class Job:
    """A job that runs an API function; `schedule` is as GetJobs returns it."""

    id: int
    name: str
    action: str
    owner: str
    created: datetime
    schedule: JsonObject
    enabled: bool = True
    last_start: datetime | None = None
    last_complete: datetime | None = None


@dataclass(frozen=True)
class JobRun:
    """One finished run of a job."""

    id: int
    job_id: int
    action: str
    start: datetime
    complete: datetime
    result: str
