"""Time the start of the command line against a process that only imports the libraries under it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row, serving

ROUNDS = 11
MAILSTORE = str(Path(sys.executable).with_name("mailstore"))
COMMANDS = {
    "bare": [sys.executable, "-c", "import click, httpx, pydantic"],
    "mailstore --help": [MAILSTORE, "--help"],
    "mailstore users get-user-info --help": [MAILSTORE, "users", "get-user-info", "--help"],
    "mailstore users get-user-info test01 alice": [MAILSTORE, "users", "get-user-info", "test01", "alice"],
}


def measure() -> Iterator[Row]:
    """Against a simulator in a process of its own."""
    with serving("mailstore_sdk.simulator", "--port", "0") as server:
        for name, value in startup(server.url, server.ca_file).items():
            yield Row(name, value)


def seconds(command: list[str], env: dict[str, str]) -> float:
    """How long a process takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def startup(url: str, ca_file: str) -> dict[str, float]:
    """Whole processes from start to end, as ratios to the bare one; the call's is with its request and reply."""
    login = {"MAILSTORE_SPE_URL": url, "MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "admin", "MAILSTORE_SPE_CA_FILE": ca_file}
    with TemporaryDirectory() as cache:
        # Installed packages are compiled; one that is worked on may not be, and then every start would compile it.
        env = {**os.environ, **login, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        rounds = [{name: seconds(command, env) for name, command in COMMANDS.items()} for _ in range(ROUNDS + 1)]
    median = {name: statistics.median(taken[name] for taken in rounds[1:]) for name in COMMANDS}
    return {f"{name} / import click, httpx, pydantic": median[name] / median["bare"] for name in list(COMMANDS)[1:]}
