"""Figures as people read them, the same on the screen and on the page."""

from __future__ import annotations

from datetime import date, datetime

from mailstore_sdk.cli.sizes import human_size

UNTOLD = "\N{EN DASH}"
"""Shown for a value that the server did not report."""


def number(value: int | None) -> str:
    """A count with thousands marked."""
    return UNTOLD if value is None else f"{value:,}"


def size(megabytes: int | None) -> str:
    """A size in the unit that fits."""
    return UNTOLD if megabytes is None else human_size(megabytes, "MB")


def day(value: date) -> str:
    """A day, as 22 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime) -> str:
    """A time in UTC to the minute."""
    return f"{value:%Y-%m-%d %H:%M} UTC"
