"""The command line as a frozen program: the package's hook collects what PyInstaller cannot see."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.support.blocks import blocks_of
from tests.support.processes import environ
from tests.support.project import ROOT

pytestmark = pytest.mark.xdist_group("frozen")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of the page on Windows, frozen."""
    folder = tmp_path_factory.mktemp("frozen")
    [block] = [block for block in blocks_of(ROOT / "docs" / "windows.md") if block.title == "mailstore_program.py"]
    (folder / block.title).write_text(block.text)
    command = [sys.executable, "-m", "PyInstaller", "--name", "mailstore", "--log-level", "ERROR", block.title]
    # What no command uses, a third of all modules, would only make it slow.
    unused = ("IPython", "hypothesis", "markdown_it", "mypy", "playwright", "pygments", "pytest", "setuptools", "tkinter")
    without = [word for name in unused for word in ("--exclude-module", name)]
    done = subprocess.run([*command, *without], cwd=folder, env=environ(PYTHONPATH=str(ROOT)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "dist" / "mailstore" / "mailstore"


def run(program: Path, *words: str, **env: str) -> str:
    done = subprocess.run([program, *words], env=environ(**env), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_kind_of_command_works(program: Path, tmp_path: Path) -> None:
    assert run(program, "--version").startswith("mailstore, version ")
    assert "list" in run(program, "users", "--help")
    with Simulator() as server:
        env = {
            "MAILSTORE_SPE_URL": server.url,
            "MAILSTORE_SPE_USER": "admin",
            "MAILSTORE_SPE_PASSWORD": "admin",
            "MAILSTORE_SPE_THUMBPRINT": server.thumbprint,
            "MAILSTORE_SPE_CONFIG": str(tmp_path / "config.toml"),
        }
        assert len(json.loads(run(program, "users", "list", "test01", **env))) == 5
        assert "userName" in run(program, "users", "list", "test01", "-o", "table", **env)
        assert "alice" in run(program, "users", "list", "test01", "-o", "yaml", "--query", "[].userName", **env)
        assert run(program, "stores", "verify", "test01", "1", **env) == ""
        assert "POST" in run(program, "smtp", "set-settings", "test01", "--settings", "{}", "--dry-run", **env)
        done = subprocess.run([program, "report", "--html", tmp_path / "page.html"], env=environ(**env), capture_output=True, check=False)
        assert done.returncode == 2, done.stderr
    assert "<!doctype html>" in (tmp_path / "page.html").read_text("utf-8")
    assert "Register-ArgumentCompleter" in run(program, "completion", "powershell")


def test_the_simulator_works(program: Path) -> None:
    words = [program, "simulate", "--port", "0"]
    with subprocess.Popen(words, env=environ(PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        shown = "".join(process.stdout.readline() for _ in range(1))
        assert re.search("https://localhost:[0-9]+", shown), shown
        process.terminate()
        process.stdout.read()
