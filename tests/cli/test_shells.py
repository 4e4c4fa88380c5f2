"""Completion in the shells themselves, set up by the lines of the guide. A shell that is not installed is left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import environment
from tests.support.blocks import blocks_of
from tests.support.processes import PATIENCE, environ, wait_until
from tests.support.project import ROOT

GUIDE = ROOT / "docs" / "cli-profiles.md"

IN_ALL = [
    ("mailstore us", "mailstore users"),
    ("mailstore users sho", "mailstore users show"),
    ("mailstore jobs w", "mailstore jobs wait"),
    ("mailstore users get-users test02 -o y", "mailstore users get-users test02 -o yaml"),
    ("mailstore stores set-store-requested-state test01 1 w", "mailstore stores set-store-requested-state test01 1 writeProtected"),
    ("mailstore users create-user test01 dora login,ex", "mailstore users create-user test01 dora login,export"),
    ("mailstore users set-user-password test01 alice --password e", "mailstore users set-user-password test01 alice --password env:"),
    ("mailstore system ping --password env:PW -o t", "mailstore system ping --password env:PW -o t"),
    ("mailstore system ping --password env:PW -o ta", "mailstore system ping --password env:PW -o table"),
    ("mailstore call GetUserI", "mailstore call GetUserInfo"),
    ("mailstore call GetUserInfo us", "mailstore call GetUserInfo userName="),
    ("mailstore call SetStoreRequestedState requestedState=wr", "mailstore call SetStoreRequestedState requestedState=writeProtected"),
    ("mailstore users create-user --from-file argu", "mailstore users create-user --from-file arguments.json"),
]
"""What is typed, and what the line is after a tabulator."""


def only_with(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} on this machine")


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "arguments.json").write_text("{}")
    return tmp_path


@pytest.fixture
def env(server: Simulator, home: Path) -> dict[str, str]:
    """An environment in which `mailstore` is found and finds its server, and the shell its files."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return environ(**environment(server, home / "config.toml"), PATH=path, HOME=str(home), ZDOTDIR=str(home), TERM="dumb")


class Line:
    """The line of a shell at a terminal, whose command `said` prints what it is given."""

    def __init__(self, shell: pexpect.spawn[str]) -> None:
        self._shell = shell
        shell.expect("> ")

    def after_a_tabulator(self, typed: str, then: str = "") -> str:
        """The words of the line after completion, with the text typed after it."""
        self._shell.send(f"{typed}\t")
        self._shell.send(f"{then}\x01said \x05\r")
        self._shell.expect("<([^>]*)>.*> ")
        assert self._shell.match
        return str(self._shell.match[1])

    def offers(self, typed: str, pattern: str) -> None:
        """Wait for what two tabulators show; they show nothing if the server takes longer than completion waits for it."""
        self._shell.send(typed)
        while True:
            self._shell.send("\t\t")
            if self._shell.expect([pattern, pexpect.TIMEOUT], timeout=PATIENCE / 6) == 0:
                break
        self._shell.send("\x15\r")


Start = Callable[[str, str], Line]


@pytest.fixture
def start(env: dict[str, str], home: Path) -> Iterator[Start]:
    """Start a shell with a file that it reads first."""
    started: list[pexpect.spawn[str]] = []

    def shell(name: str, setup: str) -> Line:
        [lines] = [block for block in blocks_of(GUIDE) if block.language == name]
        file = lines.title.partition(",")[0].removeprefix("~/")
        (home / file).write_text(f"{setup}\n{lines.text}")
        child = pexpect.spawn(name, ["-i"], env=env, cwd=home, encoding="utf-8", timeout=PATIENCE, dimensions=(50, 200))
        started.append(child)
        return Line(child)

    yield shell
    for child in started:
        child.close(force=True)


@only_with("bash")
def test_bash(start: Start) -> None:
    line = start("bash", "PS1='> '; bind 'set enable-bracketed-paste off'; said() { printf '<%s>' \"$*\"; }")
    for typed, expected in IN_ALL:
        assert line.after_a_tabulator(typed) == expected
    assert line.after_a_tabulator("mailstore --password en", then="PW") == "mailstore --password env:PW"
    assert line.after_a_tabulator("mailstore call GetUserInfo us", then="bob") == "mailstore call GetUserInfo userName=bob"
    line.offers("mailstore users get-users test0", r"test01 +test02 +test03")
    line.offers("mailstore users get-users --instance test0", r"test01 +test02 +test03")
    line.offers("mailstore users delete", r"delete +delete-app-passwords")


@only_with("zsh")
def test_zsh(start: Start) -> None:
    line = start("zsh", "PS1='> '; unset zle_bracketed_paste; said() { printf '<%s>' \"$*\" }")
    for typed, expected in IN_ALL:
        assert line.after_a_tabulator(typed) == expected
    assert line.after_a_tabulator("mailstore --password en", then="PW") == "mailstore --password env:PW"
    assert line.after_a_tabulator("mailstore call GetUserInfo us", then="bob") == "mailstore call GetUserInfo userName=bob"
    line.offers("mailstore users get-users test0", r"test01 +test02 +test03")
    line.offers("mailstore users get-users --instance test0", r"test01 +test02 +test03")
    line.offers("mailstore users delete", r"delete-app-passwords +-- Delete all app passwords of a user\.")


@only_with("zsh")
def test_zsh_from_a_folder_of_functions(start: Start, env: dict[str, str], home: Path) -> None:
    script = subprocess.run(["mailstore", "completion", "zsh"], env=env, capture_output=True, text=True, check=True).stdout
    (home / "functions").mkdir()
    (home / "functions" / "_mailstore").write_text(script)
    line = start("zsh", "PS1='> '; fpath=(~/functions $fpath); autoload -Uz compinit && compinit; said() { printf '<%s>' \"$*\" }; return")
    assert line.after_a_tabulator("mailstore us") == "mailstore users"


@pytest.fixture
def fish(env: dict[str, str], home: Path) -> Callable[[str], dict[str, str]]:
    """What fish offers for a line, with its meaning; the file is written by the line of the guide."""
    [lines] = [block.text for block in blocks_of(GUIDE) if "completion fish" in block.text]

    def run(*words: str) -> str:
        done = subprocess.run(["fish", *words], env=env, cwd=home, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def offered(typed: str) -> dict[str, str]:
        pairs = (row.partition("\t") for row in run("-c", "complete -C $argv[1]", typed).splitlines())
        return {value: meaning for value, _, meaning in pairs}

    run("-c", lines)
    return offered


@only_with("fish")
def test_fish(fish: Callable[[str], dict[str, str]]) -> None:
    for typed, expected in IN_ALL:
        if not typed.endswith("-o t"):
            assert list(fish(typed)) == [expected.rpartition(" ")[2]], typed
    # Nothing is offered if the server takes longer than completion waits for it.
    wait_until(lambda: list(fish("mailstore users get-users test0")) == ["test01", "test02", "test03"])
    wait_until(lambda: list(fish("mailstore users get-users --instance test0")) == ["test01", "test02", "test03"])
    assert list(fish("mailstore users delete")) == ["delete", "delete-app-passwords"]
    assert fish("mailstore users lis") == {"list": "List the users of an instance."}
    assert fish("mailstore cal") == {"call": "Call any function by its wire name, even one newer than this program."}
