"""Long spans of time in pieces that the server can answer. No input or output happens here."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailstore_sdk.errors import ArgumentError, FunctionFailedError, RefusedWindowsError, Window

SMALLEST = timedelta(hours=1)
"""A window of this length that the server refuses is not halved any more."""


@dataclass
class Windows:
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
