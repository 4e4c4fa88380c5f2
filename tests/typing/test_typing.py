"""Both type checkers accept the package and what users write with it, and refuse what is wrong."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unmeasured import environ

ROOT = Path(__file__).parents[2]
ACCEPTED = ROOT / "tests" / "typing" / "accepted.py"
REJECTED = ROOT / "tests" / "typing" / "rejected.py"


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ())


def pyright(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ())


def expected() -> set[int]:
    return {number for number, line in enumerate(REJECTED.read_text().splitlines(), 1) if line.endswith("# refused")}


def test_mypy_accepts_the_package_the_examples_and_the_users_file() -> None:
    done = mypy()
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright_accepts_the_package_the_examples_and_the_users_file() -> None:
    done = pyright()
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_refuses_just_the_wrong_lines() -> None:
    done = mypy("--strict", str(REJECTED))
    found = {int(number) for number in re.findall(r"rejected\.py:(\d+): error:", done.stdout)}
    assert found == expected(), done.stdout


def test_pyright_refuses_just_the_wrong_lines(tmp_path: Path) -> None:
    shutil.copy(REJECTED, tmp_path)
    config = {"include": ["rejected.py"], "typeCheckingMode": "strict", "reportUnusedExpression": False, "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    done = pyright("--project", str(tmp_path), "--outputjson")
    found = {entry["range"]["start"]["line"] + 1 for entry in json.loads(done.stdout)["generalDiagnostics"] if entry["severity"] == "error"}
    assert found == expected(), done.stdout


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_users_project_sees_the_types_without_any_setting(tmp_path: Path, checker: str) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "from mailstore_sdk import SPEClient\n\n\n"
        "def main(spe: SPEClient) -> int:\n"
        "    reveal_type(spe.instance('test01').get_stores())\n"
        "    return sum(store.statistics_count or 0 for store in spe.instance('test01').get_stores())\n"
    )
    command = [sys.executable, "-m", checker, *(["--strict"] if checker == "mypy" else ["--pythonpath", sys.executable]), str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environ(MYPYPATH=""))
    assert done.returncode == 0, done.stdout
    assert "list[mailstore_sdk._generated.models.stores.Store]" in done.stdout or "list[Store]" in done.stdout
