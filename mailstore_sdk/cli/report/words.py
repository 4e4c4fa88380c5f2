"""Figures as people read them, the same on the screen and on the page."""

from __future__ import annotations

from datetime import date, datetime

from mailstore_sdk.cli.report.judge import MB_IN_GB

UNTOLD = "\N{EN DASH}"
"""Stands for what the server did not tell."""


def number(value: int | None) -> str:
    """A count with thousands marked."""
    return UNTOLD if value is None else f"{value:,}"


def size(megabytes: int | None) -> str:
    """A size in MB, GB or TB of 1,024 each."""
    if megabytes is None:
        return UNTOLD
    units = {"MB": 1, "GB": MB_IN_GB, "TB": MB_IN_GB**2}
    unit = next((unit for unit in ("TB", "GB") if megabytes >= units[unit]), "MB")
    return f"{megabytes:,} MB" if unit == "MB" else f"{megabytes / units[unit]:,.1f} {unit}"


def day(value: date) -> str:
    """A day, as 22 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime) -> str:
    """A time in UTC to the minute."""
    return f"{value:%Y-%m-%d %H:%M} UTC"
