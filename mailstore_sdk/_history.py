"""Read long time ranges in windows that the server accepts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from datetime import datetime, timedelta, tzinfo
from typing import Generic, TypeVar, cast

from mailstore_sdk.errors import ArgumentError, FunctionFailedError, RefusedWindowsError, Window
from mailstore_sdk.runtime._protocol.form import UnfitError, whole_seconds, zone_of
from mailstore_sdk.runtime.function import Function

R = TypeVar("R")
WEEK = timedelta(days=7)
SMALLEST = timedelta(hours=1)
"""A window of this length that the server refuses is not halved any more."""


class Windows(Generic[R]):
    """What of a time range is still to be requested, and in windows of which length.

    Attributes:
        function: What reads the rows of a window.
        length: Length of a window, unless the server rejects it.
        waiting: Time ranges, the earliest last.
        refused: Windows that the server rejected, with the errors.
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
        self.length = WEEK if length is None else length
        if not isinstance(cast("object", length), timedelta | None) or self.length < SMALLEST:
            raise ArgumentError(f"window cannot be {length!s:.100}; expected a timedelta of {SMALLEST} or more")
        self.waiting = [Window(start, end)] if start < end else []
        self.refused: list[tuple[Window, FunctionFailedError]] = []

    def arguments(self, window: Window) -> dict[str, object]:
        """The arguments of the call that reads a window."""
        return {**self._arguments, self._first: window.start, self._last: window.end}

    def take(self) -> Window:
        """Take the next window from the range."""
        start, end = self.waiting.pop()
        if end - start <= self.length:
            return Window(start, end)
        self.waiting.append(Window(start + self.length, end))
        return Window(start, start + self.length)

    def refuse(self, window: Window, error: FunctionFailedError) -> None:
        """Replace a rejected window by its two halves, or give it up."""
        half = timedelta(seconds=(window.end - window.start).total_seconds() // 2)
        if half < SMALLEST:
            self.refused.append((window, error))
            return
        middle = window.start + half
        self.waiting.extend([Window(middle, window.end), Window(window.start, middle)])

    def close(self) -> None:
        """Report the rejected windows.

        Raises:
            RefusedWindowsError: Some windows were rejected.
        """
        if self.refused:
            (first, error), name = self.refused[0], self.function.name
            raise RefusedWindowsError(
                f"{name} failed for {len(self.refused)} window(s), the first {first.start} to {first.end}: {error.server_message}",
                windows=[window for window, _ in self.refused],
                function=name,
            ) from error


def _checked(name: str, value: object, zone: tzinfo | None) -> datetime:
    try:
        return whole_seconds(value, zone, is_end=name == "end")
    except UnfitError as unfit:
        raise ArgumentError(f"{name} cannot be {value!r:.200}; expected {unfit}") from None


def _start(row: object) -> datetime:
    """The sort key of a row, as the server's order differs by function; values that are not a time come first."""
    start = getattr(row, "start_time", None)
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.min  # noqa: DTZ901 - only compared with times without a zone


def walk(call: Callable[[Function[list[R]], MutableMapping[str, object]], list[R]], windows: Windows[R]) -> Iterator[R]:
    """Yield the rows of all windows by start time, one window in memory at a time; raise for rejected windows at the end."""
    while windows.waiting:
        window = windows.take()
        try:
            rows = iter(sorted(call(windows.function, windows.arguments(window)), key=_start))  # lets go of them at its end
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            yield from rows
    windows.close()


async def walk_async(
    call: Callable[[Function[list[R]], MutableMapping[str, object]], Awaitable[list[R]]], windows: Windows[R]
) -> AsyncIterator[R]:
    """Yield the rows of all windows by start time, one window in memory at a time; raise for rejected windows at the end."""
    while windows.waiting:
        window = windows.take()
        try:
            rows = iter(sorted(await call(windows.function, windows.arguments(window)), key=_start))
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            for row in rows:
                yield row
    windows.close()
