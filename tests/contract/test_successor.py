"""Clients of httpx2, the maintained successor of httpx: moving to it is a change of one import."""

import subprocess
import sys
from pathlib import Path

from tests.support.processes import environ
from tests.support.project import ROOT

PLUGIN = """
import sys
import httpx2
sys.modules["httpx"] = httpx2
"""


def test_clients_of_httpx2_work_too(tmp_path: Path) -> None:
    (tmp_path / "over_httpx2.py").write_text(PLUGIN)
    (tmp_path / "test_which.py").write_text(
        "from mailstore_sdk.runtime._transport import given\n\ndef test_it_is_httpx2():\n    assert given.httpx.__name__ == 'httpx2'\n"
    )
    tests = [str(tmp_path / "test_which.py"), str(ROOT / "tests" / "contract" / "test_given_client.py")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "over_httpx2", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *tests],
        cwd=ROOT,
        env=environ(PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
