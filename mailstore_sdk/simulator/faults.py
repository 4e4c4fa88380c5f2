"""Faults on purpose: what a test lets go wrong, and how often."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["drop_before", "drop_after", "status", "cut_body", "bad_json", "not_json", "delay", "lose_token", "expire_session"]

_MANY = 10**9
_DAY = 86_400


@dataclass
class Fault:
    """A fault that is still to happen; `left` is how often, None for ever. `number` names it."""

    number: int
    function: str
    kind: Kind
    left: int | None
    status: int
    seconds: float

    def fits(self, function: str) -> bool:
        """Whether the next call of this function meets it."""
        return self.function in ("*", function)


class Faults:
    """The faults of a simulator. May be used from any thread."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, function: str, kind: Kind, times: int | None = 1, *, status: int = 500, seconds: float = 1.0) -> int:
        """Let the next calls of a function go wrong. Faults of one function happen in the order they were added.

        Args:
            function: Wire name, ``get-status``, ``cancel-async`` or ``get-metadata``, with sessions also ``login`` and
                ``logout``; ``*`` for all of them.
            kind: What goes wrong. ``drop_before`` and ``drop_after`` close the connection without a reply, before and
                after acting; ``status`` answers with an HTTP `status` without acting; ``cut_body`` acts, and announces
                more than it sends; ``bad_json`` acts, and answers with the first half of the JSON as if it were all;
                ``not_json`` acts, and answers with a web page; ``delay`` waits `seconds`, then acts; ``lose_token``
                makes the token of the work unknown, that of a start after the reply, that of a poll before it;
                ``expire_session`` ends the caller's session before acting and answers 401.
            times: How often; None for ever.
            status: The HTTP status of kind ``status``.
            seconds: The time of kind ``delay``.

        Returns:
            int: The number of the fault, for `remove`.

        Raises:
            ValueError: A kind, number or time that cannot be.
        """
        if not isinstance(function, str):  # pyright: ignore[reportUnnecessaryIsInstance] # it may come from JSON
            raise TypeError(f"function cannot be {function!r}: expected a name, or * for all")
        if kind not in get_args(Kind):
            raise ValueError(f"fault kind cannot be {kind!r}: expected one of {', '.join(get_args(Kind))}")
        if status not in range(200, 600):
            raise ValueError(f"status cannot be {status!r}: expected 200 to 599")
        if times is not None and times not in range(1, _MANY):
            raise ValueError(f"times cannot be {times!r}: expected a number from 1 on, or None for ever")
        if not 0 <= seconds <= _DAY:
            raise ValueError(f"seconds cannot be {seconds!r}: expected 0 to {_DAY}")
        with self._lock:
            fault = Fault(next(self._numbers), function, kind, times, status, seconds)
            self._faults.append(fault)
        return fault.number

    def take(self, function: str) -> Fault | None:
        """The fault that this call meets, which is then used up."""
        with self._lock:
            fault = next((fault for fault in self._faults if fault.fits(function)), None)
            if fault and fault.left is not None:
                fault.left -= 1
                if fault.left == 0:
                    self._faults.remove(fault)
            return fault

    def all(self) -> list[Fault]:
        """What is still to go wrong, in the order in which it was added."""
        with self._lock:
            return list(self._faults)

    def remove(self, number: int) -> bool:
        """Take one fault away; tell whether it was there."""
        with self._lock:
            left = [fault for fault in self._faults if fault.number != number]
            found, self._faults = len(left) < len(self._faults), left
            return found

    def clear(self) -> None:
        """Let nothing more go wrong."""
        with self._lock:
            self._faults.clear()
