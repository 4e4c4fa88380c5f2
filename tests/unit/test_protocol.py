"""The protocol without a network: what is sent, repeated, polled and raised, reply by reply."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailstore_sdk import JobToken, errors
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Reply
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.session import BasicAuth
from tests.support.project import SAMPLES
from tests.support.scripted_replies import Script, replies, reply, running

BASIC = BasicAuth("admin", "S3cret!")
PROTOCOL = Operations(auth=BASIC, options=CallOptions(poll_wait=5))
USER = {"instanceID": "test01", "userName": "alice"}
TOKEN = str(JobToken("VerifyStore", "sa1"))
VERIFY = {"instanceID": "test01", "id": 1, "includeIndexes": True}


def test_a_plain_call_is_one_post_and_its_result() -> None:
    script = Script(reply(result=[{"userName": "alice", "fullName": None, "distinguishedName": None}]))
    (user,) = script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))
    assert user.user_name == "alice"
    assert [(send.path, send.body, send.timeout) for send in script.sent] == [("/api/invoke/GetUsers", b"instanceID=test01", 60.0)]


def test_a_plain_function_that_becomes_long_running_is_polled_internally() -> None:
    script = Script(running(), running(1), reply(statusVersion=2, result=[]))
    assert script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"})) == []
    assert script.paths == ["/api/invoke/GetUsers", "/api/get-status", "/api/get-status"]
    assert [send.body for send in script.sent[1:]] == [
        b"token=sa1&lastKnownStatusVersion=0&millisecondsTimeout=5000",
        b"token=sa1&lastKnownStatusVersion=1&millisecondsTimeout=5000",
    ]
    assert script.sent[1].timeout == 65.0, "a poll gets its wait on top"


def test_the_printed_sequence_of_a_verification_is_followed_with_its_first_token() -> None:
    printed = json.loads((SAMPLES / "VerifyStore.sequence.json").read_text())
    final = json.loads((SAMPLES / "VerifyStore.final.envelope.json").read_text())
    script = Script(*replies([step["envelope"] for step in printed]), *replies([final]))
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.finish(work)
    assert work._result() is None
    assert work.status.percent == 100
    polls = [send.body.decode() for send in script.sent[1:]]
    assert [poll.split("&")[1] for poll in polls] == [f"lastKnownStatusVersion={version}" for version in (0, 5, 6, 7)]
    assert all(poll.startswith("token=sa00000000000000000000000000000001&") for poll in polls)
    assert work.log.startswith("Checking store 1...\nListing messages...\n400 messages to check.\nChecking...\n  100 messages checked...\n")


def test_a_failed_function_raises_with_the_servers_message() -> None:
    script = Script(reply(statusCode="failed", error={"message": "No such user.", "details": "System.Exception: …"}))
    with pytest.raises(errors.FunctionFailedError, match=r"GetUserInfo failed: No such user\.") as caught:
        script.run(PROTOCOL.call(functions.GET_USER_INFO, USER))
    error = caught.value
    assert (error.server_message, error.details) == ("No such user.", "System.Exception: …")
    assert (error.function, error.arguments) == ("GetUserInfo", USER)
    assert not isinstance(error, errors.JobError)


@pytest.mark.parametrize(
    "changes",
    [
        {"statusCode": "succeeded", "error": {"message": "Half of it."}},
        {"statusCode": "failed", "error": None},
        {"statusCode": "unheard-of", "error": None},
        {"statusCode": None, "error": None},
    ],
)
def test_anything_but_a_clean_success_is_a_failure(changes: dict[str, object]) -> None:
    with pytest.raises(errors.FunctionFailedError):
        Script(reply(**changes)).run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))


def test_a_start_that_fails_immediately_raises_immediately() -> None:
    with pytest.raises(errors.FunctionFailedError, match=r"VerifyStore failed: No such store\."):
        Script(reply(statusCode="failed", error={"message": "No such store."})).run(
            PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object])
        )


def test_a_job_that_fails_later_raises_with_its_log_and_token() -> None:
    failed = reply(statusCode="failed", statusVersion=3, error={"message": "Disk full."}, logOutput="two\r\n")
    script = Script(running(logOutput="one\r\n"), failed)
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.finish(work)
    with pytest.raises(errors.JobFailedError, match=r"Disk full\.") as caught:
        work._result()
    assert (caught.value.token, caught.value.log) == (TOKEN, "one\ntwo\n")
    assert isinstance(caught.value, errors.FunctionFailedError)


def test_a_cancelled_job_raises() -> None:
    printed = json.loads((SAMPLES / "VerifyStore.cancelled.envelope.json").read_text())
    acknowledged = json.loads((SAMPLES / "cancel-async.envelope.json").read_text())
    script = Script(running(), *replies([acknowledged, printed]))
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.run(work._cancel())
    script.finish(work)
    assert script.paths[1] == "/api/cancel-async"
    assert script.sent[1].body == b"token=sa1"
    with pytest.raises(errors.JobCancelledError, match="VerifyStore was cancelled"):
        work._result()
    assert work.status.percent == 7
    script.run(work._cancel())
    assert len(script.sent) == 3, "cancelling finished work asks nothing"


@pytest.mark.parametrize("operation", ["poll", "cancel"])
def test_a_forgotten_token_is_a_lost_job(operation: str) -> None:
    script = Script(running(), Reply(404, b""))
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    with pytest.raises(errors.JobLostError, match="no longer known to the server") as caught:
        script.run(work._cancel() if operation == "cancel" else work._poll(deadline=float("inf")))
    assert caught.value.token == TOKEN


def test_a_refused_cancel_raises() -> None:
    script = Script(running(), Reply(401, b""))
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    with pytest.raises(errors.JobRequestError, match="does not accept the user name") as caught:
        script.run(work._cancel())
    assert (caught.value.function, caught.value.token) == ("VerifyStore", TOKEN)
    assert isinstance(caught.value.__cause__, errors.AuthenticationError)


def test_an_expired_wait_leaves_the_job_running() -> None:
    script = Script(running(logOutput="one\r\n"), running(1), reply())
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    with pytest.raises(errors.JobTimeoutError, match="is still running") as caught:
        script.finish(work, 0)
    assert isinstance(caught.value, TimeoutError)
    assert (caught.value.token, caught.value.log) == (TOKEN, "one\n")
    script.finish(work)
    assert work._result() is None


def test_a_poll_waits_no_longer_than_the_remaining_time() -> None:
    script = Script(running(), reply())
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.finish(work, 1.5)
    assert script.sent[1].body.endswith(b"=1500")
    assert script.sent[1].timeout == 3.5


def test_a_server_that_does_not_hold_polls_is_polled_with_pauses() -> None:
    script = Script(running(), running(), running(), reply())
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.finish(work)
    assert script.pauses == [0.2, 0.2]


def test_a_running_job_without_a_token_is_an_error() -> None:
    with pytest.raises(errors.ReplyFormatError, match="gave no token"):
        Script(reply(statusCode="running")).run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.AuthenticationError),
        (403, errors.AccessDeniedError),
        (404, errors.FunctionNotFoundError),
        (411, errors.ServerError),
        (500, errors.ServerError),
        (302, errors.ServerError),
    ],
)
def test_each_http_status_has_its_error(status: int, kind: type[errors.ReplyError]) -> None:
    script = Script(Reply(status, b"Ein Fehler"))
    with pytest.raises(kind, match="^GetUserInfo: ") as caught:
        script.run(PROTOCOL.call(functions.GET_USER_INFO, USER))
    assert (caught.value.status, caught.value.body, caught.value.function) == (status, "Ein Fehler", "GetUserInfo")
    assert ("redirects are not followed" in str(caught.value)) is (status == 302)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"<html>Welcome</html>", "it is not JSON"),
        (b"", "it is not JSON"),
        (b"\xff\xfe\x00", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it is JSON, but a list instead of an object"),
        (b'"+OK"', "it is JSON, but a str instead of an object"),
        (b"{}", "statusCode: Field required"),
        (b'{"statusCode": {}}', "statusCode: Input should be a valid string"),
    ],
)
def test_a_reply_without_an_envelope_is_described(body: bytes, found: str) -> None:
    with pytest.raises(errors.ReplyFormatError) as caught:
        Script(Reply(200, body)).run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))
    assert found in str(caught.value)
    assert "Is this the API's port (8474)" in str(caught.value)


class TestRepeating:
    NOT_SENT = (errors.HostNotFoundError, errors.ServerUnreachableError, errors.NotSentError)
    MAYBE_SENT = (errors.ReplyTimeoutError, errors.ReplyLostError)

    @pytest.mark.parametrize("kind", NOT_SENT)
    def test_a_request_that_was_not_sent_is_retried_whatever_it_does(self, kind: type[errors.TransportError]) -> None:
        script = Script(kind("no way"), kind("no way"), reply())
        script.run(PROTOCOL.call(functions.DELETE_USER, USER))
        assert len(script.sent) == 3
        assert 0.1 <= script.pauses[0] <= 0.2 <= script.pauses[1] <= 0.4

    @pytest.mark.parametrize("kind", MAYBE_SENT)
    def test_a_repeatable_call_is_retried(self, kind: type[errors.TransportError]) -> None:
        script = Script(kind("gone"), reply())
        script.run(PROTOCOL.call(functions.SET_USER_PASSWORD, {**USER, "password": "x"}))
        assert len(script.sent) == 2

    @pytest.mark.parametrize("kind", MAYBE_SENT)
    @pytest.mark.parametrize(
        ("function", "values"),
        [(functions.DELETE_USER, USER), (functions.CREATE_USER, {**USER, "privileges": []}), (functions.VERIFY_STORE, VERIFY)],
    )
    def test_a_call_that_may_have_acted_is_never_retried(
        self, kind: type[errors.TransportError], function: object, values: dict[str, object]
    ) -> None:
        script = Script(kind("the line broke"))
        with pytest.raises(errors.OutcomeUnknownError, match="the line broke. The server may have processed the request"):
            script.run(PROTOCOL.start(function, values, BaseJob[object]))  # type: ignore[arg-type] # parametrized over result types
        assert len(script.sent) == 1

    def test_an_untrusted_certificate_is_not_retried(self) -> None:
        script = Script(errors.CertificateError("not trusted"))
        with pytest.raises(errors.CertificateError, match="GetUsers: not trusted"):
            script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))

    @pytest.mark.parametrize("kind", [*NOT_SENT, *MAYBE_SENT])
    def test_the_last_failure_is_raised(self, kind: type[errors.TransportError]) -> None:
        script = Script(*[kind("still")] * 3)
        with pytest.raises(kind, match="GetUsers: still"):
            script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))
        assert not script.outcomes

    def test_a_failed_poll_is_retried(self) -> None:
        script = Script(running(), errors.ReplyLostError("gone"), reply(result=[]))
        script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))
        assert script.paths[1:] == ["/api/get-status"] * 2

    def test_a_failed_poll_is_retried_until_the_wait_ends(self) -> None:
        script = Script(running(), *[errors.ServerUnreachableError("gone")] * 20, reply())
        work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
        script.finish(work, 1000)
        assert work._result() is None
        assert max(script.pauses) <= PROTOCOL.options.max_backoff
        assert script.pauses[0] < script.pauses[4] < script.pauses[9], "with growing pauses"

    def test_a_poll_that_fails_past_the_deadline_is_a_timeout(self) -> None:
        script = Script(running(), *[errors.ReplyTimeoutError("slow")] * 20)
        work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
        with pytest.raises(errors.JobTimeoutError, match="The last poll failed: get-status: slow") as caught:
            script.finish(work, 0.05)
        assert isinstance(caught.value.__cause__, errors.ReplyTimeoutError)


statuses = st.lists(
    st.fixed_dictionaries(
        {
            "statusVersion": st.none() | st.integers(min_value=0, max_value=2**40),
            "percentProgress": st.none() | st.integers(),
            "logOutput": st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=5).map("{}\r\n".format),
            "token": st.sampled_from([None, "sa1", "another"]),
        }
    ),
    max_size=8,
)


@given(changes=statuses, end=st.sampled_from(["succeeded", "failed", "cancelled", "strange", None]))
def test_polling_ends_and_loses_no_log_line_whatever_the_server_says(changes: list[dict[str, object]], end: str | None) -> None:
    script = Script(running(), *(reply(statusCode="running", **change) for change in changes), reply(statusCode=end, logOutput="end\r\n"))
    work = script.run(PROTOCOL.start(functions.VERIFY_STORE, VERIFY, BaseJob[object]))
    script.finish(work)
    lines = [str(change["logOutput"]).removesuffix("\r\n") for change in changes if change["logOutput"] is not None]
    assert work.done
    assert work.log == "".join(f"{line}\n" for line in [*lines, "end"])
    assert all(send.body.startswith(b"token=sa1&") for send in script.sent[1:])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8")),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["statusCode", "error", "result", "message", "userName"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_becomes_a_result_or_one_of_our_errors(value: object) -> None:
    script = Script(Reply(200, json.dumps(value).encode()), *[errors.ReplyLostError("end")] * 3)
    try:
        script.run(PROTOCOL.call(functions.GET_USERS, {"instanceID": "test01"}))
    except errors.MailStoreError:
        pass
    except errors.SchemaDriftWarning:  # an error in tests, a warning otherwise
        pass


def test_strict_raises_the_differences_with_the_result() -> None:
    strict = Operations(auth=BASIC, options=CallOptions(strict=True))
    with pytest.raises(errors.ResultSchemaError, match=r"GetUsers: the result does not fit its schema: \[\]\.userName") as caught:
        Script(reply(result=[{"userName": 5}])).run(strict.call(functions.GET_USERS, {"instanceID": "test01"}))
    assert caught.value.result == [{"userName": 5}]
    assert caught.value.arguments == {"instanceID": "test01"}


def test_a_retry_that_was_not_sent_does_not_hide_an_earlier_attempt_that_may_have_acted() -> None:
    lost, unreachable = errors.ReplyLostError("it broke"), errors.ServerUnreachableError("refused")
    protocol = Operations(auth=BASIC, options=CallOptions(retries=2, backoff=0))
    change = {**USER, "fullName": "Alice A."}
    for outcomes, error, says in (
        ([lost, unreachable, unreachable], errors.ReplyLostError, "maybe"),
        ([unreachable, lost, unreachable], errors.ReplyLostError, "maybe"),
        ([unreachable] * 3, errors.ServerUnreachableError, "no"),
    ):
        with pytest.raises(error) as caught:
            Script(*outcomes).run(protocol.call(functions.SET_USER_FULL_NAME, dict(change)))
        assert caught.value.server_acted == says
