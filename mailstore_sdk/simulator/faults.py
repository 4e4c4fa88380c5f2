"""Injected faults: which calls fail, how, and how often. Python, the control port and the page use the same names."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Kind: TypeAlias = Literal[
    "drop_before", "drop_after", "status", "fail", "cut_body", "bad_json", "not_json", "delay", "lose_token", "expire_session"
]
"""Kinds of faults; `Faults.add` describes each."""

ArgumentValue: TypeAlias = str | int | bool
"""The value of an argument, as a string or a Python value."""

Times: TypeAlias = int | Literal["always"]
"""How often a fault happens."""

_MESSAGE = "The simulator fails on request."
_MANY = 10**9
_DAY = 86_400


class Description(BaseModel):
    """A fault with the names of `Faults.add`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    function: Annotated[str, Field(min_length=1)]
    kind: Kind
    times: Annotated[int, Field(ge=1, lt=_MANY)] | Literal["always"] = 1
    skip: Annotated[int, Field(ge=0, lt=_MANY)] = 0
    arguments: dict[str, ArgumentValue] = Field(default_factory=dict[str, ArgumentValue])
    status: Annotated[int, Field(ge=200, lt=600)] = 500
    seconds: Annotated[float, Field(ge=0, le=_DAY)] = 1.0
    percent: Annotated[int, Field(ge=0, lt=100)] = 0
    message: str = _MESSAGE


class Fault(Description):
    """A pending fault. `times` and `skip` count down; `number` identifies it."""

    number: int

    def fits(self, function: str, form: Mapping[str, str]) -> bool:
        """Return whether the fault applies to a call."""
        return self.function in ("*", function) and all(form.get(name) == _on_the_wire(value) for name, value in self.arguments.items())

    def skips(self) -> bool:
        """Count a call, and return whether it is one of the first that succeed."""
        if self.skip == 0:
            return False
        self.skip -= 1
        return True


_EXPECTED = {
    "function": "* for all, or the name of a function",
    "kind": f"one of {', '.join(get_args(Kind))}",
    "times": "a number from 1 on, or 'always'",
    "skip": "a number from 0 on",
    "arguments": "names of arguments with a string, an integer or a boolean each",
    "status": "200 to 599",
    "seconds": f"0 to {_DAY}",
    "percent": "0 to 99",
    "message": "a string",
}
"""The names that describe a fault, and the values of each."""


class Faults:
    """The faults of a simulator. Can be used from any thread.

    Args:
        functions: What can be called, with the names of the arguments.
    """

    def __init__(self, functions: Mapping[str, Collection[str]]) -> None:
        self._functions = functions
        self._faults: list[Fault] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(  # noqa: PLR0913 - what describes a fault, all but two with defaults
        self,
        function: str,
        kind: Kind,
        times: Times = 1,
        *,
        skip: int = 0,
        arguments: Mapping[str, ArgumentValue] | None = None,
        status: int = 500,
        seconds: float = 1.0,
        percent: int = 0,
        message: str = _MESSAGE,
    ) -> int:
        """Make calls of a function fail. Faults that apply to the same call happen in the order of addition, one per call.

        Args:
            function: Wire name, ``get-status``, ``cancel-async`` or ``get-metadata``, with sessions also ``login`` and
                ``logout``; ``*`` for all of them.
            kind: What happens. ``drop_before`` and ``drop_after`` close the connection without a reply, before and after
                acting; ``status`` replies with an HTTP `status` without acting; ``fail`` replies that the function failed,
                with `message`; ``cut_body`` acts, and sends less than it announces; ``bad_json`` acts, and replies with
                the first half of the JSON; ``not_json`` acts, and replies with a web page; ``delay`` waits `seconds`,
                then acts; ``lose_token`` makes a job's token unknown, after the reply to a start or before the reply to
                a poll; ``expire_session`` ends the caller's session without acting and replies with 401.
            times: How many calls fail, or ``always``.
            skip: How many of these calls succeed first.
            arguments: Only calls with these values of arguments, such as ``{"userName": "alice"}``, fail.
            status: The HTTP status of kind ``status``.
            seconds: The delay of kind ``delay``.
            percent: With 0, kind ``fail`` does not act. Otherwise long-running work starts, and fails at this progress; a
                function that is not long-running acts, and then fails.
            message: The server's message of kind ``fail``.

        Returns:
            int: The number of the fault, for `remove`.

        Raises:
            ValueError: A value is invalid.
        """
        return self.add_described(
            {
                "function": function,
                "kind": kind,
                "times": times,
                "skip": skip,
                "arguments": {} if arguments is None else arguments,
                "status": status,
                "seconds": seconds,
                "percent": percent,
                "message": message,
            }
        )

    def add_described(self, description: Mapping[str, object]) -> int:
        """Add a fault from a JSON object with the names of `add`.

        Raises:
            ValueError: A name or a value is invalid.
        """
        try:
            checked = Description.model_validate(description)
        except ValidationError as error:
            raise ValueError(_explained(error)) from None
        self._check_names(checked)
        with self._lock:
            fault = Fault(**checked.model_dump(), number=next(self._numbers))
            self._faults.append(fault)
        return fault.number

    def _check_names(self, fault: Description) -> None:
        """Refuse a fault that would never happen."""
        if fault.function == "*":
            return
        if fault.function not in self._functions:
            advice = _close(fault.function, self._functions)
            raise ValueError(f"function cannot be {fault.function!r:.80}: expected {_EXPECTED['function']} that this server has{advice}")
        arguments = self._functions[fault.function]
        for name in fault.arguments:
            if name not in arguments:
                expected = ", ".join(arguments) or "none"
                raise ValueError(f"{fault.function} has no argument {name!r:.80}: expected {expected}{_close(name, arguments)}")

    def take(self, function: str, form: Mapping[str, str]) -> Fault | None:
        """Return the fault that happens to this call, and count it."""
        with self._lock:
            fault = next((fault for fault in self._faults if fault.fits(function, form) and not fault.skips()), None)
            if fault and fault.times != "always":
                fault.times -= 1
                self._faults = [left for left in self._faults if left.times]
            return fault

    def all(self) -> list[Fault]:
        """Return the pending faults, in the order of addition."""
        with self._lock:
            return list(self._faults)

    def remove(self, number: int) -> bool:
        """Remove one fault; return whether it was there."""
        with self._lock:
            left = [fault for fault in self._faults if fault.number != number]
            found, self._faults = len(left) < len(self._faults), left
            return found

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()


def _close(name: str, known: Iterable[str]) -> str:
    """Return advice for a misspelled name, if one is close."""
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _on_the_wire(value: ArgumentValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _explained(error: ValidationError) -> str:
    """Return the first problem as a sentence."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return f"a fault has no {name!r}: expected {', '.join(_EXPECTED)}"
    if first["type"] == "missing":
        return f"a fault needs {name!r}: expected {_EXPECTED[name]}"
    return f"{name} cannot be {first['input']!r}: expected {_EXPECTED[name]}"
