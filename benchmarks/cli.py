"""Time the start of the command line against a process that only imports the libraries under it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 11
MAILSTORE = str(Path(sys.executable).with_name("mailstore"))
COMMANDS = {
    "bare": [sys.executable, "-c", "import click, httpx, pydantic"],
    "mailstore --help": [MAILSTORE, "--help"],
    "mailstore users get-user-info --help": [MAILSTORE, "users", "get-user-info", "--help"],
    "mailstore users get-user-info test01 alice": [MAILSTORE, "users", "get-user-info", "test01", "alice"],
}


def startup(url: str, ca_file: str) -> dict[str, float]:
    """Whole processes from start to end, as ratios to the bare one; the call's is with its request and reply."""
    login = {"MAILSTORE_SPE_URL": url, "MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "admin", "MAILSTORE_SPE_CA_FILE": ca_file}
    env = {**os.environ, **login}
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - began)
    median = {name: statistics.median(times) for name, times in taken.items()}
    return {f"{name} / import click, httpx, pydantic": median[name] / median["bare"] for name in list(COMMANDS)[1:]}
