"""Read long time ranges in windows that the server accepts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple, TypeVar, cast

from mailstore_sdk.errors import ArgumentError, FunctionFailedError, RefusedWindowsError, Window
from mailstore_sdk.runtime._protocol.form import UnfitError, whole_seconds, zone_of
from mailstore_sdk.runtime.function import Function

R = TypeVar("R")
WEEK = timedelta(days=7)
SMALLEST = timedelta(hours=1)
"""A window of this length that the server refuses is not halved any more."""


class Windows(NamedTuple):
    """What of a span is still to be asked for, and in windows of which length.

    Attributes:
        waiting: Spans, the earliest last.
        length: Of a window, unless the server refuses one of that length.
        refused: Windows that the server refused, and how.
    """

    waiting: list[Window]
    length: timedelta
    refused: list[tuple[Window, FunctionFailedError]]

    @classmethod
    def of(cls, start: date | datetime, end: date | datetime, length: timedelta, zone: tzinfo | None = None) -> Windows:
        """All of a time range.

        Raises:
            ArgumentError: A time that the server would not accept, or a length that is too short.
        """
        first, last = _checked("start", start, zone), _checked("end", end, zone)
        if not isinstance(cast("object", length), timedelta) or length < SMALLEST:
            raise ArgumentError(f"window cannot be {length!s:.100}; expected a timedelta of {SMALLEST} or more")
        return cls([Window(first, last)] if first < last else [], length, [])

    def take(self) -> Window:
        """Cut the next window off."""
        start, end = self.waiting.pop()
        if end - start <= self.length:
            return Window(start, end)
        self.waiting.append(Window(start + self.length, end))
        return Window(start, start + self.length)

    def refuse(self, window: Window, error: FunctionFailedError) -> None:
        """Ask for the two halves of a window instead, or give it up."""
        half = timedelta(seconds=(window.end - window.start).total_seconds() // 2)
        if half < SMALLEST:
            self.refused.append((window, error))
            return
        middle = window.start + half
        self.waiting.extend([Window(middle, window.end), Window(window.start, middle)])

    def close(self, function: str) -> None:
        """Report the rejected windows.

        Raises:
            RefusedWindowsError: There are some.
        """
        if self.refused:
            first, error = self.refused[0]
            raise RefusedWindowsError(
                f"{function} failed for {len(self.refused)} window(s), the first {first.start} to {first.end}: {error.server_message}",
                windows=[window for window, _ in self.refused],
                function=function,
            ) from error


def _checked(name: str, value: object, zone: tzinfo | None) -> datetime:
    try:
        return whole_seconds(value, zone, is_end=name == "end")
    except UnfitError as unfit:
        raise ArgumentError(f"{name} cannot be {value!r:.200}; expected {unfit}") from None


def _start(row: object) -> datetime:
    """What rows are sorted by, as the server's order differs from function to function; a value that is no time comes first."""
    start = getattr(row, "start_time", None)
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.min  # noqa: DTZ901 - only compared with times without a zone


def walk(fetch: Callable[[datetime, datetime], list[R]], windows: Windows, function: str) -> Iterator[R]:
    """The rows of all windows by their start, one window in memory at a time; windows that stay refused are raised at the end."""
    while windows.waiting:
        window = windows.take()
        try:
            rows = iter(sorted(fetch(*window), key=_start))  # lets go of them at its end, before the next ones come
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            yield from rows
    windows.close(function)


async def walk_async(fetch: Callable[[datetime, datetime], Awaitable[list[R]]], windows: Windows, function: str) -> AsyncIterator[R]:
    """The rows of all windows by their start, one window in memory at a time; windows that stay refused are raised at the end."""
    while windows.waiting:
        window = windows.take()
        try:
            rows = iter(sorted(await fetch(*window), key=_start))
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            for row in rows:
                yield row
    windows.close(function)


def walk_windows(
    call: Callable[[Function[list[R]], MutableMapping[str, object]], list[R]],
    function: Function[list[R]],
    arguments: Mapping[str, object],
    window: timedelta | None,
) -> Iterator[R]:
    """The rows of a function for the time range in its arguments, window by window."""
    first, last, windows = _windows(function, arguments, window)
    return walk(lambda start, end: call(function, {**arguments, first: start, last: end}), windows, function.name)


def walk_windows_async(
    call: Callable[[Function[list[R]], MutableMapping[str, object]], Awaitable[list[R]]],
    function: Function[list[R]],
    arguments: Mapping[str, object],
    window: timedelta | None,
) -> AsyncIterator[R]:
    """The rows of a function for the time range in its arguments, window by window."""
    first, last, windows = _windows(function, arguments, window)
    return walk_async(lambda start, end: call(function, {**arguments, first: start, last: end}), windows, function.name)


def _windows(function: Function[list[R]], arguments: Mapping[str, object], window: timedelta | None) -> tuple[str, str, Windows]:
    first, last = cast("tuple[str, str]", function.interval)
    start, end = cast("datetime", arguments[first]), cast("datetime", arguments[last])
    return first, last, Windows.of(start, end, WEEK if window is None else window, zone_of(arguments))
