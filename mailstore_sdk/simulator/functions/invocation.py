"""What a handler receives and returns, and helpers that most handlers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.catalogue import Catalogue
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.instance import Instance
from mailstore_sdk.simulator.tasks import Plan, Step, nothing


class Background(Protocol):
    """Work without a poller, such as a job that was started."""

    def start_quietly(self, key: str, plan: Plan) -> bool:
        """Start work unless work with this key is running; return whether it was started."""
        ...

    def cancel_quietly(self, key: str) -> bool:
        """Ask the work with this key to stop; return whether it is running."""
        ...


@dataclass(frozen=True)
class Invocation:
    """One call of a function, checked and typed; `caller` is the system administrator who made it."""

    catalogue: Catalogue
    estate: Estate
    arguments: Arguments
    caller: str
    background: Background

    @property
    def instance(self) -> Instance:
        """The instance that the call names."""
        return self.estate.instance(self.arguments.text("instanceID"))


Answer = JsonValue | Plan
Handler = Callable[[Invocation], Answer]
Finish = Callable[[], JsonValue]


def work(lines: Sequence[str], finish: Finish = nothing, last_line: str = "Done.", cancelled: Callable[[], None] | None = None) -> Plan:
    """Make work that logs these lines one by one, then acts.

    Args:
        lines: The log; each line is a step.
        finish: Acts and returns the result, or raises `Refusal`, which makes the work fail.
        last_line: The last line in the log of successful work.
        cancelled: Called instead of `finish` if the work was cancelled.
    """
    steps = tuple(Step((line,), percent=100 * number // len(lines)) for number, line in enumerate(lines))
    return Plan(steps, finish, last_line, cancelled)


def work_on(things: Iterable[tuple[str, Callable[[], object]]], last_line: str = "Done.") -> Plan:
    """Make work on several things: one line for each; all of them change at the end."""
    tasks = list(things)

    def finish() -> JsonValue:
        for _, act in tasks:
            act()
        return None

    return work([line for line, _ in tasks] or ["Nothing to do."], finish, last_line)


def without_passwords(value: JsonValue) -> JsonValue:
    """Settings for a reply: passwords are always null."""
    if isinstance(value, list):
        return [without_passwords(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: None if name == "password" else without_passwords(inner) for name, inner in value.items()}


def text_or_none(value: JsonValue) -> str | None:
    """Return a setting as a string; None stays None."""
    return None if value is None else str(value)
