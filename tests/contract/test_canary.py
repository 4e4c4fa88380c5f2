"""Unique secrets in every place that accepts one; afterwards no secret is in any output or file."""

import html
import json
import logging
import pickle
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from mailstore_sdk import Hooks, InstanceConfiguration, SmtpSettings, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import Answer, RawServer, answer, cut_body, hang_up, http, stay_silent

LOGIN = "canary-login-password"
PASSWORD = "canary-user-password"
MODEL = "canary-model-password"
BASE64 = "YWRtaW46Y2FuYXJ5LWxvZ2luLXBhc3N3b3Jk"
TOKEN = "canary-xsrf-token"
COOKIE = "canary-cookie"
SECRETS = (LOGIN, PASSWORD, MODEL, BASE64, TOKEN, COOKIE)


class Seen:
    """Everything that was shown, in one string."""

    def __init__(self) -> None:
        self.text = ""

    def show(self, *things: object) -> None:
        self.text += "\n".join(f"{thing!r} {thing}" for thing in things)

    def attempt(self, act: Callable[[], object]) -> None:
        """Run an action and record its result or error in every form."""
        try:
            self.show(act())
        except (errors.MailStoreError, errors.SchemaDriftWarning) as error:
            self.show(error, vars(error), pickle.dumps(error), "".join(traceback.format_exception(error)))


def use_every_secret(spe: Any, seen: Seen) -> None:
    archive = spe.instance("test01")
    seen.show(spe, archive, spe._operations, spe._transport.endpoint, spe.with_options(timeout=5))
    for act in (
        lambda: archive.set_user_password("alice", PASSWORD),
        lambda: archive.set_user_password(5, PASSWORD),
        lambda: archive.set_user_password("alice", PASSWORD.encode()),
        lambda: archive.create_user("alice", ["login"], password=PASSWORD),
        lambda: archive.create_user("dora", ["nonsense"], password=PASSWORD),
        lambda: archive.set_smtp_settings(SmtpSettings(password=MODEL)),
        lambda: spe.set_system_administrator_password("admin", PASSWORD),
        lambda: spe.call("SetUserPassword", instanceID="test01", userName="alice", password=PASSWORD),
        lambda: archive.verify_store(1).token,
        lambda: spe.get_instances("*"),
        lambda: vars(spe.raw.get_instances("*")),
        lambda: archive.raw.set_user_password("alice", PASSWORD),
    ):
        seen.attempt(act)


@pytest.mark.parametrize("protocol", ["basic", "session"])
def test_no_secret_with_a_server_that_answers(connect: Connect, caplog: pytest.LogCaptureFixture, tmp_path: Path, protocol: Any) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    hooks = Hooks(seen.show, seen.show, seen.show, seen.show)
    with Simulator(password=LOGIN, protocol=protocol, clock="immediate") as server:
        with connect(server.url, username="admin", password=LOGIN, ca_file=server.ca_file, protocol=protocol, hooks=hooks) as spe:
            with spe.record_shapes(tmp_path / "shapes.json"):
                use_every_secret(spe, seen)
        seen.show((tmp_path / "shapes.json").read_text())
        with connect(server.url, username="wrong", password=LOGIN, ca_file=server.ca_file, protocol=protocol) as spe:
            seen.attempt(spe.get_environment_info)
        seen.show(server.calls)
    assert_hidden(seen, caplog)


