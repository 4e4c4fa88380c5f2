"""PowerShell, as far as it can be tested without it: its quoting rules, the completion script, the samples of the page."""

from __future__ import annotations

import re
import shlex
import sys
from importlib import import_module
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.blocks import blocks_of
from tests.support.powershell import arguments, quoted_by_completion
from tests.support.project import ROOT

PAGE = ROOT / "docs" / "windows.md"
SAMPLES = [
    line for block in blocks_of(PAGE) if block.language == "powershell" for line in block.text.splitlines() if line.startswith("mailstore ")
]
NOT_HERE = ("mailstore --version", "mailstore profile", "mailstore completion")


def test_quoting_rules() -> None:
    assert arguments("mailstore a 'b c' 'it''s' $x'y' --o=1 | Select-Object a", {"$x": "X"}) == [
        "mailstore",
        "a",
        "b c",
        "it's",
        "Xy",
        "--o=1",
    ]
    for line in ("mailstore login,export", "mailstore {a}", "mailstore @x", 'mailstore "a"'):
        with pytest.raises(ValueError, match="needs quotes"):
            arguments(line, {})
    with pytest.raises(KeyError):
        arguments("mailstore $archiveadmin", {})


@pytest.mark.parametrize("line", [line for line in SAMPLES if not line.startswith(NOT_HERE)])
def test_a_sample_of_the_page_works(shell: Shell, server: Simulator, line: str) -> None:
    for block in blocks_of(PAGE):
        if block.language == "json":
            Path(block.title).write_text(block.text)
    result = shell.run(*arguments(line, {})[1:], NEW_PASSWORD="new")
    assert result.exit_code == 0, result.output
    assert server.calls


def test_the_page_shows_each_argument_that_needs_quotes() -> None:
    assert len(SAMPLES) > 8
    words = [word for line in SAMPLES for word in arguments(line, {})]
    assert {"[?fullName].userName", "$archiveadmin", "login,export"} <= set(words)


@pytest.mark.parametrize(
    "value", ["login,export", "$archiveadmin", "it's", "a b", "test01", "userName=", "GMT Standard Time", "--output", "ü", "*"]
)
def test_completion_inserts_quoted_values(shell: Shell, value: str) -> None:
    script = shell.run("completion", "powershell").stdout
    assert arguments(f"mailstore {quoted_by_completion(value, script)}", {}) == ["mailstore", value]


def test_the_completion_script_uses_the_common_protocol(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = {name: shell.run("completion", name).stdout for name in ("bash", "powershell")}
    for name in ("COMP_LINE", "COMP_WORD", "_MAILSTORE_COMPLETE", "line_complete", "plain"):
        assert all(name in script for script in scripts.values())
    assert "-CommandName mailstore" in scripts["powershell"]
    for opening, closing in ("()", "{}", "[]"):
        code = re.sub(r"'[^']*'|\"[^\"]*\"|#.*", "", scripts["powershell"])
        assert code.count(opening) == code.count(closing)
    line = r"mailstore --ca-file C:\My\ca.pem users lis".replace("\\", "\\\\")
    result = shell.run(COMP_LINE=line, COMP_WORD="lis", _MAILSTORE_COMPLETE="line_complete")
    assert result.stdout.split("\t")[:2] == ["plain", "list"]
    assert shlex.split(line)[2] == r"C:\My\ca.pem"


def test_the_package_can_be_run_as_a_program(shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["mailstore", "--version"])
    with pytest.raises(SystemExit) as ended:
        import_module("mailstore_sdk.__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("mailstore, version ")
