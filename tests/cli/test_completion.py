"""Completion in shells: commands, options, known values, instances."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.processes import environ


def offered(shell: Shell, line: str, **env: str | None) -> list[str]:
    """The completions for the last word of a line."""
    request = {"_MAILSTORE_COMPLETE": "line_complete", "COMP_LINE": line, "COMP_WORD": line.rpartition(" ")[2]}
    result = shell.run(**request, **env)
    return [line.split("\t")[1] for line in result.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mailstore us", ["users"]),
        (
            "mailstore users set-p",
            ["set-password", "set-pop3-user-names", "set-privileges", "set-privileges-on-all-folders", "set-privileges-on-folder"],
        ),
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
        ("mailstore users get-users -i test0", ["test01", "test02", "test03"]),
        ("mailstore profile use t", ["test"]),
        ("mailstore call SetStoreR", ["SetStoreRequestedState"]),
        ("mailstore call SetStoreRequestedState id=1 ", ["instanceID=", "requestedState="]),
        ("mailstore call SetStoreRequestedState id=1 requestedState=n", ["requestedState=normal"]),
        ("mailstore call GetUsers instanceID=test0", ["instanceID=test01", "instanceID=test02", "instanceID=test03"]),
        ("mailstore call NewOne x", []),
        ("mailstore simulate --seed d", ["demo"]),
        ("mailstore si", ["simulate"]),
        ("mailstore --prox", ["--proxy"]),
        ("mailstore users get-users test01 ", []),
        ("mailstore instances start-instances test03", ["test03"]),
        ("mailstore -p p", ["prod"]),
    ],
)
def test_completions_of_a_line(shell: Shell, tmp_path: Path, line: str, expected: list[str]) -> None:
    (tmp_path / "config.toml").write_text("[profiles.prod]\n[profiles.test]\n")
    assert offered(shell, line) == expected


def test_a_server_that_does_not_answer_offers_nothing(shell: Shell, nowhere: Shell, tmp_path: Path) -> None:
    assert offered(shell, "mailstore users get-users test0", MAILSTORE_SPE_URL="localhost:1") == []
    assert offered(nowhere, "mailstore users get-users test0") == []
    (tmp_path / "config.toml").write_text("nonsense")
    assert offered(nowhere, "mailstore -p p") == []
    assert offered(nowhere, "mailstore stores set-store-requested-state test01 1 n") == ["normal"]


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_the_script_calls_this_program(shell: Shell, kind: str) -> None:
    script = shell.run("completion", kind).stdout
    assert script == (files("mailstore_sdk.cli") / "shells" / f"completion.{kind}").read_text()
    assert "_MAILSTORE_COMPLETE=line_complete" in script


def test_open_quotes(shell: Shell) -> None:
    request = {"_MAILSTORE_COMPLETE": "line_complete", "COMP_LINE": "mailstore users get-users 'test0", "COMP_WORD": "'test0"}
    assert shell.run(**request).stdout.splitlines()[0].split("\t")[:2] == ["plain", "test01"]


def test_completion_never_asks_for_a_password(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False)
    assert offered(shell, "mailstore users get-users test0", MAILSTORE_SPE_PASSWORD=None) == []
    assert "Password" not in shell.runs[-1].output


def test_a_bound_instance_is_not_completed(shell: Shell) -> None:
    env = {"MAILSTORE_SPE_INSTANCE": "test01"}
    state = "mailstore stores set-store-requested-state"
    assert offered(shell, f"{state} 1 n", **env) == ["normal"]
    assert offered(shell, f"{state} test02 1 n", **env) == ["normal"]
    assert offered(shell, f"{state} test0", **env) == ["test01", "test02", "test03"]
    assert offered(shell, f"{state} -i test01 1 n") == ["normal"]


def test_listing_commands_does_not_load_them(shell: Shell) -> None:
    code = (
        "import os, sys; os.environ |= {'_MAILSTORE_COMPLETE': 'line_complete', 'COMP_LINE': 'mailstore ', 'COMP_WORD': ''}\n"
        "sys.argv = ['mailstore']\n"
        "from mailstore_sdk.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ())
    *lines, modules = done.stdout.splitlines()
    assert {"simulate", "users", "doctor"} <= {line.split("\t")[1] for line in lines}
    assert not {"mailstore_sdk.cli.doctor", "mailstore_sdk.simulator.__main__", "starlette"} & set(modules.split())