@pytest.mark.parametrize("act", [hang_up, cut_body, stay_silent, answer(b"<html>"), answer(b"no", "500 Oops"), answer(b"[1]")])
def test_no_secret_with_a_server_that_misbehaves(
    connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture, act: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    raw_server.answers = [act] * 20
    options = {"username": "admin", "password": LOGIN, "ca_file": raw_server.ca_file, "retries": 0, "timeout": 0.2}
    options["hooks"] = Hooks(seen.show, seen.show, seen.show, seen.show)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with connect("localhost", port=raw_server.port, **options) as spe:
            use_every_secret(spe, seen)
    assert_hidden(seen, caplog)


def echo(server: RawServer, before: bytes, after: bytes = b"", status: str = "200 OK") -> Answer:
    """Answer with the request itself, head and body, as a page about an error may do; as JSON has it where JSON is begun."""

    def act(connection: Any) -> None:
        request = server.requests[-1]
        shown = json.dumps(request.decode()).strip('"').encode() if before.startswith(b"{") else html.escape(request.decode()).encode()
        connection.sendall(http(before + shown + unquote_plus(shown.decode()).encode() + after, status))

    return act


ECHOES: dict[str, tuple[bytes, bytes, str]] = {
    "an error page": (b"<html>Bad request: ", b"</html>", "500 Oops"),
    "an error page that is cut": (b"<html>Bad request: ", b"", "400 Bad Request"),
    "a page in place of a reply": (b"<html>Welcome ", b"</html>", "200 OK"),
    "half of an envelope": (b'{"statusCode": "succeeded", "result": "', b"", "200 OK"),
    "a message": (b'{"statusCode": "failed", "error": {"message": "No: ', b'", "details": null}}', "200 OK"),
    "details": (b'{"statusCode": "failed", "error": {"message": "No", "details": "', b'"}}', "200 OK"),
    "a log": (b'{"statusCode": "failed", "token": "t", "statusText": "x", "error": null, "logOutput": "', b'"}', "200 OK"),
}


@pytest.mark.parametrize("where", ECHOES)
def test_no_secret_with_a_server_that_echoes_requests(
    connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    before, after, status = ECHOES[where]
    raw_server.answers = [echo(raw_server, before, after, status)] * 30
    options = {"username": "admin", "password": LOGIN, "ca_file": raw_server.ca_file, "retries": 0}
    options["hooks"] = Hooks(seen.show, seen.show, seen.show, seen.show, seen.show)
    with connect("localhost", port=raw_server.port, **options) as spe:
        use_every_secret(spe, seen)
        for key in ("password", "apiKey", "userPwd", "secretKey", "token"):
            seen.attempt(lambda key=key: spe.call("SetNewThing", **{key: PASSWORD}))
        seen.attempt(lambda: spe.call("SetNewThing", config={"deep": [{"clientSecret": PASSWORD}]}))
    assert "SetNewThing" in seen.text
    assert any(PASSWORD.encode() in request for request in raw_server.requests)
    assert_hidden(seen, caplog)


def test_a_new_password_in_a_truncated_reply(connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    raw_server.answers = [answer(b'{"statusCode": "succeeded", "result": "%s", "tok' % PASSWORD.encode())] * 3
    with connect("localhost", port=raw_server.port, username="admin", password=LOGIN, ca_file=raw_server.ca_file) as spe:
        seen.attempt(spe.create_system_administrator_api_password)
    assert "ReplyFormatError" in seen.text
    assert_hidden(seen, caplog)


def test_a_secret_passed_as_another_argument(connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    seen = Seen()
    with connect("localhost", port=raw_server.port, username="admin", password=LOGIN, ca_file=raw_server.ca_file) as spe:
        archive = spe.instance("test01")
        seen.attempt(lambda: archive.create_user("dora", PASSWORD))
        seen.attempt(lambda: archive.create_user("dora", [PASSWORD]))
        seen.attempt(lambda: archive.set_smtp_settings({"password": MODEL, "port": float("nan")}))
    assert seen.text.count("ArgumentError") >= 3
    assert raw_server.requests == []
    assert_hidden(seen, caplog)


def test_a_session_whose_server_echoes_cookie_and_token(connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    renewed = b"Set-Cookie: MSWEB_MGM_AUTH=canary-cookie; path=/\r\n"
    login = answer(b"+OK" + TOKEN.encode(), headers=renewed)
    raw_server.answers = [login, echo(raw_server, b"<html>", status="500 Oops")]
    options = {"username": "admin", "password": LOGIN, "ca_file": raw_server.ca_file, "protocol": "session", "retries": 0}
    with connect("localhost", port=raw_server.port, **options) as spe:
        seen.attempt(spe.get_environment_info)
    assert COOKIE.encode() in raw_server.requests[1]
    assert_hidden(seen, caplog)


def test_cookie_and_token_of_a_session(connect: Connect, raw_server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    renewed = b"Set-Cookie: MSWEB_MGM_AUTH=canary-cookie; path=/\r\n"
    raw_server.answers = [answer(b"+OK" + TOKEN.encode(), headers=renewed), answer(b"oops", "500 Oops", renewed), hang_up]
    with connect(
        "localhost", port=raw_server.port, username="admin", password=LOGIN, ca_file=raw_server.ca_file, protocol="session"
    ) as spe:
        seen.attempt(spe.get_environment_info)
        seen.show(spe, vars(spe), spe._operations.auth)
    assert TOKEN.encode() in raw_server.requests[1]
    assert_hidden(seen, caplog)


@pytest.mark.parametrize(
    "arguments",
    [
        {"password": "canary-login-password\ud800"},
        {"timeout": -1},
        {"host": "https://admin:canary-login-password@spe"},
        {"username": "a:b"},
        {"proxy": "http://me:canary-login-password@proxy/path"},
    ],
)
def test_an_invalid_client(connect: Connect, caplog: pytest.LogCaptureFixture, arguments: dict[str, Any]) -> None:
    seen = Seen()
    options = {"host": "spe", "username": "admin", "password": LOGIN, **arguments}
    seen.attempt(lambda: connect(options.pop("host"), **options))
    assert "ConfigurationError" in seen.text
    assert_hidden(seen, caplog)


def test_a_proxy_with_credentials(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen = Seen()
    with connect("spe.invalid", username="admin", password=LOGIN, proxy=f"http://me:{PASSWORD}@127.0.0.1:9", retries=0) as spe:
        seen.show(spe, spe._transport.endpoint, spe._operations)
        seen.attempt(spe.get_environment_info)
    assert "ServerUnreachableError" in seen.text
    assert_hidden(seen, caplog)


def test_models_with_secrets() -> None:
    seen = Seen()
    seen.show(SmtpSettings(password=MODEL))
    with pytest.raises(ValueError) as caught:
        InstanceConfiguration.model_validate({"instanceID": {"password": MODEL}})
    seen.show(caught.value)
    for secret in SECRETS:
        assert secret not in seen.text


def assert_hidden(seen: Seen, caplog: pytest.LogCaptureFixture) -> None:
    # The lines of a traceback are the test's source code; a value would be next to them.
    for secret in SECRETS:
        assert secret not in seen.text
        assert secret not in caplog.text
