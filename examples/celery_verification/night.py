"""The state of a night, read from its facts. Nothing is sent or written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum

from pydantic import BaseModel

GOOD = "no errors"


class Store(BaseModel):
    """A store to verify."""

    instance_id: str
    store_id: int
    name: str

    def __str__(self) -> str:
        return f"{self.instance_id}, store {self.store_id} ({self.name})"


class Plan(BaseModel):
    """What a night verifies, and what it skips."""

    stores: list[Store] = []
    skipped: list[str] = []


class Stage(Enum):
    """The stage of a verification."""

    PLANNED = "not started"
    BEGUN = "starting, without a token so far"
    RUNNING = "running"
    ENDED = "ended"


class Night:
    """A night's facts: ``plan``, ``mailed``, and by the number of a store ``begun-3``, ``token-3``, ``outcome-3``."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self.facts = facts
        self.plan = Plan.model_validate_json(facts.get("plan", "{}"))

    def stage(self, number: int) -> Stage:
        """The stage of a store."""
        if f"outcome-{number}" in self.facts:
            return Stage.ENDED
        if f"token-{number}" in self.facts:
            return Stage.RUNNING
        return Stage.BEGUN if f"begun-{number}" in self.facts else Stage.PLANNED

    def at(self, *stages: Stage) -> list[int]:
        """The stores at one of these stages."""
        return [number for number in range(len(self.plan.stores)) if self.stage(number) in stages]

    def seconds_since_begun(self, number: int) -> float:
        """Seconds since a worker recorded that it starts a store."""
        return (datetime.now(UTC) - datetime.fromisoformat(self.facts[f"begun-{number}"])).total_seconds()

    @property
    def is_over(self) -> bool:
        """Whether every store has its outcome."""
        return "plan" in self.facts and not self.at(Stage.PLANNED, Stage.BEGUN, Stage.RUNNING)

    def problems(self) -> int:
        """How many stores ended with a problem."""
        return sum(self.facts[f"outcome-{number}"] != GOOD for number in self.at(Stage.ENDED))

    def lines(self) -> Iterator[str]:
        """The report of the night, a line for each store."""
        for number, store in enumerate(self.plan.stores):
            outcome = self.facts.get(f"outcome-{number}", self.stage(number).value)
            yield f"{store}: {' '.join(outcome.split())}"
        yield from (f"Skipped: {reason}" for reason in self.plan.skipped)
