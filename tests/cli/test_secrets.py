"""Sources of secrets, and that no secret is shown."""

from __future__ import annotations

import json
import logging
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mailstore_sdk.cli.secrets import mask
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.processes import PATIENCE, environ, wait_until
from tests.support.raw_server import NOTHING, SUCCESS, RawServer, answer

LOGIN = "canary-login-password"
PASSWORD = "canary-user-password"
MODEL = "canary-model-password"
BASE64 = "YWRtaW46Y2FuYXJ5LWxvZ2luLXBhc3N3b3Jk"
CANARIES = (LOGIN, PASSWORD, MODEL, BASE64)


@pytest.fixture
def server() -> Simulator:
    with Simulator(clock="immediate", password=LOGIN) as server:
        yield server


@pytest.fixture
def shell(shell: Shell) -> Shell:
    shell.env |= {"MAILSTORE_SPE_PASSWORD": LOGIN, "CANARY": PASSWORD}
    return shell


def password_of(server: Simulator, user: str) -> str | None:
    return json.loads(server.dump())["instances"]["test01"]["users"][user]["password"]


SET = ("users", "set-user-password", "test01", "alice")


class TestSources:
    def test_every_source(self, shell: Shell, server: Simulator, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("from-file\n")
        for expected, words, stdin in (
            (PASSWORD, ("--password", "env:CANARY"), None),
            ("from-file", ("--password", "file:secret"), None),
            ("from-stdin", ("--password", "stdin"), "from-stdin\n"),
            ("forced", ("--password", "pass:forced"), None),
        ):
            assert shell.run(*SET, *words, stdin=stdin).exit_code == 0
            assert password_of(server, "alice") == expected
        assert shell.run("call", "SetUserPassword", "instanceID=test01", "userName=alice", "password=env:CANARY").exit_code == 0
        assert password_of(server, "alice") == PASSWORD

    def test_a_missing_required_secret_is_asked_for(self, shell: Shell, server: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "password is missing, and there is no terminal for a prompt" in shell.fails(2, *SET)
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False)
        result = shell.run(*SET, stdin="typed\n")
        assert result.exit_code == 0, result.stderr
        assert password_of(server, "alice") == "typed"
        assert "typed" not in result.output

    @pytest.mark.parametrize(
        ("source", "reported"),
        [
            (PASSWORD, "password is secret, and arguments are visible in the process list"),
            ("env:", "use prompt, stdin"),
            ("env:NOT_THERE", "is missing: the environment variable NOT_THERE is not set"),
            ("file:nowhere", "cannot be read from the file nowhere: No such file"),
            ("file:binary", "expected UTF-8 or UTF-16"),
            ("stdin", "is missing: standard input is empty"),
        ],
    )
    def test_an_invalid_source_of_a_secret(self, shell: Shell, server: Simulator, tmp_path: Path, source: str, reported: str) -> None:
        (tmp_path / "binary").write_bytes(b"\xff")
        said = shell.fails(2, *SET, "--password", source)
        assert reported in said
        assert PASSWORD not in said
        assert not server.calls

    def test_documents_with_secrets(self, shell: Shell, server: Simulator) -> None:
        words = ("smtp", "set-smtp-settings", "test01", "--settings")
        document = json.dumps({"password": MODEL})
        said = shell.fails(2, *words, document)
        assert "settings contains a secret" in said
        assert MODEL not in said
        assert shell.run(*words, "env:DOCUMENT", DOCUMENT=document).exit_code == 0
        assert shell.run(*words, "stdin", stdin=f"password: {MODEL}").exit_code == 0
        assert shell.run(*words, f"pass:{document}").exit_code == 0
        assert shell.run(*words, '{"server": "mail"}').exit_code == 0
        assert "newPassword is secret" in shell.fails(2, "call", "NewOne", "newPassword=x", "-y")


@pytest.mark.parametrize("name", ["password", "apiKey", "token", "userPwd", "secretKey"])
def test_a_secret_of_a_function_that_the_catalogue_does_not_know(shell: Shell, server: Simulator, name: str) -> None:
    message = shell.fails(2, "call", "SetNewThing", f"{name}=canary")
    assert f"{name} is secret, and arguments are visible in the process list" in message
    assert "canary" not in message
    assert server.requests == 0


def test_results_are_masked_unless_show_secrets_is_given(shell: Shell, server: Simulator) -> None:
    text = json.dumps([{"password": MODEL, "list": [{"smtpPassword": MODEL, "port": 25}], "empty": {"password": None}}])
    assert mask(json.loads(text), ()) == [{"password": "***", "list": [{"smtpPassword": "***", "port": 25}], "empty": {"password": None}}]
    api = shell.data("administrators", "create-system-administrator-api-password")
    assert isinstance(api, str)
    assert api != "***", "what a function is called for is shown"


def test_a_secret_in_a_reply_is_masked(shell: Shell, raw_server: RawServer) -> None:
    env = {"MAILSTORE_SPE_URL": f"https://localhost:{raw_server.port}", "MAILSTORE_SPE_THUMBPRINT": raw_server.thumbprints[1]}
    raw_server.answers = [answer(SUCCESS.replace(b"[]", b'{"password": "canary", "port": 25}'))] * 2
    result = shell.run("smtp", "get-smtp-settings", "test01", **env)
    assert json.loads(result.stdout) == {"password": "***", "port": 25}
    assert result.stderr == "Secret fields are masked; --show-secrets shows them.\n"
    assert shell.data("smtp", "get-smtp-settings", "test01", "--show-secrets", **env) == {"password": "canary", "port": 25}


def test_no_secret_is_visible_anywhere(shell: Shell, server: Simulator, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "model.json").write_text(json.dumps({"instanceID": "test01", "settings": {"password": MODEL, "server": "x"}}))
    (tmp_path / "create.json").write_text(
        json.dumps({"instanceID": "test01", "userName": "dora", "privileges": ["login"], "password": PASSWORD})
    )
    for words in (
        (*SET, "--password", "env:CANARY"),
        ("users", "set-user-password", "test01", "zoe", "--password", "env:CANARY"),
        ("users", "create-user", "test01", "alice", "login", "--password", "env:CANARY"),
        ("users", "create-user", "--from-file", "create.json"),
        ("call", "SetUserPassword", "instanceID=test01", "userName=alice", "password=env:CANARY"),
        ("call", "NewOne", "newPassword=env:CANARY", "-y"),
        ("smtp", "set-smtp-settings", "--from-file", "model.json"),
        ("smtp", "get-smtp-settings", "test01"),
        ("stores", "unlock-store", "test01", "1", "--passphrase", "env:CANARY"),
        ("users", "set-user-password", "test01", "alice", "more", "--password", f"pass:{PASSWORD}"),
        ("doctor",),
        ("profile", "list"),
        ("profile", "add", "p", "--url", server.url, "--user", "admin", "--password", "env:MAILSTORE_SPE_PASSWORD", "--yes"),
        ("profile", "add", "p", "--url", server.url, "--user", "wrong", "--password", "env:CANARY", "--yes"),
    ):
        for more in ((), ("--debug",), ("--dry-run",), ("--dry-run", "-o", "json"), ("-o", "table")):
            shell.run(*words, *more)
    wrong = ("system", "ping", "--debug")
    shell.run(*wrong, MAILSTORE_SPE_USER="wrong")
    shell.run(*wrong, MAILSTORE_SPE_URL="localhost:1")
    shown = "".join(result.output + repr(result) for result in shell.runs)
    assert "SetUserPassword" in shown
    assert "password=***" in shown
    for canary in CANARIES:
        assert canary not in shown
        assert canary not in caplog.text


def test_the_process_list_shows_no_secret(shell: Shell, raw_server: RawServer) -> None:
    listed = threading.Event()

    def act(connection: ssl.SSLSocket) -> None:
        listed.wait(PATIENCE)
        answer(NOTHING)(connection)

    raw_server.answers = [act]
    place = {"MAILSTORE_SPE_URL": f"https://localhost:{raw_server.port}", "MAILSTORE_SPE_THUMBPRINT": raw_server.thumbprints[0]}
    words = [sys.executable, "-m", "mailstore_sdk.cli", *SET, "--password", "env:CANARY"]
    with subprocess.Popen(words, env=environ(**shell.env | place), stdout=subprocess.PIPE, text=True) as process:
        wait_until(lambda: raw_server.requests != [], process)
        seen = subprocess.run(["ps", "-p", str(process.pid), "-ww", "-o", "args="], capture_output=True, text=True, check=True).stdout
        listed.set()
    assert process.returncode == 0
    assert "set-user-password test01 alice --password env:CANARY" in seen
    assert PASSWORD not in seen
    assert f"&password={PASSWORD}".encode() in raw_server.requests[0]
