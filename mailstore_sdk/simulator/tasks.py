"""Long-running work: its steps, its status for get-status, and the clocks that advance it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import JsonValue

from mailstore_sdk.simulator.errors import Refusal

_log = logging.getLogger(__name__)

CANCEL_DELAY = 0.05
"""Seconds until cancelled work ends, unless its clock advances earlier."""

TOKENS_KEPT = 10_000
"""Maximum number of known tokens; the oldest ended work is forgotten first."""

MAX_WAIT = 2**31 / 1000
"""Longest wait of one poll in seconds."""


@dataclass(frozen=True)
class Step:
    """A step of the work: the text that it adds to the log, and the progress after it."""

    lines: tuple[str, ...] = ()
    percent: int | None = None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def nothing() -> JsonValue:
    """Return None, for work without a result."""
    return None


@dataclass(frozen=True)
class Plan:
    """The answer of a function that becomes long-running work.

    `finish` is called at the end: it acts and returns the result, or raises `Refusal`, which makes the work fail. If the
    work is cancelled, `cancelled` is called instead.
    """

    steps: tuple[Step, ...] = ()
    finish: Callable[[], JsonValue] = nothing
    last_line: str | None = None
    cancelled: Callable[[], None] | None = None

    def failing(self, percent: int, refusal: Refusal) -> Plan:
        """Return the same work, but failing at this progress without having acted."""

        def fail() -> JsonValue:
            raise refusal

        before = itertools.takewhile(lambda step: (step.percent or 0) <= percent, self.steps)
        return replace(self, steps=(*before, Step(percent=percent)), finish=fail)


@dataclass(frozen=True)
class Clock:
    """How work advances: ``seconds:S``, ``immediate``, ``polls:N`` or ``manual``."""

    kind: Literal["seconds", "immediate", "polls", "manual"]
    amount: float = 0

    @classmethod
    def parse(cls, text: str) -> Clock:
        """Parse the text of a clock.

        Raises:
            ValueError: The text is invalid.
        """
        kind, _, amount = text.partition(":")
        try:
            if kind == "seconds" and 0 <= (seconds := float(amount)) < float("inf"):
                return cls("seconds", seconds)
            if kind == "polls" and (polls := int(amount)) > 0:
                return cls("polls", polls)
        except ValueError:
            pass
        if text == "immediate":
            return cls("immediate")
        if text == "manual":
            return cls("manual")
        raise ValueError(f"clock cannot be {text!r}: expected seconds:S, immediate, polls:N or manual")

    def __str__(self) -> str:
        return f"{self.kind}:{str(self.amount).removesuffix('.0')}" if self.kind in ("seconds", "polls") else self.kind


@dataclass(frozen=True)
class Status:
    """The result of a poll; `error` is the refusal that made the work fail."""

    version: int
    code: str
    percent: int | None
    log: str | None
    token: str
    result: JsonValue = None
    error: Refusal | None = None


@dataclass(frozen=True)
class _Change:
    """One version of a status: a log line, a percentage, or only a new version number."""

    line: str | None = None
    percent: int | None = None


@dataclass(eq=False)
class Task:
    """Running work. Every change is one version, so the log since a version is the changes after it.

    Its clock does not change. `name` and `about` are for display, `number` is its position among all work, `began` and
    `ended` are in UTC and ISO 8601.
    """

    token: str
    plan: Plan
    clock: Clock
    name: str
    about: str
    number: int
    began: str = field(default_factory=_now)
    ended: str | None = None
    polls: int = 0
    last_known: int | None = None
    code: str = "running"
    result: JsonValue = None
    error: Refusal | None = None
    cancel_requested: bool = False
    _done_steps: int = 0
    _changes: list[_Change] = field(default_factory=list[_Change])
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def running(self) -> bool:
        """Whether the work is still running."""
        return self.code == "running"

    @property
    def version(self) -> int:
        """Number of the newest status."""
        return len(self._changes)

    @property
    def percent(self) -> int | None:
        """The last reported progress."""
        return next((change.percent for change in reversed(self._changes) if change.percent is not None), None)

    @property
    def last_line(self) -> str | None:
        """The newest line of the log."""
        return next((change.line for change in reversed(self._changes) if change.line is not None), None)

    def status(self, known: int) -> Status:
        """Return the status for a client that knows this version."""
        new = self._changes[max(known, 0) :]
        return Status(
            version=self.version,
            code=self.code,
            percent=self.percent,
            log="".join(f"{change.line}\r\n" for change in new if change.line is not None) or None,
            token=self.token,
            result=self.result,
            error=self.error,
        )

    def step(self) -> None:
        """Take the next step; the last step ends the work."""
        self.steps_to(self._done_steps + 1)

    def steps_to(self, count: int) -> None:
        """Take all steps up to this one. The version always changes, so that open polls are answered."""
        if not self.running:
            return
        if self.cancel_requested:
            self.cancel()
            return
        steps = self.plan.steps[self._done_steps : count]
        self._done_steps = count
        changes = [change for step in steps for change in _changes(step)]
        self._changes += changes or [_Change()]
        if count > len(self.plan.steps):
            self._finish()
        self._notify()

    def count_poll(self, known: int | None = None) -> None:
        """With the clock ``polls``, advance by one poll's share of the steps.

        A retried poll, which has the same version, does not count; otherwise each lost reply would make work faster.
        """
        if self.clock.kind != "polls":
            return
        repeated = known is not None and known == self.last_known
        self.last_known = None if repeated else known
        if not repeated:
            self.polls += 1
            self.steps_to(self.step_count * self.polls // int(self.clock.amount))

    def run(self) -> None:
        """Take all steps."""
        self.steps_to(self.step_count)

    @property
    def step_count(self) -> int:
        """Number of steps, including the end."""
        return len(self.plan.steps) + 1

    def cancel(self) -> None:
        """End as cancelled, unless it has ended."""
        if self.running:
            self.code = "cancelled"
            if self.plan.cancelled:
                self.plan.cancelled()
            self.ended = _now()
            self._changes.append(_Change())
            self._notify()

    def _finish(self) -> None:
        self.ended = _now()
        try:
            self.result = self.plan.finish()
        except Refusal as refusal:
            self.error = refusal
            self.code = "failed"
            return
        except Exception:  # noqa: BLE001 - the work must end, or its polls would wait for ever
            _log.exception("work failed in the simulator itself")
            self.error = Refusal("Internal error of the simulator.")
            self.code = "failed"
            return
        self.code = "succeeded"
        self._changes.append(_Change(self.plan.last_line, percent=100))

    def _notify(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def wait(self, known: int, seconds: float) -> None:
        """Wait for a newer status than this version, for the end of the work, or for `seconds`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(max(seconds, 0), MAX_WAIT)):
                while self.running and self.version <= known:
                    await self._news.wait()


