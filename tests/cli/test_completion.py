"""Completion in shells: commands, options, known values, instances."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.unmeasured import environ


def offered(shell: Shell, line: str, kind: str = "zsh", **env: str | None) -> list[str]:
    """What a shell is told for the last word of a line."""
    words = line.split(" ")
    request = {"_MAILSTORE_COMPLETE": f"{kind}_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    if kind == "fish":
        request["COMP_CWORD"] = words[-1]
        request["COMP_WORDS"] = line
    result = shell.run(**request, **env)
    lines = [line for line in result.stdout.splitlines() if line]
    if kind == "zsh":
        return lines[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in lines]


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mailstore us", ["users"]),
        ("mailstore users get-user", ["get-user-info", "get-users"]),
        ("mailstore jobs w", ["wait"]),
        ("mailstore stores verify-store --inc", ["--include-indexes"]),
        ("mailstore stores set-store-requested-state test01 1 n", ["normal"]),
        ("mailstore -i test01 stores set-store-requested-state 1 w", ["writeProtected"]),
        ("mailstore users create-user test01 dora login,ex", ["login,export"]),
        ("mailstore users create-user test01 dora login --authentication d", ["directoryServices"]),
        ("mailstore users set-user-password test01 alice --password e", ["env:"]),
        ("mailstore users get-users test0", ["test01", "test02", "test03"]),
        ("mailstore users -o y", ["yaml"]),
        ("mailstore users get-users -o y", ["yaml"]),
        ("mailstore users get-users test01 ", []),
        ("mailstore instances start-instances test03", ["test03"]),
        ("mailstore -p p", ["prod"]),
    ],
)
def test_what_is_offered(shell: Shell, tmp_path: Path, kind: str, line: str, expected: list[str]) -> None:
    (tmp_path / "config.toml").write_text("[profiles.prod]\n[profiles.test]\n")
    assert offered(shell, line, kind) == expected


def test_a_server_that_does_not_answer_offers_nothing(shell: Shell, nowhere: Shell, tmp_path: Path) -> None:
    assert offered(shell, "mailstore users get-users test0", MAILSTORE_SPE_URL="localhost:1") == []
    assert offered(nowhere, "mailstore users get-users test0") == []
    (tmp_path / "config.toml").write_text("nonsense")
    assert offered(nowhere, "mailstore -p p") == []


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_the_script_asks_this_program(shell: Shell, kind: str) -> None:
    script = shell.run("completion", kind).stdout
    assert f"_MAILSTORE_COMPLETE={kind}_complete" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")
def test_a_real_bash_completes(shell: Shell, server: Simulator) -> None:
    script = (
        'eval "$(mailstore completion bash)"\n'
        "COMP_WORDS=(mailstore users get-users test0); COMP_CWORD=3\n"
        '_mailstore_completion mailstore test0 get-users; echo "${COMPREPLY[@]}"'
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env=environ(**shell.env, PATH=path), capture_output=True, text=True, check=False
    )
    assert done.stdout == "test01 test02 test03\n", done.stderr
    assert server.calls
