"""The session dialect of 8.5, reply by reply: login, renewal, expiry, and no request sent twice."""

import json
import time

import pytest

from mailstore_sdk import errors
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Action, Reply, Send
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.session import SessionAuth
from tests.support.scripted_replies import FINISHED, Script

ONE = {"instanceID": "test01"}
USER = {**ONE, "userName": "alice"}


def cookie(value: str) -> dict[str, str]:
    return {"set-cookie": f"MSWEB_MGM_AUTH={value}; path=/; secure; HttpOnly"}


def login(token: str = "T0") -> Reply:
    return Reply(200, b"\xef\xbb\xbf+OK" + token.encode(), cookie(f"c-{token}"))


def reply(token: str, **changes: object) -> Reply:
    return Reply(200, json.dumps({**FINISHED, "antiXsrfToken": token, **changes}).encode(), cookie(f"c-{token}"))


def headers(send: Send) -> tuple[str, str]:
    return send.headers["Cookie"], send.headers["X-AntiXsrfToken"]


def test_each_request_has_the_cookie_and_token_of_the_previous_reply() -> None:
    protocol = Operations(auth=SessionAuth("admin", "S3cret! ü"))
    script = Script(login(), reply("T1", result=[]), reply("T2", result=[]))
    script.run(protocol.call(functions.GET_USERS, ONE))
    script.run(protocol.call(functions.GET_USERS, ONE))
    assert [(send.path, send.body) for send in script.sent] == [
        ("/login", b"u=admin&p=S3cret%21+%C3%BC"),
        ("/api/invoke/GetUsers", b"instanceID=test01"),
        ("/api/invoke/GetUsers", b"instanceID=test01"),
    ]
    assert [headers(send) for send in script.sent[1:]] == [
        ("MSWEB_MGM_AUTH=c-T0", "T0"),
        ("MSWEB_MGM_AUTH=c-T1", "T1"),
    ]


def test_an_expired_session_logs_in_again_once_and_retries_the_rejected_request() -> None:
    protocol = Operations(auth=SessionAuth("admin", "x"))
    script = Script(login(), reply("T1"), Reply(401, b""), login("U0"), reply("U1"))
    script.run(protocol.call(functions.DELETE_USER, USER))
    script.run(protocol.call(functions.DELETE_USER, USER))
    assert script.paths == ["/login", *["/api/invoke/DeleteUser"] * 2, "/login", "/api/invoke/DeleteUser"]
    assert headers(script.sent[-1]) == ("MSWEB_MGM_AUTH=c-U0", "U0")


@pytest.mark.parametrize("refusal", [Reply(401, b""), Reply(200, b"-ERR wrong"), Reply(200, b"<html>")])
def test_a_rejected_login_is_an_authentication_error(refusal: Reply) -> None:
    script = Script(refusal)
    with pytest.raises(errors.AuthenticationError):
        script.run(Operations(auth=SessionAuth("admin", "x")).call(functions.DELETE_USER, USER))
    assert script.paths == ["/login"]


def test_a_second_rejection_is_not_retried() -> None:
    script = Script(login(), reply("T1", result=[]), Reply(401, b""), login("U0"), Reply(401, b""))
    protocol = Operations(auth=SessionAuth("admin", "x"))
    script.run(protocol.call(functions.GET_USERS, ONE))
    with pytest.raises(errors.AuthenticationError):
        script.run(protocol.call(functions.GET_USERS, ONE))
    assert not script.outcomes


def test_a_lost_login_has_not_sent_the_call_so_both_are_retried() -> None:
    script = Script(errors.ReplyLostError("gone"), errors.ServerUnreachableError("gone"), login(), reply("T1"))
    script.run(Operations(auth=SessionAuth("admin", "x")).call(functions.DELETE_USER, USER))
    assert script.paths == ["/login", "/login", "/login", "/api/invoke/DeleteUser"]


