"""No secret in a variable of a frame, whatever fails, and whichever tool shows the variables."""

import json
import subprocess
import sys

from tests.support.processes import environ
from tests.support.project import ROOT


def test_tools_that_show_variables_show_no_secret() -> None:
    """The calls and the tools are those of `frames`; only a program of its own has Sentry's defaults."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.contract.frames"],
        cwd=ROOT,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout[done.stdout.index("{") :]) == {}
