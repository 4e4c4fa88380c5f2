"""All data of a running simulator."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mailstore_sdk.simulator.catalogue import Catalogue, DialectName, Endpoint, Function
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Faults, Kind
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.people import Administrator
from mailstore_sdk.simulator.tasks import Clock, Tasks

CALLS_KEPT = 100_000
"""Maximum number of requests in the log, so that a simulator can run for months; the oldest are dropped."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass
class Call:
    """One request that the simulator received.

    Attributes:
        number: Counts from 1; a reset restarts it.
        function: Wire name of the function or low-level call, or the path.
        at: When the request came, in UTC and ISO 8601.
        arguments: The form's fields as strings. ``***`` replaces secrets and values of unknown names.
        status: HTTP status of the reply; None before the reply, and if the connection was dropped.
        status_code: The envelope's, such as ``succeeded``.
        fault: The injected fault.
        seconds: Time until the reply, including the wait of a long poll; None before the reply.
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
    """The system administrator that can log in."""

    username: str
    password: str = field(repr=False)


class World:
    """State, running work and calls. Changed on the server's event loop only."""

    def __init__(  # noqa: PLR0913 - its parts, each once
        self, catalogue: Catalogue, new_estate: Callable[[], Estate], clock: Clock, login: Login, dialect: DialectName, *, bom: bool = True
    ) -> None:
        self.catalogue = catalogue
        self.bom = bom
        self.login = login
        self.protocol: DialectName = dialect
        self.dialect = DIALECTS[dialect](self._knows)
        endpoints = [*self.dialect.endpoints.values(), *catalogue.endpoints.values()]
        called: list[Endpoint | Function] = [*endpoints, *sorted(catalogue.functions.values(), key=lambda function: function.name)]
        self.functions = {each.name: tuple(arg.name for arg in each.args) for each in called}
        self.faults = Faults(self.functions)
        self._first_clock = clock
        self.tasks = Tasks(clock)
        self.calls: list[Call] = []
        self.requests = 0
        self.connections = 0
        self.resets = 0
        self._new_estate = new_estate
        self._waiting = set[asyncio.Future[None]]()
        self.estate = self._first_estate()

    def reset(self) -> None:
        """Restore the initial state: no sessions, no work, no faults, no calls. Connections stay open."""
        self.tasks.clear()
        self.tasks.clock = self._first_clock
        self.dialect.reset()
        self.faults.clear()
        self.calls = []
        self.requests = 0
        self.connections = 0
        self.resets += 1
        self.estate = self._first_estate()
        self._end_waits()

    def replace(self, estate: Estate) -> None:
        """Replace the state and cancel running work. The version and the initial administrator do not change."""
        self.tasks.clear()
        estate.version = self.estate.version
        estate.long_running_rows = self.estate.long_running_rows
        self.estate = self._with_login(estate)
        self._end_waits()

    async def next_state(self) -> None:
        """Wait until the whole state is replaced."""
        replaced = asyncio.get_running_loop().create_future()
        self._waiting.add(replaced)
        try:
            await replaced
        finally:
            self._waiting.discard(replaced)

    def _end_waits(self) -> None:
        for replaced in self._waiting:
            if not replaced.done():
                replaced.set_result(None)

    def set_clock(self, clock: str) -> None:
        """Set the clock of work that starts from now on.

        Raises:
            ValueError: The clock is invalid.
        """
        self.tasks.clock = Clock.parse(clock)

    def came(self, function: str) -> Call:
        """Add a request to the log, and return its entry."""
        self.requests += 1
        call = Call(self.requests, function)
        self.calls.append(call)
        if len(self.calls) > CALLS_KEPT:
            del self.calls[: CALLS_KEPT // 10 + 1]
        return call

    def advance(self, steps: int) -> int:
        """Advance all work by its next steps; return how much is still running."""
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
