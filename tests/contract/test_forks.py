"""A forked process shares nothing with its parent: no connection, lock, counter, cookie or token."""

import json
import subprocess
import sys
from weakref import WeakSet

import pytest

from mailstore_sdk.runtime._protocol import forks
from tests.support.processes import environ
from tests.support.project import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")
def test_a_child_process_and_its_parent_get_their_own_answers() -> None:
    """The clients and the ways to fork are those of `forks`."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.contract.forks"],
        cwd=ROOT,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert {way: found[way] for way in found if "," in way} == {
        "multiprocessing, basic": 0,
        "multiprocessing, session": 0,
        "multiprocessing, vendor wrapper": 0,
        "Celery's pool, basic": 0,
    }, "answers to another's question"
    admin, alice = "admin", "alice"
    assert found["async"] == admin
    assert found["during a call"] == [alice, admin], "the child does not wait for its parent's connection"
    assert found["during a poll"] == "running", "nor for its parent's thread"
    assert found["session"] == [["", None, admin], alice], "each begins a session of its own"


def test_a_child_resets_what_still_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    class Thing:
        resets = 0

        def _reset(self) -> None:
            self.resets += 1

    monkeypatch.setattr(forks, "_alive", WeakSet())
    kept = Thing()
    forks.reset_for_each_process(kept)
    forks.reset_for_each_process(Thing())
    forks._reset_all()
    assert (kept.resets, len(forks._alive)) == (2, 1)
