"""Read long time ranges in windows that the server accepts."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Generic, TypeVar, cast

from mailstore_sdk.errors import ArgumentError, FunctionFailedError, RefusedWindowsError, Window
from mailstore_sdk.runtime._protocol.form import UnfitError, whole_seconds, zone_of
from mailstore_sdk.runtime.function import Function
from mailstore_sdk.runtime.sanitize import shown_value

R = TypeVar("R")
WEEK = timedelta(days=7)
SMALLEST = timedelta(hours=1)
"""A window of this length that the server refuses is not halved any more."""


class Windows(Generic[R]):
    """The windows of a time range, in the order of time; one that the server rejects comes again as two halves.

    Attributes:
        function: What reads the rows of a window.
    """

    def __init__(self, function: Function[list[R]], arguments: Mapping[str, object], length: timedelta | None) -> None:
        """Begin with the time range in the arguments of a call; its windows have a week if `length` is None.

        Raises:
            ArgumentError: A time is invalid, or the length is too short.
        """
        self.function, self._arguments = function, arguments
        self._first, self._last = cast("tuple[str, str]", function.interval)
        zone = zone_of(arguments)
        start, end = _checked("start", arguments[self._first], zone), _checked("end", arguments[self._last], zone)
        self._length = WEEK if length is None else length
        if not isinstance(cast("object", self._length), timedelta) or self._length < SMALLEST:
            raise ArgumentError(f"window cannot be {shown_value(length)}; expected a timedelta of {SMALLEST} or more")
        self._waiting = [Window(start, end)] if start < end else []  # the earliest last
        self._refused: list[tuple[Window, FunctionFailedError]] = []

    def __iter__(self) -> Iterator[Window]:
        """Yield each window.

        Raises:
            RefusedWindowsError: Some windows were rejected, even at the minimum size.
        """
        while self._waiting:
            start, end = self._waiting.pop()
            middle = min(start + self._length, end)
            if middle < end:
                self._waiting.append(Window(middle, end))
            yield Window(start, middle)
        if self._refused:
            (first, error), name = self._refused[0], self.function.name
            message = f"{name} failed for {len(self._refused)} window(s), the first {first.start} to {first.end}: {error.server_message}"
            raise RefusedWindowsError(message, windows=[window for window, _ in self._refused], function=name) from error

    @contextmanager
    def reading(self, window: Window) -> Generator[dict[str, object]]:
        """Yield the arguments of the call that reads a window; if the server rejects it, its two halves follow, or it is given up."""
        try:
            yield {**self._arguments, self._first: window.start, self._last: window.end}
        except FunctionFailedError as error:
            middle = (window.start + (window.end - window.start) / 2).replace(microsecond=0)
            if middle - window.start < SMALLEST:
                self._refused.append((window, error))
            else:
                self._waiting += [Window(middle, window.end), Window(window.start, middle)]


def _checked(name: str, value: object, zone: tzinfo | None) -> datetime:
    try:
        return whole_seconds(value, zone, is_end=name == "end")
    except UnfitError as unfit:
        raise ArgumentError(f"{name} cannot be {shown_value(value)}; expected {unfit}") from None


def start_of(row: object) -> datetime:
    """Return the start of a row to sort by, as the server's order differs by function; values that are not a time come first."""
    start = getattr(row, "start_time", None)
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.min  # noqa: DTZ901 - only compared with times without a zone
