"""Long spans of time, walked in pieces that the server can answer."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from mailstore_sdk.errors import ArgumentError, FunctionFailedError, RefusedWindowsError, Window

R = TypeVar("R")
WEEK = timedelta(days=7)
SMALLEST = timedelta(hours=1)
"""A window of this length that the server refuses is not halved any more."""


class Windows(NamedTuple):
    """The windows of a span that are still to be asked for, earliest first."""

    waiting: deque[Window]
    refused: list[tuple[Window, FunctionFailedError]]

    @classmethod
    def of(cls, start: datetime, end: datetime, length: timedelta) -> Windows:
        """Cut a span into windows.

        Raises:
            ArgumentError: A length that is no time.
        """
        if length < SMALLEST:
            raise ArgumentError(f"window cannot be {length}; expected {SMALLEST} or more")
        starts = [start]
        while starts[-1] + length < end:
            starts.append(starts[-1] + length)
        pieces = zip(starts, [*starts[1:], end], strict=True)
        return cls(deque(Window(*piece) for piece in pieces if piece[0] < piece[1]), [])

    def refuse(self, window: Window, error: FunctionFailedError) -> None:
        """Ask for the two halves of a window instead, or give it up."""
        half = timedelta(seconds=(window.end - window.start).total_seconds() // 2)
        if half < SMALLEST:
            self.refused.append((window, error))
            return
        middle = window.start + half
        self.waiting.extendleft([Window(middle, window.end), Window(window.start, middle)])

    def close(self, function: str) -> None:
        """Tell which windows stayed refused.

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


def walk(fetch: Callable[[datetime, datetime], list[R]], windows: Windows, function: str) -> Iterator[R]:
    """The rows of all windows; those that stay refused are told at the end."""
    while windows.waiting:
        window = windows.waiting.popleft()
        try:
            rows = iter(fetch(*window))  # lets go of them at its end, before the next ones come
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            yield from rows
    windows.close(function)


async def walk_async(fetch: Callable[[datetime, datetime], Awaitable[list[R]]], windows: Windows, function: str) -> AsyncIterator[R]:
    """The rows of all windows; those that stay refused are told at the end."""
    while windows.waiting:
        window = windows.waiting.popleft()
        try:
            rows = iter(await fetch(*window))
        except FunctionFailedError as error:
            windows.refuse(window, error)
        else:
            for row in rows:
                yield row
    windows.close(function)