def _changes(step: Step) -> list[_Change]:
    changes = [_Change(line=line) for line in step.lines]
    return changes if step.percent is None else [_Change(percent=step.percent), *changes]


class Tasks:
    """All work of a server, by token. Used on the server's event loop only; the newest tokens are known until a reset.

    Attributes:
        clock: Advances work that starts from now on.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._tasks: dict[str, Task] = {}
        self._quiet: dict[str, Task] = {}
        self._numbers = itertools.count(1)
        self._runners: set[asyncio.Task[None]] = set()

    def start(self, plan: Plan, name: str = "", about: str = "") -> Status:
        """Start work and return its first status, before any step."""
        task = Task(f"sa{secrets.token_hex(16)}", plan, self.clock, name, about, next(self._numbers))
        self._tasks[task.token] = task
        if len(self._tasks) > TOKENS_KEPT:
            self._forget_the_oldest()
        first = task.status(0)
        self._drive(task)
        return first

    def _drive(self, task: Task) -> None:
        if task.clock.kind == "immediate":
            task.run()
        elif task.clock.kind == "seconds":
            runner = asyncio.create_task(_run(task, task.clock.amount))
            self._runners.add(runner)
            runner.add_done_callback(self._runners.discard)

    def start_quietly(self, key: str, plan: Plan) -> bool:
        """Start work without a poller unless work with this key is running; return whether it was started."""
        if key in self._quiet and self._quiet[key].running:
            return False
        self._quiet[key] = Task(key, plan, self.clock, key, "", next(self._numbers))
        self._drive(self._quiet[key])
        return True

    def cancel_quietly(self, key: str) -> bool:
        """Ask the work with this key to stop; return whether it is running."""
        task = self._quiet.get(key)
        if task is None or not task.running:
            return False
        self.cancel(task)
        return True

    def tick(self) -> None:
        """With the clock ``polls``, count a call of a function as a poll of all work without a poller."""
        for task in self._quiet.values():
            task.count_poll()

    def find(self, token: str) -> Task | None:
        """Return the work of a token."""
        return self._tasks.get(token)

    def forget(self, token: str) -> None:
        """Make a token unknown, as after a restart of the server."""
        self._tasks.pop(token, None)

    def _forget_the_oldest(self) -> None:
        ended = next((task for task in self._tasks.values() if not task.running), None)
        if ended:
            self.forget(ended.token)

    async def poll(self, task: Task, known: int, seconds: float) -> Status:
        """Return the status for a client that knows this version, as soon as there is a newer one or the time is up."""
        task.count_poll(known)
        await task.wait(known, seconds)
        return task.status(known)

    def cancel(self, task: Task) -> None:
        """Ask work to stop, which it does soon; no effect on ended work."""
        task.cancel_requested = True
        asyncio.get_running_loop().call_later(CANCEL_DELAY, task.cancel)

    def advance(self) -> None:
        """Advance all running work by one step."""
        for task in self.all():
            task.step()

    def count_running(self) -> int:
        """Return the number of running tasks."""
        return sum(task.running for task in self.all())

    def all(self) -> list[Task]:
        """Return all work with a known status, running or not; work with a token comes first."""
        return [*self._tasks.values(), *self._quiet.values()]

    def clear(self) -> None:
        """Forget all work; open polls are answered with its cancellation."""
        for runner in self._runners:
            runner.cancel()
        for task in self.all():
            task.cancel()
        self._tasks.clear()
        self._quiet.clear()


async def _run(task: Task, seconds: float) -> None:
    now = asyncio.get_running_loop().time
    start = now()
    for number in range(1, task.step_count + 1):
        await asyncio.sleep(start + seconds * number / task.step_count - now())
        task.steps_to(number)
