"""Only a missing reply raises an exception; a failed call does not."""

from collections.abc import Callable
from typing import Any

import pytest

import mailstore_sdk.compat as mailstore
from mailstore_sdk import errors
from mailstore_sdk.simulator import Simulator
from tests.compat.conftest import Connect
from tests.support.raw_server import Answer, RawServer, answer, cut_body, hang_up

Client = mailstore.spe.Client


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (hang_up, errors.ReplyLostError),
        (cut_body, errors.ReplyLostError),
        (answer(b"Oops", "500 Oops"), errors.ServerError),
        (answer(b"", "401 Unauthorized"), errors.AuthenticationError),
        (answer(b"", "404 Not Found"), errors.FunctionNotFoundError),
        (answer(b"<html>"), errors.ReplyFormatError),
        (answer(b"[1]"), errors.ReplyFormatError),
        (answer(b"[" * 100_000), errors.ReplyFormatError),
        (answer(b"\xff"), errors.ReplyFormatError),
    ],
)
def test_an_invalid_reply_is_the_wrappers_base_error(act: Answer, kind: type[Exception]) -> None:
    with RawServer() as server:
        server.answers = [act] * 3
        with Client(host="localhost", port=server.port, ca_file=server.ca_file, logLevel=0) as client:
            with pytest.raises(kind) as caught:
                client.GetUsers("test01")
    assert isinstance(caught.value, mailstore.errors.MailStoreBaseError)


@pytest.mark.parametrize("values", [None, "running", [1]])
def test_what_is_no_status_has_no_token(first: Connect, later: Connect, values: Any) -> None:
    client, other = first(), later()
    for handle in (
        client.HandleToken, lambda values: list(client.HandleTokenIter(values)), client.GetStatus, client.CancelAsync,
        other.HandleToken, lambda values: list(other.YieldStatus(values)),
    ):  # fmt: skip
        with pytest.raises(mailstore.errors.MailStoreNoTokenError, match=f"a dict, found {type(values).__name__}"):
            handle(values)


def test_a_callback_that_cannot_be_called_is_refused_at_once() -> None:
    not_a_function: Any = 3
    with pytest.raises(errors.ConfigurationError, match="callbackStatus cannot be 3: expected a function"):
        Client(callbackStatus=not_a_function)
    with pytest.raises(errors.ConfigurationError, match="callback cannot be 3: expected a function"):
        mailstore.SPEClient(callback=not_a_function)


@pytest.mark.parametrize("body", [b'{"statusCode": "failed", "result": null}', b"[1]", b'[{"name": "GetUsers"}, null]'])
def test_an_invalid_list_of_functions(body: bytes) -> None:
    with RawServer() as server:
        server.answers = [answer(body)]
        with mailstore.SPEClient(host="localhost", port=server.port, ca_file=server.ca_file, logLevel=0) as client:
            with pytest.raises(
                errors.ReplyFormatError, match="get-metadata: the reply is not from the Management API: it is not a list of functions"
            ):
                client.GetMetadata()


def test_a_server_that_writes_odd_statuses_is_followed_to_the_end() -> None:
    odd = answer(b'{"statusCode": "running", "statusVersion": "5", "token": 7, "logOutput": ["x"]}')
    with RawServer() as server:
        server.answers = [odd, odd, odd]
        with Client(host="localhost", port=server.port, ca_file=server.ca_file, waitTime=0) as client:
            last = client.VerifyStore("test01", 1)
    assert (last["statusCode"], last["logOutput"]) == ("succeeded", None)
    assert server.requests[-1].endswith(b"token=7&lastKnownStatusVersion=0&millisecondsTimeout=0")


def test_a_reading_call_whose_reply_is_lost_is_retried_and_a_start_is_not(first: Connect, new: Simulator) -> None:
    client = first(logLevel=0)
    new.faults.add("GetUsers", "drop_before")
    assert client.GetUsers("test01")["statusCode"] == "succeeded"
    new.faults.add("VerifyStore", "drop_after")
    with pytest.raises(mailstore.errors.MailStoreBaseError) as caught:
        client.VerifyStore("test01", 1)
    assert isinstance(caught.value, errors.OutcomeUnknownError)
    assert [call.function for call in new.calls] == ["GetUsers", "GetUsers", "get-metadata", "VerifyStore"]


def test_an_expired_session_is_renewed_during_a_job(old: Simulator) -> None:
    with Client(host="localhost", port=old.port, protocol="session", ca_file=old.ca_file, autoHandleToken=False) as client:
        started = client.VerifyStore("test01", 1)
        old.faults.add("get-status", "expire_session")
        assert client.HandleToken(started)["statusCode"] == "succeeded"
    assert [call.function for call in old.calls].count("login") == 2


