"""The sync client works where gevent or eventlet have replaced sockets, locks and threads."""

import json
import subprocess
import sys

import pytest

from mailstore_sdk.simulator import Simulator
from tests.support.processes import environ
from tests.support.project import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="neither is installed on Windows")
@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_calls_and_jobs_survive_killed_green_threads(library: str) -> None:
    with Simulator(clock="polls:2") as server:
        command = [sys.executable, "-W", "ignore", "-m", "tests.contract.green_threads", library, str(server.port), str(server.ca_file)]
        done = subprocess.run(command, cwd=ROOT, env=environ(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {
        "one after the other": ["alice"] * 3,
        "at once": ["alice"] * 20,
        "job": None,
        "after kills": "alice",
        "free slots": 4,
    }
