"""Destructive commands ask for confirmation; dry runs show requests with masked secrets."""

from __future__ import annotations

import json
import shlex
import subprocess

import pytest

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.processes import environ


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input passes for a terminal."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False)


def sent(server: Simulator) -> list[str]:
    return [call.function for call in server.calls if not call.function.startswith("Get")]


@pytest.mark.usefixtures("terminal")
class TestAtATerminal:
    def test_no_cancels(self, shell: Shell, server: Simulator) -> None:
        reported = shell.fails(10, "users", "delete-user", "test01", "alice", stdin="n\n")
        assert "DeleteUser: Delete a user; the archive of the user stays.\n  instanceID: test01\n  userName: alice\n" in reported
        assert "This cannot be undone. Continue? [y/N]" in reported
        assert "Nothing was sent." in reported
        assert not sent(server)

    def test_yes_confirms(self, shell: Shell, server: Simulator) -> None:
        assert shell.run("users", "delete-user", "test01", "alice", stdin="y\n").exit_code == 0
        assert sent(server) == ["DeleteUser"]

    @pytest.mark.parametrize(
        ("words", "reported"),
        [
            ("stores merge-store test01 1 2", ["id: 1 (2025-07)", "sourceId: 2 ("]),
            ("profiles delete-profile test01 1", ["id: 1 ("]),
            ("jobs delete-job test01 1", ["id: 1 ("]),
            ("instances delete-instances *", ["instanceFilter: * (test01, test02, test03)"]),
            ("instances delete-instances x*", ["instanceFilter: x* ("]),
            ("jobs delete-job nowhere 1", ["id: 1 (GetJobs failed: "]),
        ],
    )
    def test_the_question_names_what_numbers_and_filters_select(
        self, shell: Shell, server: Simulator, words: str, reported: list[str]
    ) -> None:
        shown = shell.fails(10, *words.split(), stdin="n\n")
        for text in reported:
            assert text in shown
        assert not sent(server)

    def test_an_unknown_function_needs_confirmation_unless_it_begins_with_get(self, shell: Shell) -> None:
        assert "The catalogue does not have this function." in shell.fails(10, "call", "PurgeAll", "a=b", stdin="n\n")
        shell.fails(4, "call", "GetAll")


def test_without_a_terminal_a_destructive_call_needs_yes(shell: Shell, server: Simulator) -> None:
    assert "To confirm, add --yes" in shell.fails(10, "users", "delete-user", "test01", "alice")
    assert not sent(server)
    assert shell.run("-y", "users", "delete-user", "test01", "alice").exit_code == 0


class TestDryRun:
    def test_nothing_is_sent_and_no_question_asked(self, shell: Shell, server: Simulator) -> None:
        result = shell.run("users", "set-user-password", "test01", "älice", "--password", "env:MISSING", "--dry-run")
        assert result.exit_code == 0, result.stderr
        assert result.stdout.splitlines()[:6] == [
            "POST /api/invoke/SetUserPassword HTTP/1.1",
            f"Host: localhost:{server.port}",
            "Authorization: Basic ***",
            "Content-Type: application/x-www-form-urlencoded",
            "",
            "instanceID=test01&userName=%C3%A4lice&password=***",
        ]
        assert server.requests == 0

    def test_the_curl_command_sends_the_same_request(self, shell: Shell, server: Simulator) -> None:
        preview = shell.data("users", "get-user-info", "test01", "alice", "--dry-run", "-o", "json", MAILSTORE_SPE_THUMBPRINT=None)
        assert isinstance(preview, dict)
        curl = preview["curl"].replace("curl ", f"curl --silent --cacert {server.ca_file} ", 1)
        env = environ(MAILSTORE_SPE_USER="admin", MAILSTORE_SPE_PASSWORD="admin")
        done = subprocess.run(["/bin/sh", "-c", curl], capture_output=True, check=True, env=env)
        assert json.loads(done.stdout.decode("utf-8-sig"))["result"]["userName"] == "alice"
        assert server.calls[0].arguments == {"instanceID": "test01", "userName": "alice"}

    def test_curl_gets_trust_and_login_options(self, shell: Shell, server: Simulator) -> None:
        words = ("system", "ping", "--dry-run")
        assert "# curl cannot check a thumbprint: with --insecure it sends" in shell.run(*words).stdout
        trusted = shell.run("--ca-file", server.ca_file, *words).stdout
        assert "--cacert" in trusted
        assert "insecure" not in trusted
        reported = shell.run("--protocol", "session", "--url", "::1", *words, MAILSTORE_SPE_THUMBPRINT=None).stdout
        assert "X-AntiXsrfToken: ***" in reported
        assert "https://[::1]:8470/api/invoke/Ping" in reported
        assert "--insecure" not in reported

    def test_arguments_are_checked(self, nowhere: Shell) -> None:
        assert "needs config" in nowhere.fails(2, "instances", "create-instance", "--dry-run")

    @pytest.mark.parametrize("name", ["a'; echo owned; '$(id)", "CREDENTIALS", "$MAILSTORE_SPE_PASSWORD"])
    def test_values_are_quoted_for_the_shell(self, nowhere: Shell, name: str) -> None:
        preview = nowhere.data("users", "get-user-info", "test01", name, "--dry-run", "-o", "json")
        assert isinstance(preview, dict)
        assert f"userName={name}" in shlex.split(preview["curl"])
