"""Faults on purpose: what a test lets go wrong, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["drop_before", "drop_after", "status", "cut_body", "not_json", "delay", "lose_token", "expire_session"]


@dataclass
class Fault:
    """A fault that is still to happen; `left` is how often, None for ever."""

    function: str
    kind: Kind
    left: int | None
    status: int
    seconds: float

    def fits(self, function: str) -> bool:
        """Whether the next call of this function meets it."""
        return self.left != 0 and self.function in ("*", function)


class Faults:
    """The faults of a simulator. May be used from any thread."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, function: str, kind: Kind, times: int | None = 1, *, status: int = 500, seconds: float = 1.0) -> None:
        """Let the next calls of a function go wrong. Faults of one function happen in the order they were added.

        Args:
            function: Wire name, ``get-status``, ``cancel-async`` or ``get-metadata``, with sessions also ``login`` and
                ``logout``; ``*`` for all of them.
            kind: What goes wrong. ``drop_before`` and ``drop_after`` close the connection without a reply, before and
                after acting; ``status`` answers with an HTTP `status` without acting; ``cut_body`` acts, and announces
                more than it sends; ``not_json`` acts, and answers with a web page; ``delay`` waits `seconds`, then
                acts; ``lose_token`` makes the token of the work unknown, that of a start after the reply, that of
                a poll before it; ``expire_session`` ends the caller's session before acting and answers 401.
            times: How often; None for ever.
            status: The HTTP status of kind ``status``.
            seconds: The time of kind ``delay``.

        Raises:
            ValueError: The kind is not known.
        """
        if kind not in get_args(Kind):
            raise ValueError(f"fault kind cannot be {kind!r}: expected one of {', '.join(get_args(Kind))}")
        if status not in range(200, 600):
            raise ValueError(f"status cannot be {status!r}: expected 200 to 599")
        with self._lock:
            self._faults.append(Fault(function, kind, times, status, seconds))

    def take(self, function: str) -> Fault | None:
        """The fault that this call meets, which is then used up."""
        with self._lock:
            fault = next((fault for fault in self._faults if fault.fits(function)), None)
            if fault and fault.left is not None:
                fault.left -= 1
            return fault

    def clear(self) -> None:
        """Let nothing more go wrong."""
        with self._lock:
            self._faults.clear()
