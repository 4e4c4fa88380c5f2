"""Time the start of the command line against a process that only imports the libraries under it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row, number_of_rounds, serving, values_in_turns

ROUNDS = number_of_rounds(11)
MAILSTORE = str(Path(sys.executable).with_name("mailstore"))
BARE = "import click, httpx, pydantic"
COMMANDS = {
    BARE: [sys.executable, "-c", BARE],
    "mailstore --help": [MAILSTORE, "--help"],
    "mailstore users show --help": [MAILSTORE, "users", "show", "--help"],
    "mailstore users show test01 alice": [MAILSTORE, "users", "show", "test01", "alice"],
}


def measure() -> Iterator[Row]:
    """Against a simulator in a process of its own."""
    with serving("mailstore_sdk.simulator", "--port", "0") as server, TemporaryDirectory() as cache:
        login = {"MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "admin", "MAILSTORE_SPE_CA_FILE": server.ca_file}
        # Installed packages are compiled. A package in development may not be, and then every start would compile it.
        env = {**os.environ, **login, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": "", "MAILSTORE_SPE_URL": server.url}
        acts = {name: partial(seconds, command, env) for name, command in COMMANDS.items()}
        taken = values_in_turns(acts, ROUNDS)
    for name in list(COMMANDS)[1:]:
        yield Row(f"{name} / {BARE}", taken.ratio(name, BARE), at_most=0.55 if name.endswith("--help") else 1.8)


def seconds(command: list[str], env: dict[str, str]) -> float:
    """How long a process takes, from start to end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
