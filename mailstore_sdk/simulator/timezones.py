"""Times: the server's are in UTC, and callers name time zones by their Windows ids."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailstore_sdk.simulator.errors import Refusal

ZONES = {
    "UTC": "UTC",
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "GMT Standard Time": "Europe/London",
    "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago",
    "Pacific Standard Time": "America/Los_Angeles",
    "Tokyo Standard Time": "Asia/Tokyo",
}
"""The Windows time zones that the simulator knows, with their IANA names."""


def now() -> datetime:
    """Return the current time in UTC, in whole seconds and without a zone, as all times of the state."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def zone(name: str) -> tzinfo:
    """Return the time zone with a Windows id; ``$Local`` is the server's.

    Raises:
        Refusal: The id is unknown.
    """
    if name in ("$Local", "UTC"):
        return UTC
    try:
        return ZoneInfo(ZONES[name])
    except (KeyError, ZoneInfoNotFoundError):
        message = f"The time zone ID '{name}' was not found on the local computer."
        raise Refusal(message, "System.TimeZoneNotFoundException") from None


def in_zone(moment: datetime, where: tzinfo) -> datetime:
    """Convert a time of the state to local time in the zone."""
    return _converted(moment, UTC, where)


def from_zone(moment: datetime, where: tzinfo) -> datetime:
    """Convert local time in the zone to a time of the state."""
    return _converted(moment, where, UTC)


def _converted(moment: datetime, source: tzinfo, target: tzinfo) -> datetime:
    try:
        return moment.replace(tzinfo=source).astimezone(target).replace(tzinfo=None)
    except OverflowError:
        return moment  # The first or the last day of the calendar, where hours do not matter.


def text(moment: datetime | None, where: tzinfo = UTC) -> str | None:
    """Format a time of the state for a reply."""
    return in_zone(moment, where).isoformat() if moment else None
