"""The simulator, with one function whose log lines have the time of writing: ``python -m benchmarks.jobs_server SECONDS``.

VerifyStore takes so many seconds and changes its status `CHANGES` times, evenly, before it ends. The clock of its log is
``time.monotonic``, which is one for all processes of a machine.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import cast

from mailstore_sdk.simulator import Simulator
from mailstore_sdk.simulator.functions import HANDLERS
from mailstore_sdk.simulator.functions.invocation import Answer, Invocation
from mailstore_sdk.simulator.tasks import Plan, Step

CHANGES = 2


@dataclass(frozen=True)
class Stamped:
    """A step that logs its time."""

    percent: int | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The time, in seconds."""
        return (f"{time.monotonic():.6f}",)


def stamped(_call: Invocation) -> Answer:
    """Long-running work that does nothing else."""
    return Plan(cast("tuple[Step, ...]", (Stamped(),) * CHANGES))


def main(seconds: float) -> None:
    """Serve until the process is ended."""
    HANDLERS["VerifyStore"] = stamped
    with Simulator(clock=f"seconds:{seconds}") as simulator:
        print(f"{simulator.url}\n{simulator.ca_file}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(float(sys.argv[1]))
