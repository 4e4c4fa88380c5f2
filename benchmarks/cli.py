"""Time the start of the command line against a process that only imports the libraries under it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row, serving, values_in_turns

ROUNDS = 11
MAILSTORE = str(Path(sys.executable).with_name("mailstore"))
BARE = "import click, httpx, pydantic"
CALL = "mailstore users get-user-info test01 alice"
STARTED = "the same until it calls the server"
COMMANDS = {
    BARE: [sys.executable, "-c", BARE],
    "mailstore --help": [MAILSTORE, "--help"],
    "mailstore users get-user-info --help": [MAILSTORE, "users", "get-user-info", "--help"],
    CALL: [MAILSTORE, "users", "get-user-info", "test01", "alice"],
}


def measure() -> Iterator[Row]:
    """Against a simulator in a process of its own, and against a port that only notes when it is called."""
    with serving("mailstore_sdk.simulator", "--port", "0") as server, TemporaryDirectory() as cache:
        login = {"MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "admin", "MAILSTORE_SPE_CA_FILE": server.ca_file}
        # Installed packages are compiled; one that is worked on may not be, and then every start would compile it.
        env = {**os.environ, **login, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": "", "MAILSTORE_SPE_URL": server.url}
        acts = {name: partial(seconds, command, env) for name, command in COMMANDS.items()}
        acts[STARTED] = partial(seconds_to_connect, COMMANDS[CALL], env)
        taken = values_in_turns(acts, ROUNDS)
    for name in (*list(COMMANDS)[1:], STARTED):
        yield Row(f"{name} / {BARE}", taken.ratio(name, BARE), at_most=None if name == CALL else 1.5)


def seconds(command: list[str], env: dict[str, str]) -> float:
    """How long a process takes, from start to end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def seconds_to_connect(command: list[str], env: dict[str, str]) -> float:
    """How long a process takes until it calls its server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        began = time.perf_counter()
        with subprocess.Popen(command, env={**env, "MAILSTORE_SPE_URL": url}, stderr=subprocess.DEVNULL) as process:
            listener.accept()[0].close()
            taken = time.perf_counter() - began
            process.kill()
    return taken
