"""The log on stdout and in the temporary folder: how much at which level, and never a secret."""

import json
import logging
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import errors
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import Connect
from tests.support.raw_server import RawServer, answer

NAMES = ("NONE", "ERROR", "WARNING", "INFO", "DEBUG")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def use(client: Any) -> None:
    """Log something at every level that a plain script uses."""
    client.GetUsers("test01")
    with pytest.raises(errors.AuthenticationError):
        client.VerifyStore("test01", 1)


@pytest.mark.parametrize("level", range(5))
def test_each_level_includes_the_lower_ones(first: Connect, new: Simulator, capsys: pytest.CaptureFixture[str], level: int) -> None:
    new.faults.add("VerifyStore", "status", status=401)
    use(first(logLevel=level))
    printed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert printed == {name for name in NAMES[1 : level + 1] if name != "WARNING"}


def test_actions_requests_and_replies_are_logged(first: Connect, capsys: pytest.CaptureFixture[str]) -> None:
    client = first(logLevel=4)
    client.GetUserInfo("test01", "alice")
    asked, sent, reply, ended = capsys.readouterr().out.splitlines()
    assert asked == "DEBUG GetUserInfo: ARGUMENTS {'instanceID': 'test01', 'userName': 'alice'}"
    assert sent == f"INFO GetUserInfo: POST to https://localhost:{client.port}"
    assert reply.startswith("DEBUG GetUserInfo: HTTP RESPONSE {'error': None,")
    assert "'userName': 'alice'" in reply
    assert ended == "INFO GetUserInfo: succeeded"


def test_an_error_is_reported_before_it_is_raised(first: Connect, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(errors.AuthenticationError) as caught:
        first(password="wrong").Ping()
    assert capsys.readouterr().out == f"ERROR AuthenticationError: {caught.value}\n"


class TestFile:
    def test_there_is_no_file_by_default(self, first: Connect, folder: Path) -> None:
        first().Ping()
        assert not [*folder.iterdir()]

    def test_the_files_level_is_independent(self, first: Connect, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        first(logLevel=0, fileLogLevel=3).Ping()
        (file,) = folder.iterdir()
        assert re.fullmatch(r"MailStorePyLib-\w+\.log", file.name)
        assert file.stat().st_mode & 0o077 == 0
        first_line, last_line = file.read_text().splitlines()
        assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO Ping: POST to ", first_line)
        assert last_line.endswith(" INFO Ping: succeeded")
        assert capsys.readouterr().out == ""

    def test_each_client_has_its_own_file(self, first: Connect, folder: Path) -> None:
        for _ in range(2):
            first(fileLogLevel=1)
        assert len([*folder.iterdir()]) == 2


class TestSecrets:
    def test_of_the_session_dialect(self, old: Simulator, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        old.estate.administrators["admin"].password = "canary-login"
        with mailstore.spe.Client(
            password="canary-login", host="localhost", port=old.port, protocol="session", ca_file=old.ca_file, logLevel=4, fileLogLevel=4
        ) as client:
            replies = [client.GetEnvironmentInfo(), client.VerifyStore("test01", 1)]
        printed = capsys.readouterr().out + "".join(file.read_text() for file in folder.iterdir())
        assert printed.count("'antiXsrfToken': '***'") == 2 * (2 + 6)
        for secret in ("canary-login", "MSWEB_MGM_AUTH", *(reply["antiXsrfToken"] for reply in replies)):
            assert secret not in printed

    def test_in_arguments_results_and_errors(
        self, first: Connect, new: Simulator, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new.estate.administrators["admin"].password = "canary-login"
        client = first(password="canary-login", logLevel=4, fileLogLevel=4)
        settings = json.dumps({"hostName": "mail", "password": "canary-json"})
        client.SetUserPassword("test01", "alice", "canary-password")
        client.CreateUser("test01", "dora", "none", password="canary-password")
        client.SetSmtpSettings("test01", settings)
        client.SetSmtpSettings("test01", {"hostName": "mail", "password": "canary-dict"})
        assert client.SetSmtpSettings("test01", settings.removesuffix("}"))["statusCode"] == "failed"
        with pytest.raises(errors.ArgumentError):
            client.SetSmtpSettings("test01", settings + "\ud800")
        with pytest.raises(errors.ArgumentError):
            client.SetUserPassword("test01", "alice", b"canary-bytes")
        new.faults.add("SetUserPassword", "status", status=500)
        with pytest.raises(errors.ServerError):
            client.SetUserPassword("test01", "alice", "canary-password")
        profiles = client.GetProfiles("test01")["result"]
        assert profiles[0]["details"]["password"] is None
        links = [client.CreateClientOneTimeUrlForArchiveAdmin("test01")["result"]]
        links.append(client.CreateSystemAdministratorAPIPassword()["result"])
        printed = capsys.readouterr().out + "".join(file.read_text() for file in folder.iterdir())
        assert "SetUserPassword" in printed
        assert "canary" not in printed
        assert all(link and link not in printed for link in links)

    def test_in_unknown_fields(self, caplog: pytest.LogCaptureFixture) -> None:
        rows = b'[{"newPassword": "canary", "clientSecret": {"value": "canary"}, "name": "x", "password": null}]'
        with RawServer() as server:
            server.answers = [answer(b'{"statusCode": "succeeded", "statusVersion": 2, "token": null, "result": %s}' % rows)]
            with mailstore.SPEClient(host="localhost", port=server.port, ca_file=server.ca_file, instanceID="a", logLevel=4) as client:
                assert client.GetProfiles()["result"] == json.loads(rows)
        printed = caplog.text
        assert "[{'newPassword': '***', 'clientSecret': '***', 'name': 'x', 'password': None}]" in printed
        assert "canary" not in printed

    def test_metadata_is_logged_completely(self, later: Connect, caplog: pytest.LogCaptureFixture) -> None:
        later(logLevel=4).GetMetadata()
        assert "get-metadata: HTTP RESPONSE [{'name': " in caplog.text


class TestLaterWrapper:
    """It logs to the logger MGMTLogger, which writes to stderr, so that a script's own output stays clean."""

    def test_errors_go_to_stderr(self, later: Connect, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        logger = logging.getLogger("MGMTLogger")
        # Not in a fixture, since pytest adds its own handlers before a test begins.
        monkeypatch.setattr(logger, "propagate", False)
        monkeypatch.setattr(logger, "handlers", [])
        for _ in range(2):
            with pytest.raises(errors.AuthenticationError):
                later(password="wrong").Ping()
        out, err = capsys.readouterr()
        assert out == ""
        assert [line.split()[:2] for line in err.splitlines()] == [["ERROR", "AuthenticationError:"]] * 2

    def test_a_program_can_configure_the_log(
        self, later: Connect, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(errors.AuthenticationError):
            later(password="wrong").Ping()
        assert capsys.readouterr() == ("", "")
        assert [record.name for record in caplog.records] == ["MGMTLogger"]
