"""The transport over httpx2, the maintained successor of httpx: moving to it is a change of one module."""

import subprocess
import sys
from pathlib import Path

from tests.support.processes import environ
from tests.support.project import ROOT

ROOM = ("test_given_client.py", "test_transport.py", "test_connections.py", "test_proxy.py")
PLUGIN = """
import sys
import httpcore2, httpx2
sys.modules["httpx"], sys.modules["httpcore"] = httpx2, httpcore2
"""


def test_the_transport_works_over_httpx2_too(tmp_path: Path) -> None:
    (tmp_path / "over_httpx2.py").write_text(PLUGIN)
    (tmp_path / "test_which.py").write_text(
        "from mailstore_sdk.runtime._transport.httpx_library import httpcore, httpx\n\n"
        "def test_it_is_httpx2():\n    assert (httpx.__name__, httpcore.__name__) == ('httpx2', 'httpcore2')\n"
    )
    tests = [str(tmp_path / "test_which.py"), *(str(ROOT / "tests" / "contract" / name) for name in ROOM)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "over_httpx2", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *tests],
        cwd=ROOT,
        env=environ(PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
