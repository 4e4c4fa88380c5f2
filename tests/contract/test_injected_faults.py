"""Faults at random: no start is sent twice, no outcome is reported wrongly, nothing hangs and nothing is left behind."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.processes import environ
from tests.support.project import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interval timers")
def test_callers_learn_the_actual_outcome(request: pytest.FixtureRequest) -> None:
    """`pytest --faults 10000` injects more than the tests of every day have time for."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.contract.faults", str(request.config.getoption("--faults"))],
        cwd=ROOT,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    for part, found in json.loads(done.stdout).items():
        wrong = {name: found[name] for name in ("sent twice", "acted twice", "wrong")}
        assert wrong == {"sent twice": [], "acted twice": [], "wrong": []}, part
        left = {name: count for name, count in found.items() if "left" in name or "lost" in name or "troubles" in name}
        assert not any(left.values()), (part, left)
        assert found["seconds beyond the deadline"] < 10, (part, found["the latest"])
        assert found["outcomes"], part