class TestTokens:
    @pytest.mark.parametrize(
        "use",
        [lambda client, values: client.GetStatus(values), lambda client, values: client.CancelAsync(values)],
        ids=["status", "cancel"],
    )
    def test_an_envelope_without_a_token_is_refused(self, first: Connect, use: Callable[[Client, dict[str, Any]], object]) -> None:
        client = first()
        with pytest.raises(mailstore.errors.MailStoreNoTokenError, match="found statusCode 'succeeded'"):
            use(client, client.GetUsers("test01"))

    def test_a_running_job_without_a_token_is_refused(self, first: Connect) -> None:
        with pytest.raises(mailstore.errors.MailStoreNoTokenError):
            first().HandleToken({"statusCode": "running", "token": None})

    def test_a_token_that_the_server_forgot_is_lost(self, first: Connect, new: Simulator) -> None:
        client = first(autoHandleToken=False, logLevel=0)
        started = client.VerifyStore("test01", 1)
        new.faults.add("get-status", "lose_token")
        for use in (client.HandleToken, client.GetStatus, client.CancelAsync):
            with pytest.raises(errors.JobLostError, match="no longer known to the server"):
                use(started)

    def test_a_failed_envelope_is_returned_unchanged(self, first: Connect) -> None:
        client = first()
        failed = client.VerifyStore("test01", 99)
        assert failed["statusCode"] == "failed"
        assert client.HandleToken(failed) == failed
        assert [*client.HandleTokenIter(failed)] == [failed]

    def test_a_server_that_does_not_hold_polls_is_not_polled_without_pauses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rests: list[float] = []
        monkeypatch.setattr("mailstore_sdk.runtime._transport.sync.time.sleep", rests.append)
        running = answer(b'{"statusCode": "running", "statusVersion": 0, "token": "t", "logOutput": null}')
        with RawServer() as server:
            server.answers = [running, running, running]
            with Client(host="localhost", port=server.port, ca_file=server.ca_file, waitTime=60_000) as client:
                assert client.CompactStore("test01", 1)["statusCode"] == "succeeded"
        assert rests == [0.2, 0.2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"waitTime": -1}, "waitTime cannot be -1: expected a whole number, 0 or more"),
        ({"waitTime": "2 s"}, "waitTime cannot be '2 s'"),
        ({"port": "https"}, "port cannot be 'https'"),
        ({"waitTime": True}, "waitTime cannot be True"),
        ({"logLevel": 5}, "logLevel cannot be 5: expected one of 0 NONE, 1 ERROR, 2 WARNING, 3 INFO, 4 DEBUG"),
        ({"fileLogLevel": "x"}, "fileLogLevel cannot be 'x'"),
        ({"username": ""}, "username '' cannot be sent"),
        ({"protocol": "soap"}, "protocol cannot be 'soap'"),
    ],
)
def test_an_invalid_client(options: dict[str, Any], message: str) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        Client(**options)
    assert message in str(caught.value)


class TestDialect:
    """The port selects the dialect unless an argument does."""

    @pytest.mark.parametrize(
        ("options", "dialect"),
        [
            ({}, "SessionAuth"),
            ({"port": 8470}, "SessionAuth"),
            ({"port": 8474}, "BasicAuth"),
            ({"port": 443}, "BasicAuth"),
            ({"port": 443, "protocol": "session"}, "SessionAuth"),
            ({"port": 8470, "protocol": "basic"}, "BasicAuth"),
        ],
    )
    def test_of_the_first_wrapper(self, options: dict[str, Any], dialect: str) -> None:
        assert type(Client(**options)._spe._operations.auth).__name__ == dialect

    def test_of_the_later_wrapper(self) -> None:
        assert type(mailstore.SPEClient()._spe._operations.auth).__name__ == "BasicAuth"
        assert type(mailstore.SPEClient(port=8470)._spe._operations.auth).__name__ == "SessionAuth"

    def test_on_another_port_the_environment_decides(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAILSTORE_SPE_PROTOCOL", "session")
        assert type(Client(port=443)._spe._operations.auth).__name__ == "SessionAuth"
        assert type(Client(port=8474)._spe._operations.auth).__name__ == "BasicAuth"

    def test_the_environment_can_make_a_script_trust_a_server(self, new: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAILSTORE_SPE_THUMBPRINT", new.thumbprint)
        with Client("admin", "admin", "localhost", new.port) as client:
            assert client.Ping()["statusCode"] == "succeeded"


def test_the_repr_of_a_client_has_no_password(first: Connect, new: Simulator) -> None:
    assert repr(first(username="gerald", password="canary")) == f"Client(host='localhost', port={new.port}, username='gerald')"


def test_after_the_logout_there_are_no_calls(first: Connect) -> None:
    client = first(logLevel=0)
    client.Ping()
    client.logout()
    client.logout()
    with pytest.raises(errors.ConfigurationError, match="the client is closed"):
        client.Ping()
