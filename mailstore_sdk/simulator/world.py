"""Everything that a simulator remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mailstore_sdk.simulator.catalogue import Catalogue, DialectName
from mailstore_sdk.simulator.dialects import DIALECTS
from mailstore_sdk.simulator.faults import Faults, Kind
from mailstore_sdk.simulator.state.estate import Estate
from mailstore_sdk.simulator.state.people import Administrator
from mailstore_sdk.simulator.tasks import Clock, Tasks


@dataclass
class Call:
    """One request as the simulator saw it.

    Attributes:
        function: Wire name of the function or low-level call, or the path where there is none.
        arguments: The form as text on the wire. ``***`` stands for secrets and for values of unknown names.
        status: HTTP status of the reply; None while there is none, and where the connection was dropped.
        status_code: The envelope's, such as ``succeeded``.
        fault: What was made to go wrong.
    """

    function: str
    arguments: dict[str, str] = field(default_factory=dict[str, str])
    status: int | None = None
    status_code: str | None = None
    fault: Kind | None = None


@dataclass(frozen=True)
class Login:
    """The system administrator that the simulator lets in."""

    username: str
    password: str = field(repr=False)


class World:
    """State, work under way, and what has been seen. Changes on the server's event loop only."""

    def __init__(self, catalogue: Catalogue, new_estate: Callable[[], Estate], clock: Clock, login: Login, dialect: DialectName) -> None:
        self.catalogue = catalogue
        self.login = login
        self.dialect = DIALECTS[dialect](self._knows)
        self.faults = Faults()
        self.tasks = Tasks(clock)
        self.calls: list[Call] = []
        self.requests = 0
        self.connections = 0
        self._new_estate = new_estate
        self.estate = self._first_estate()

    def reset(self) -> None:
        """Back to the start: the first state, no sessions, no work, no faults, nothing seen. Connections stay open."""
        self.tasks.clear()
        self.dialect.reset()
        self.faults.clear()
        self.calls = []
        self.requests = 0
        self.connections = 0
        self.estate = self._first_estate()

    def replace(self, estate: Estate) -> None:
        """Go on with another state, in which nothing is under way. The version and the first administrator stay."""
        self.tasks.clear()
        estate.version = self.estate.version
        estate.long_running_rows = self.estate.long_running_rows
        self.estate = self._with_login(estate)

    def advance(self, steps: int) -> int:
        """Let all work take its next steps; return how much still runs."""
        for _ in range(steps):
            self.tasks.advance()
        return self.tasks.count_running()

    def _first_estate(self) -> Estate:
        return self._with_login(self._new_estate())

    def _with_login(self, estate: Estate) -> Estate:
        name, password = self.login.username, self.login.password
        estate.administrators.setdefault(name, Administrator(name, "Administrator", password=password))
        return estate

    def _knows(self, name: str, password: str) -> bool:
        return self.estate.knows(name, password)
