"""How things are measured: what is compared takes turns, so that a machine whose speed drifts slows all of it alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Act = Callable[[], object]
_WHOLE = 100
"""From here on a figure is shown without a fraction."""


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: What was measured, and the reference.
        value: The figure; None where it could not be measured, and `note` says why.
        unit: Its unit; a ratio has none.
        at_most: The goal, where less is better.
        at_least: The goal, where more is better.
        note: What helps to read the figure.
    """

    name: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def figure(self) -> str:
        """The value as people read it."""
        if self.value is None:
            return "skipped"
        return f"{self.value:,.0f} {self.unit}".strip() if abs(self.value) >= _WHOLE else f"{self.value:.3g} {self.unit}".strip()

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return "" if self.at_least is None else f"at least {self.at_least:g}"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal or a figure."""
        if self.value is None or not self.goal:
            return None
        return self.value <= self.at_most if self.at_most is not None else self.value >= (self.at_least or 0)


def number_of_rounds(wanted: int) -> int:
    """How many rounds there are: as many as a subject wants, unless ``ROUNDS`` in the environment says otherwise."""
    return int(os.environ.get("ROUNDS") or wanted)


class Rounds:
    """Seconds that several things took, in rounds in which each had its turn."""

    def __init__(self, taken: Mapping[str, Sequence[float]]) -> None:
        self.taken = taken

    def seconds(self, name: str) -> float:
        """The median of one of them."""
        return median(self.taken[name])

    def ratio(self, name: str, other: str, without: str | None = None) -> float:
        """The median of the ratios of the rounds; `without` is taken off both sides first."""
        nothing = self.taken[without] if without else [0.0] * len(self.taken[name])
        return median((a - zero) / (b - zero) for a, b, zero in zip(self.taken[name], self.taken[other], nothing, strict=True))


def in_turns(acts: Mapping[str, Act], rounds: int, clock: Callable[[], float] = time.perf_counter) -> Rounds:
    """Do all of them once a round; a first round is for warming up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            began = clock()
            act()
            if number:
                taken[name].append(clock() - began)
    return Rounds(taken)


def values_in_turns(acts: Mapping[str, Callable[[], float]], rounds: int) -> Rounds:
    """The same for what measures itself."""
    taken = [[act() for act in acts.values()] for _ in range(rounds + 1)][1:]
    return Rounds(dict(zip(acts, zip(*taken, strict=True), strict=True)))


async def in_turns_async(acts: Mapping[str, Callable[[], Awaitable[float]]], rounds: int) -> Rounds:
    """The same on an event loop."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            taken[name].append(await act())
    return Rounds(taken)


def environment() -> dict[str, str]:
    """Return the environment of a process to measure: compiled modules are kept, as for installed packages."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cpu_of(command: Sequence[str]) -> float:
    """Seconds of CPU that a process needs, which a loaded machine changes less than the time on the clock.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            assert process.stderr
            raise subprocess.CalledProcessError(process.returncode, command, stderr=process.stderr.read())
    return usage.ru_utime + usage.ru_stime


def cpu_so_far(process: int) -> float:
    """Return the seconds of CPU that a process has used, in steps of 10 ms on Linux."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    url: str
    ca_file: str
    pid: int

    @property
    def login(self) -> dict[str, str]:
        """What a client of the SDK takes to reach it."""
        return {"host": self.url, "username": "admin", "password": "admin", "ca_file": self.ca_file}


@contextmanager
def serving(*command: str) -> Generator[Server]:
    """Run a module that serves until it is ended, and prints its address and the file of its authority on one line each."""
    with subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        shown = ""
        while not ((url := re.search(r"https://\S+", shown)) and (ca_file := re.search(r"/\S+\.pem", shown))):
            line = process.stdout.readline()
            assert line, f"{command} ended: {shown}"
            shown += line
        try:
            yield Server(url[0], ca_file[0], process.pid)
        finally:
            process.terminate()
