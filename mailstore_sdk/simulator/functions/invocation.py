"""What a behaviour gets and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from mailstore_sdk.simulator.arguments import Arguments
from mailstore_sdk.simulator.estate import Estate, Instance
from mailstore_sdk.simulator.tasks import Plan


@dataclass(frozen=True)
class Invocation:
    """One call of a function, checked and typed; `caller` is the system administrator who asked."""

    estate: Estate
    arguments: Arguments
    caller: str

    @property
    def instance(self) -> Instance:
        """The instance that the call is about."""
        return self.estate.instance(self.arguments.text("instanceID"))


Answer = JsonValue | Plan
Handler = Callable[[Invocation], Answer]