def test_a_lost_reply_leaves_the_session_in_doubt_so_the_next_call_logs_in() -> None:
    script = Script(login(), errors.ReplyLostError("gone"), login("U0"), reply("U1"))
    protocol = Operations(auth=SessionAuth("admin", "x"))
    with pytest.raises(errors.OutcomeUnknownError):
        script.run(protocol.call(functions.DELETE_USER, USER))
    script.run(protocol.call(functions.DELETE_USER, USER))
    assert script.paths == ["/login", "/api/invoke/DeleteUser", "/login", "/api/invoke/DeleteUser"]


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b'{"antiXsrfToken": 5}', b'{"antiXsrfToken": "a\\r\\nX-Evil: 1"}', '{"antiXsrfToken": "ü"}'.encode(), b"[" * 9999],
)
def test_a_reply_without_a_usable_token_ends_the_session(body: bytes) -> None:
    script = Script(login(), Reply(200, body), login("U0"), reply("U1", result=[]))
    protocol = Operations(auth=SessionAuth("admin", "x"))
    with pytest.raises(errors.ReplyFormatError):
        script.run(protocol.call(functions.GET_USERS, ONE))
    script.run(protocol.call(functions.GET_USERS, ONE))
    assert script.paths[2] == "/login"


@pytest.mark.parametrize("given", ["", "OTHER=1", "MSWEB_MGM_AUTH", 'MSWEB_MGM_AUTH="bad; path', "\x00=\x01"])
def test_a_reply_without_a_new_cookie_leaves_the_old_one(given: str) -> None:
    first = Reply(200, reply("T1", result=[]).body, {"set-cookie": given})
    script = Script(login(), first, reply("T2", result=[]))
    protocol = Operations(auth=SessionAuth("admin", "x"))
    script.run(protocol.call(functions.GET_USERS, ONE))
    script.run(protocol.call(functions.GET_USERS, ONE))
    assert headers(script.sent[2])[1] == "T1"
    assert headers(script.sent[2])[0].startswith("MSWEB_MGM_AUTH=")


def test_closing_logs_out_if_logged_in() -> None:
    protocol = Operations(auth=SessionAuth("admin", "x"))
    script = Script(login(), reply("T1", result=[]), errors.ReplyLostError("gone"))
    script.run(protocol.log_out())
    script.run(protocol.call(functions.GET_USERS, ONE))
    script.run(protocol.log_out())
    script.run(protocol.log_out())
    assert script.paths == ["/login", "/api/invoke/GetUsers", "/logout"]
    assert headers(script.sent[2]) == ("MSWEB_MGM_AUTH=c-T1", "T1")


class SlowScript(Script):
    """Each reply takes as long as the timeout of the request, or this many seconds."""

    seconds = 0.6

    def _answer(self, command: Action) -> object:
        if isinstance(command, Send):
            self.now += min(self.seconds, command.timeout)
        return super()._answer(command)


@pytest.mark.parametrize("taken", [0.6, 10.0])
def test_login_and_call_have_one_deadline_for_each_attempt(monkeypatch: pytest.MonkeyPatch, taken: float) -> None:
    late = errors.ReplyTimeoutError("late")
    script = SlowScript(*[login(), late] * 3) if taken < 1 else SlowScript(*[late] * 3)
    script.seconds = taken
    monkeypatch.setattr(time, "monotonic", lambda: script.now)
    protocol = Operations(auth=SessionAuth("admin", "x"), options=CallOptions(timeout=1, retries=2, backoff=0.01))
    with pytest.raises(errors.TransportError):
        script.run(protocol.call(functions.GET_USERS, ONE))
    assert len(script.paths) == (6 if taken < 1 else 3)
    assert script.now - 1000 <= 3 * 1 + 0.03


def test_a_login_that_used_all_the_time_of_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 61.0])
    auth = SessionAuth("admin", "S3cret!")
    monkeypatch.setattr("mailstore_sdk.runtime._protocol.session.time.monotonic", lambda: next(clock))
    script = Script(login())
    with pytest.raises(errors.NotSentError, match="the login took 60 s; make fewer at once or raise timeout"):
        script.run(auth.request(Send("/api/invoke/GetUsers", b"", 60.0)).operation)
    assert script.paths == ["/login"]
