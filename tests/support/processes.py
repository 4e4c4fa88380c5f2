"""Processes that tests start, and waiting for their effects."""

import os
import subprocess
import time
from collections.abc import Callable

PATIENCE = 120
"""Seconds after which something counts as hanging, on a busy machine too: only a failure takes that long."""


def environ(**changes: str) -> dict[str, str]:
    """Return the environment without what makes a process measure its coverage, which would only slow it down."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COV")} | changes


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until the condition is true; fail if the process ends first."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process is None or process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.02)
