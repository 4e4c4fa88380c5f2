"""The command line at a real terminal: a pseudo-terminal of the system."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import environment
from tests.support.outage import outage
from tests.support.polls import wait_for_open_polls
from tests.support.processes import PATIENCE
from tests.support.raw_server import RawServer, answer

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture(scope="module")
def manual_server() -> Iterator[Simulator]:
    with Simulator(clock="manual") as server:
        yield server


@pytest.fixture
def mailstore(manual_server: Simulator, tmp_path: Path) -> Iterator[object]:
    manual_server.reset()
    env = dict(os.environ, **environment(manual_server, tmp_path / "config.toml"), TERM="xterm-256color", PYTHONUNBUFFERED="1")
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        env.pop(name, None)
    started: list[pexpect.spawn[str]] = []

    def start(*words: str) -> pexpect.spawn[str]:
        child = pexpect.spawn(
            sys.executable, ["-m", "mailstore_sdk.cli", *words], env=env, encoding="utf-8", timeout=PATIENCE, dimensions=(40, 100)
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def rest(child: pexpect.spawn[str]) -> str:
    """All output until the end."""
    child.expect(pexpect.EOF)
    child.close()
    return ESCAPES.sub("", child.before or "")


def test_a_table(mailstore) -> None:
    child = mailstore("users", "get-users", "test01")
    shown = rest(child)
    assert child.exitstatus == 0
    assert re.search(r"userName +fullName", shown)
    assert "───" in shown
    assert re.search(r"bob +Bob Example", shown)


def test_an_error_without_a_traceback(mailstore) -> None:
    child = mailstore("users", "get-user-info", "test01", "zoe")
    assert rest(child) == "Error: GetUserInfo failed: User zoe does not exist.\r\n"
    assert child.exitstatus == 4


def test_a_question_before_something_is_destroyed(mailstore, manual_server: Simulator) -> None:
    child = mailstore("stores", "merge-store", "test01", "1", "2")
    child.expect(r"id: 1 \(2025-07\)")
    child.expect(r"This cannot be undone\. Continue\? \[y/N\]: ")
    child.sendline("n")
    assert "Nothing was sent." in rest(child)
    assert child.exitstatus == 10
    assert "MergeStore" not in [call.function for call in manual_server.calls]


def test_a_progress_bar_with_log_lines_above(mailstore, manual_server: Simulator) -> None:
    child = mailstore("stores", "verify-store", "test01", "1")
    for steps, expected in ((1, "Checking store 1"), (1, r"VerifyStore.*━.* 25 %.*0:\d\d:\d\d"), (2, r"VerifyStore.*━.* 75 %")):
        wait_for_open_polls(manual_server)
        manual_server.advance(steps)
        child.expect(expected)
    wait_for_open_polls(manual_server)
    manual_server.advance(99)
    shown = rest(child)
    assert "400 messages checked..." in shown
    assert "100 %" in shown
    assert "VerifyStore: done." in shown
    assert child.exitstatus == 0


def test_a_progress_bar_outlasts_an_outage(mailstore, manual_server: Simulator, outage_seconds: float) -> None:
    with outage(manual_server, outage_seconds):
        child = mailstore("stores", "verify-store", "test01", "1")
        child.timeout = PATIENCE + outage_seconds
        shown = rest(child)
    assert child.exitstatus == 0
    assert "Retrying until the timeout expires." in shown
    assert "VerifyStore: done." in shown
    assert [call.function for call in manual_server.calls].count("VerifyStore") == 1


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["\x1b[2J", "\x9b31m", "\x7f", "a\u202eb", "\r\x08", "[bold]x[/]"]
)


@settings(max_examples=5)
@given(texts=st.lists(HOSTILE, min_size=6, max_size=6))
def test_no_text_from_a_server_controls_the_terminal(texts: list[str]) -> None:
    """Every place where a server puts text, as a pseudo-terminal gets it: results, names, messages, details, logs, pages."""
    name, full, message, details, line, page = (f"{text}\x1b]0;title\x07\u2066{text}" for text in texts)
    finished = {"error": None, "token": None, "statusVersion": 2, "statusCode": "succeeded", "result": None, "logOutput": None}
    table = {**finished, "result": [{"userName": name, "fullName": full, "distinguishedName": None, name: full}]}
    failed = {**finished, "statusCode": "failed", "error": {"message": message, "details": details}}
    begun = {**finished, "statusCode": "running", "token": f"t{line}", "statusText": line, "logOutput": f"{line}\r\n"}
    replies = [json.dumps(value).encode() for value in (table, table, failed, {**begun}, {**failed, "logOutput": line})]
    commands = (
        "users list test01",
        "users list test01 -o json",
        "users show test01 x --debug",
        "stores verify test01 1 --debug",
        "system ping",
    )
    with RawServer() as server:
        server.answers = [*map(answer, replies), answer(page.encode(), "500 Oops")]
        env = {"MAILSTORE_SPE_URL": f"https://localhost:{server.port}", "MAILSTORE_SPE_CA_FILE": str(server.ca_file)}
        env |= {"MAILSTORE_SPE_USER": "admin", "MAILSTORE_SPE_PASSWORD": "S3cret!", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}
        shown = seen_by_a_terminal(commands, env)
    assert len(server.requests) == 6
    assert shown.count("title") >= 6
    bad = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp") and char not in "\r\n\t"}
    assert not bad


def seen_by_a_terminal(commands: tuple[str, ...], env: dict[str, str]) -> str:
    """What a terminal gets of some commands, without the sequences by which the program itself draws."""
    code = (
        "import sys\nfrom mailstore_sdk.cli import main\n"
        f"for command in {commands!r}:\n"
        "    sys.argv = ['mailstore', *command.split()]\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
    )
    env = {**os.environ, **env}
    return rest(pexpect.spawn(sys.executable, ["-c", code], env=env, encoding="utf-8", timeout=PATIENCE, dimensions=(40, 300)))


def test_ctrl_c_leaves_the_job_running(mailstore, manual_server: Simulator) -> None:
    child = mailstore("stores", "verify-store", "test01", "1")
    wait_for_open_polls(manual_server)
    manual_server.advance()
    child.expect("Checking store 1")
    child.sendintr()
    shown = rest(child)
    assert child.exitstatus == 130
    assert "VerifyStore is still running on the server." in shown
    token = re.search(r"jobs wait (\w+)\r\n", shown)
    assert token, shown
    manual_server.advance(99)
    again = mailstore("jobs", "wait", token[1])
    assert "Done. No errors." in rest(again)
    assert again.exitstatus == 0
    assert "cancel-async" not in [call.function for call in manual_server.calls]


def test_a_typed_secret_is_not_shown(mailstore, manual_server: Simulator) -> None:
    child = mailstore("users", "set-user-password", "test01", "alice")
    child.expect("password: ")
    child.sendline("canary-typed")
    shown = rest(child)
    assert child.exitstatus == 0
    assert "canary-typed" not in shown
    assert manual_server.estate.instances["test01"].users["alice"].password == "canary-typed"


def test_the_simulator_serves_until_it_is_interrupted(mailstore) -> None:
    child = mailstore("simulate", "--port", "0", "--seed", "empty")
    child.expect("URL: (https://localhost:[0-9]+)\r\n")
    url = child.match[1]
    child.expect("Thumbprint: ([0-9A-F]{40})\r\n")
    thumbprint = child.match[1]
    child.expect("Password: admin\r\n")
    asked = mailstore("--url", url, "--thumbprint", thumbprint, "instances", "list", "-o", "json")
    assert rest(asked) == "[]\r\n"
    child.sendintr()
    rest(child)
    assert child.exitstatus == 0
