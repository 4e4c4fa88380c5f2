"""Long-running work: followed in a pipe, detached, resumed, cancelled."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from mailstore_sdk.cli.terminal import shell_line
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._transport.sync import Transport
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell, environment
from tests.support.proxy_server import ProxyServer

VERIFY = ("stores", "verify-store", "test01", "1")


@pytest.fixture(scope="module")
def module_server() -> Iterator[Simulator]:
    """Jobs progress at each poll."""
    with Simulator(clock="polls:3") as server:
        yield server


def test_a_pipe_gets_lines_on_stderr_and_the_result_on_stdout(shell: Shell) -> None:
    result = shell.run(*VERIFY)
    assert (result.exit_code, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert "Checking store 1..." in lines
    assert any(line.startswith("VerifyStore test01, id 1: running ") and line.endswith(" %") for line in lines)
    assert lines[-1] == "VerifyStore test01, id 1: succeeded 100 %"


def test_a_token_is_read_from_a_pipe(shell: Shell) -> None:
    token = shell.run(*VERIFY, "--no-wait").stdout
    assert JobToken.parse(token).function == "VerifyStore"
    status = shell.data("jobs", "status", token.strip())
    assert isinstance(status, dict)
    assert (status["function"], status["state"]) == ("VerifyStore", "running")
    assert shell.run("jobs", "wait", "-", stdin=token).stderr.endswith("VerifyStore: succeeded 100 %\n")


def test_a_typed_result_is_printed_as_received(shell: Shell, server: Simulator) -> None:
    server.estate.long_running_rows = 0
    result = shell.run("profiles", "get-worker-results", "test01", "2020-01-01", "2030-01-01")
    rows = json.loads(result.stdout)
    assert "GetWorkerResults test01, fromIncluding 2020-01-01 00:00:00, toExcluding 2030-01-01 00:00:00: running" in result.stderr
    words = ("instanceID=test01", "fromIncluding=2020-01-01", "toExcluding=2030-01-01")
    token = shell.run("call", "GetWorkerResults", *words, "--no-wait").stdout.strip()
    assert shell.data("jobs", "wait", token) == rows
    assert rows[0]["result"]


def test_a_cancelled_job_has_its_own_exit_status(shell: Shell) -> None:
    token = shell.run(*VERIFY, "--no-wait").stdout.strip()
    assert shell.run("jobs", "cancel", token).stderr == "VerifyStore: the server was asked to stop it.\n"
    assert "VerifyStore was cancelled" in shell.fails(5, "jobs", "wait", token)


def test_a_lost_job(shell: Shell) -> None:
    token = json.dumps({"version": 1, "function": "VerifyStore", "token": "nonsense"})
    assert "how it ended is not known" in shell.fails(7, "jobs", "wait", token)
    assert "'nonsense' is not a token: expected the output of --no-wait." in shell.fails(2, "jobs", "wait", "nonsense")


def test_a_timeout_shows_how_to_continue(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Simulator(clock="manual") as server:
        patient = Shell(environment(server, tmp_path_factory.mktemp("config") / "config.toml"))
        shown = patient.fails(6, *VERIFY, "--timeout", "0.3")
    assert "The timeout expired. VerifyStore is still running on the server.\nWait for it:  mailstore jobs wait eyJ" in shown
    assert "Cancel it:    mailstore jobs cancel eyJ" in shown
    assert "resume(" not in shown, "that is for programs"


@pytest.mark.parametrize(("command", "function"), [("status", "get-status"), ("cancel", "cancel-async")])
def test_a_failed_request_about_a_job_is_reported_without_advice_for_programs(
    shell: Shell, server: Simulator, command: str, function: str
) -> None:
    token = shell.run(*VERIFY, "--no-wait").stdout.strip()
    server.faults.add(function, "status", status=401)
    shown = shell.fails(7, "jobs", command, token)
    assert shown.startswith(f"Error: {function}: the server does not accept the user name or password")
    assert "resume(" not in shown


@pytest.mark.parametrize("command", ["stores verify test01 1", "call VerifyStore instanceID=test01 id=1 includeIndexes=false"])
def test_a_start_whose_polls_fail_shows_how_to_follow_it(shell: Shell, server: Simulator, command: str) -> None:
    server.faults.add("get-status", "status", status=401)
    output = shell.fails(7, *command.split())
    assert "Error: VerifyStore was started, but a request about it failed: get-status: the server does not accept" in output
    assert "resume(" not in output, "that is for programs"
    token = re.search(r"^Wait for it:  mailstore jobs wait (\S+)$", output, re.MULTILINE)
    assert token, output
    assert shell.run("jobs", "wait", token[1]).exit_code == 0
    assert [call.function for call in server.calls].count("VerifyStore") == 1


def test_the_command_to_continue_names_the_same_server_and_no_secret(nowhere: Shell) -> None:
    with Simulator(clock="manual") as server, ProxyServer() as proxy:
        words = ("--url", server.url, "--user", "admin", "--thumbprint", server.thumbprint, "--proxy", f"http://{proxy.address}")
        shown = nowhere.fails(6, *words, "--password", "pass:admin", *VERIFY, "--timeout", "0.3")
        assert "admin:" not in shown
        assert "pass:" not in shown
        shown = nowhere.fails(6, *words, "--password", "env:PW", *VERIFY, "--timeout", "0.3", PW="admin")
        [command] = [line for line in shown.splitlines() if line.startswith("Cancel it:")]
        result = nowhere.run(*shlex.split(command)[3:], PW="admin")
    assert (result.exit_code, result.stderr) == (0, "VerifyStore: the server was asked to stop it.\n")


def test_the_command_to_continue_works_in_every_shell() -> None:
    words = ["mailstore", "--ca-file", "C:\\My CA\\ca.pem", "jobs", "wait", str(JobToken("VerifyStore", "sa1"))]
    line = shell_line(words, "nt")
    assert line.startswith('mailstore --ca-file "C:\\My CA\\ca.pem" jobs wait eyJ'), "double quotes: cmd.exe knows no others"
    assert line.count('"') == 2
    assert shlex.split(shell_line(words, "posix")) == words


def test_ctrl_c_leaves_the_job_running_and_shows_how_to_continue(shell: Shell, monkeypatch: pytest.MonkeyPatch, server: Simulator) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("mailstore_sdk.runtime._transport.sync.Transport._send", interrupted_after_the_start(server))
        shown = shell.fails(130, *VERIFY)
    token = shown.split("jobs wait ")[1].split()[0]
    assert shell.run("jobs", "wait", token).exit_code == 0
    assert "cancel-async" not in [call.function for call in server.calls]


def interrupted_after_the_start(server: Simulator):
    send = Transport._send

    def wrapped(transport: Transport, *action: Any):
        if [call.function for call in server.calls]:
            raise KeyboardInterrupt
        return send(transport, *action)

    return wrapped
