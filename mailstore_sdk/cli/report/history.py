"""Aggregate runs of profiles as they arrive: counts by day, and the latest run of each profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import add

from mailstore_sdk import WorkerResultStatus
from mailstore_sdk.cli.report.rows import Run


class Kind(StrEnum):
    """How a run ended, as far as the report distinguishes it. `OTHER` is everything else, and unknown values."""

    SUCCEEDED = "succeeded"
    INCOMPLETE = "with warnings or errors"
    FAILED = "failed"
    OTHER = "otherwise"


KINDS: Mapping[str, Kind] = {
    WorkerResultStatus.SUCCEEDED: Kind.SUCCEEDED,
    WorkerResultStatus.COMPLETED_WITH_WARNINGS: Kind.INCOMPLETE,
    WorkerResultStatus.COMPLETED_WITH_ERRORS: Kind.INCOMPLETE,
    WorkerResultStatus.FAILED: Kind.FAILED,
}


@dataclass(frozen=True)
class Span:
    """The time range of the runs.

    Attributes:
        label: Its length in words, such as 30 days.
    """

    start: datetime
    end: datetime
    label: str

    @classmethod
    def ending(cls, now: datetime, days: int) -> Span:
        """The last whole days in UTC until `now`, including today. The server accepts whole seconds only."""
        end = now.astimezone(UTC).replace(microsecond=0)
        midnight = end.replace(hour=0, minute=0, second=0)
        return cls(midnight - timedelta(days=days - 1), end, _counted(days, "day"))

    @classmethod
    def of_hours(cls, now: datetime, hours: int) -> Span:
        """The last hours until `now`."""
        end = now.astimezone(UTC).replace(microsecond=0)
        return cls(end - timedelta(hours=hours), end, _counted(hours, "hour"))

    @property
    def days(self) -> tuple[date, ...]:
        """The days in UTC that the time range includes, earliest first."""
        count = (self.end.date() - self.start.date()).days + 1
        return tuple(self.start.date() + timedelta(days=number) for number in range(count))


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


@dataclass(frozen=True)
class Day:
    """The results of one day's runs; a run counts on the day that it started.

    Attributes:
        archived: Messages that the runs have archived.
        runs: How many ended how.
    """

    date: date
    archived: int = 0
    runs: Mapping[Kind, int] = field(default_factory=dict[Kind, int])

    @property
    def count(self) -> int:
        """How many runs there were."""
        return sum(self.runs.values())

    def __add__(self, other: Day) -> Day:
        """The same day of another instance added."""
        return Day(self.date, self.archived + other.archived, Counter(self.runs) + Counter(other.runs))


@dataclass(frozen=True)
class ProfileRuns:
    """A summary of the runs of one profile.

    Attributes:
        latest: The run that started last.
        failures: Failed runs since the last one that was completed, be it with warnings or errors.
    """

    latest: Run
    failures: int


@dataclass(frozen=True)
class History:
    """The runs of an instance in a time range.

    Attributes:
        complete: Whether the server returned the whole range.
    """

    days: tuple[Day, ...]
    profiles: Mapping[int, ProfileRuns]
    complete: bool


@dataclass
class Tally:
    """Takes runs one by one, in any order, and keeps no more of them than `History` needs."""

    span: Span
    _archived: Counter[date] = field(default_factory=Counter[date])
    _runs: Counter[tuple[date, Kind]] = field(default_factory=Counter[tuple[date, Kind]])
    _profiles: dict[int, _ProfileTally] = field(default_factory=dict[int, "_ProfileTally"])

    def add(self, run: Run) -> None:
        """Count a run."""
        kind = KINDS.get(run.result, Kind.OTHER)
        day = run.start_time.date()
        self._archived[day] += run.items_archived
        self._runs[day, kind] += 1
        if run.profile_id is not None:
            self._profiles.setdefault(run.profile_id, _ProfileTally(run)).add(run, kind)

    def history(self, *, complete: bool) -> History:
        """What came together."""
        profiles = {number: ProfileRuns(tally.latest, len(tally.failed)) for number, tally in self._profiles.items()}
        return History(tuple(map(self._day, self.span.days)), profiles, complete)

    def _day(self, day: date) -> Day:
        return Day(day, self._archived[day], {kind: self._runs[day, kind] for kind in Kind if (day, kind) in self._runs})


@dataclass
class _ProfileTally:
    latest: Run
    completed: datetime | None = None
    failed: list[datetime] = field(default_factory=list[datetime])

    def add(self, run: Run, kind: Kind) -> None:
        self.latest = max(self.latest, run, key=lambda one: (one.start_time, one.id))
        if kind is Kind.FAILED and (self.completed is None or run.start_time > self.completed):
            self.failed.append(run.start_time)
        elif kind in {Kind.SUCCEEDED, Kind.INCOMPLETE} and (self.completed is None or run.start_time > self.completed):
            self.completed = run.start_time
            self.failed = [start for start in self.failed if start > run.start_time]


def added(days: tuple[tuple[Day, ...], ...]) -> tuple[Day, ...]:
    """The days of several instances, added up."""
    return tuple(reduce(add, same) for same in zip(*days, strict=True))


def levels(days: Sequence[Day], most: int) -> list[int]:
    """The messages archived in a day, for so many days one by one, else on average of as few days together as will do."""
    width = -(-len(days) // most)
    parts = [days[start : start + width] for start in range(0, len(days), width)]
    return [sum(day.archived for day in part) // len(part) for part in parts]
