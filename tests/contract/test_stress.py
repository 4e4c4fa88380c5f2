"""Interrupts, cancellations and many callers at once: no caller gets another's reply, nothing is sent twice, nothing is left behind."""

import json
import subprocess
import sys

import pytest

from tests.support.processes import environ
from tests.support.project import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interval timers")
def test_every_caller_gets_its_own_reply_whatever_interrupts_calls() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.contract.stress"],
        cwd=ROOT,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert [found[part]["wrong"] for part in ("interrupted", "threads", "tasks")] == [0, 0, 0]
    assert found["interrupted"]["free slots of 2"] == 2, "no slot is lost between two bytecodes"
    assert found["interrupted"]["free turns of 1 job"] == 1
    assert found["interrupted"]["after"] == "after"
    assert found["interrupted"]["longest call"] < 50, "the wait for a slot has an end"
    assert (found["tasks"]["free slots of 50"], found["tasks"]["tasks left"]) == (50, 0)
    assert (found["sent twice"], found["threads left"]) == ([], [])
