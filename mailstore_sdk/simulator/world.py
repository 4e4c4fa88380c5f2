"""Everything that a simulator remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailstore_sdk.simulator.catalogue import Catalogue, DialectName
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Faults, Kind
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.people import Administrator
from mailstore_sdk.simulator.tasks import Clock, Tasks

CALLS_KEPT = 100_000
"""How many requests the log holds at most, so that a simulator may run for months; the oldest go."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass
class Call:
    """One request as the simulator saw it.

    Attributes:
        number: Counts from 1; a reset restarts it.
        function: Wire name of the function or low-level call, or the path.
        at: When it came, in UTC and ISO 8601.
        arguments: The form as text on the wire. ``***`` replaces secrets and values of unknown names.
        status: HTTP status of the reply; None before the reply, and if the connection was dropped.
        status_code: The envelope's, such as ``succeeded``.
        fault: What was made to go wrong.
        seconds: How long the answer took, a long poll's wait included; None before the reply.
    """

    number: int
    function: str
    at: str = field(default_factory=_now)
    arguments: dict[str, str] = field(default_factory=dict[str, str])
    status: int | None = None
    status_code: str | None = None
    fault: Kind | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Login:
    """The system administrator that the simulator lets in."""

    username: str
    password: str = field(repr=False)


class World:
    """State, running work and calls. Changes on the server's event loop only."""

    def __init__(  # noqa: PLR0913 - its parts, each once
        self, catalogue: Catalogue, new_estate: Callable[[], Estate], clock: Clock, login: Login, dialect: DialectName, *, bom: bool = True
    ) -> None:
        self.catalogue = catalogue
        self.bom = bom
        self.login = login
        self.protocol: DialectName = dialect
        self.dialect = DIALECTS[dialect](self._knows)
        self.faults = Faults()
        self._first_clock = clock
        self.tasks = Tasks(clock)
        self.calls: list[Call] = []
        self.requests = 0
        self.connections = 0
        self.resets = 0
        self._new_estate = new_estate
        self.estate = self._first_estate()

    def reset(self) -> None:
        """Back to the start: the first state, no sessions, no work, no faults, nothing seen. Connections stay open."""
        self.tasks.clear()
        self.tasks.clock = self._first_clock
        self.dialect.reset()
        self.faults.clear()
        self.calls = []
        self.requests = 0
        self.connections = 0
        self.resets += 1
        self.estate = self._first_estate()

    def replace(self, estate: Estate) -> None:
        """Continue with another state without running work. The version and the first administrator stay."""
        self.tasks.clear()
        estate.version = self.estate.version
        estate.long_running_rows = self.estate.long_running_rows
        self.estate = self._with_login(estate)

    def set_clock(self, clock: str) -> None:
        """Let the work that begins from now on move by another clock.

        Raises:
            ValueError: It is invalid.
        """
        self.tasks.clock = Clock.parse(clock)

    def came(self, function: str) -> Call:
        """Note that a request has come, and return its entry in the log."""
        self.requests += 1
        call = Call(self.requests, function)
        self.calls.append(call)
        if len(self.calls) > CALLS_KEPT:
            del self.calls[: CALLS_KEPT // 10 + 1]
        return call

    def advance(self, steps: int) -> int:
        """Let all work take its next steps; return how much still runs."""
        for _ in range(steps):
            self.tasks.advance()
            if not self.tasks.count_running():
                break
        return self.tasks.count_running()

    def _first_estate(self) -> Estate:
        return self._with_login(self._new_estate())

    def _with_login(self, estate: Estate) -> Estate:
        name, password = self.login.username, self.login.password
        estate.administrators.setdefault(name, Administrator(name, "Administrator", password=password))
        return estate

    def _knows(self, name: str, password: str) -> bool:
        return self.estate.knows(name, password)
