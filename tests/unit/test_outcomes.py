"""Every way in which a request or a poll can end, with what its error says. The tables are facts, not derived from the code.

A cell is the error's class, whether the server acted, the exit status of the command line, and whether the request is sent
again by itself. The columns are what a function does: it reads; it sets something, and doing so twice does no harm; it
changes or destroys something; it starts a job, whatever that does.
"""

from __future__ import annotations

import gc
import itertools
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType, SimpleNamespace
from typing import Any, NamedTuple

import pytest

from mailstore_sdk import errors
from mailstore_sdk.cli.exit_codes import status_of
from mailstore_sdk.runtime._options.options import CallOptions
from mailstore_sdk.runtime._protocol.actions import Reply
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._protocol.operations import Operations
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.requests import PollShare
from mailstore_sdk.runtime._protocol.session import BasicAuth, SessionAuth
from mailstore_sdk.runtime.function import Effect, Function
from tests.support.scripted_replies import Script, reply, running


def function_of(effect: Effect, *, long_running: bool = False, since: str | None = None) -> Function[object]:
    return Function("Tested", effect, lambda: int, long_running=long_running, since=since)


FUNCTIONS = {
    "read": [function_of(Effect.READ)],
    "idempotent": [function_of(Effect.IDEMPOTENT)],
    "change": [function_of(effect) for effect in (Effect.MUTATING, Effect.DESTRUCTIVE)],
    "start": [function_of(effect, long_running=True) for effect in Effect if effect is not Effect.READ],
}
TOKEN = str(JobToken("Tested", "sa1"))

ENDINGS: dict[str, Reply | BaseException] = {
    "unknown host": errors.HostNotFoundError("no address"),
    "refused": errors.ServerUnreachableError("refused"),
    "no connection free": errors.NotSentError("all in use"),
    "certificate": errors.CertificateError("not trusted"),
    "no reply in time": errors.ReplyTimeoutError("late"),
    "connection broke": errors.ReplyLostError("gone"),
    **{str(status): Reply(status, b"") for status in (201, 202, 204, 302, 401, 403, 404, 408, 409, 411, 429, 500, 502, 503, 504)},
    "HTML": Reply(200, b"<html>Welcome</html>"),
    "half JSON": Reply(200, b'{"statusCode": "succ'),
    "a list": Reply(200, b"[1]"),
    "nothing": Reply(200, b""),
    "running, no token": reply(statusCode="running"),
    "failed": reply(statusCode="failed", error={"message": "No."}),
    "cancelled": reply(statusCode="cancelled"),
    "another result": reply(result="text"),
    "client closed": errors.ConfigurationError("the client is closed"),
}

REQUESTS = """
ending             | read                           | idempotent                        | change                      | start
unknown host       | HostNotFoundError no 8 again   | HostNotFoundError no 8 again      | HostNotFoundError no 8 again | HostNotFoundError no 8 again
refused            | ServerUnreachableError no 8 again | ServerUnreachableError no 8 again | ServerUnreachableError no 8 again | ServerUnreachableError no 8 again
no connection free | NotSentError no 8 again        | NotSentError no 8 again           | NotSentError no 8 again     | NotSentError no 8 again
certificate        | CertificateError no 8 once     | CertificateError no 8 once        | CertificateError no 8 once  | CertificateError no 8 once
no reply in time   | ReplyTimeoutError no 6 again   | ReplyTimeoutError maybe 6 again   | OutcomeUnknownError maybe 7 once | OutcomeUnknownError maybe 7 once
connection broke   | ReplyLostError no 9 again      | ReplyLostError maybe 9 again      | OutcomeUnknownError maybe 7 once | OutcomeUnknownError maybe 7 once
201                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
202                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
204                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
302                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
401                | AuthenticationError no 3 once  | AuthenticationError no 3 once     | AuthenticationError no 3 once | AuthenticationError no 3 once
403                | AccessDeniedError no 3 once    | AccessDeniedError no 3 once       | AccessDeniedError no 3 once | AccessDeniedError no 3 once
404                | FunctionNotFoundError no 4 once | FunctionNotFoundError no 4 once  | FunctionNotFoundError no 4 once | FunctionNotFoundError no 4 once
408                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
409                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
411                | ServerError no 9 once          | ServerError no 9 once             | ServerError no 9 once       | ServerError no 9 once
429                | ServerError no 9 again         | ServerError maybe 7 again         | ServerError maybe 7 once    | ServerError maybe 7 once
500                | ServerError no 9 once          | ServerError maybe 7 once          | ServerError maybe 7 once    | ServerError maybe 7 once
502                | ServerError no 9 again         | ServerError maybe 7 again         | ServerError maybe 7 once    | ServerError maybe 7 once
503                | ServerError no 9 again         | ServerError maybe 7 again         | ServerError maybe 7 once    | ServerError maybe 7 once
504                | ServerError no 9 again         | ServerError maybe 7 again         | ServerError maybe 7 once    | ServerError maybe 7 once
HTML               | ReplyFormatError no 9 once     | ReplyFormatError maybe 7 once     | ReplyFormatError maybe 7 once | ReplyFormatError maybe 7 once
half JSON          | ReplyFormatError no 9 once     | ReplyFormatError maybe 7 once     | ReplyFormatError maybe 7 once | ReplyFormatError maybe 7 once
a list             | ReplyFormatError no 9 once     | ReplyFormatError maybe 7 once     | ReplyFormatError maybe 7 once | ReplyFormatError maybe 7 once
nothing            | ReplyFormatError no 9 once     | ReplyFormatError maybe 7 once     | ReplyFormatError maybe 7 once | ReplyFormatError maybe 7 once
running, no token  | ReplyFormatError no 9 once     | ReplyFormatError yes 7 once       | ReplyFormatError yes 7 once | ReplyFormatError yes 7 once
failed             | FunctionFailedError no 4 once  | FunctionFailedError maybe 4 once  | FunctionFailedError maybe 4 once | FunctionFailedError maybe 4 once
another result     | ResultSchemaError no 9 once    | ResultSchemaError yes 7 once      | ResultSchemaError yes 7 once | ResultSchemaError yes 7 once
client closed      | ConfigurationError no 2 once   | ConfigurationError no 2 once      | ConfigurationError no 2 once | ConfigurationError no 2 once
"""

POLLS = """
ending             | read                           | any other
unknown host       | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
refused            | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
no connection free | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
certificate        | JobRequestError no 9 once      | JobRequestError yes 7 once
no reply in time   | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
connection broke   | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
201                | JobRequestError no 9 once      | JobRequestError yes 7 once
202                | JobRequestError no 9 once      | JobRequestError yes 7 once
204                | JobRequestError no 9 once      | JobRequestError yes 7 once
302                | JobRequestError no 9 once      | JobRequestError yes 7 once
401                | JobRequestError no 9 once      | JobRequestError yes 7 once
403                | JobRequestError no 9 once      | JobRequestError yes 7 once
404                | JobLostError no 9 once         | JobLostError yes 7 once
408                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
409                | JobRequestError no 9 once      | JobRequestError yes 7 once
411                | JobRequestError no 9 once      | JobRequestError yes 7 once
429                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
500                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
502                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
503                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
504                | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
HTML               | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
half JSON          | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
a list             | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
nothing            | JobTimeoutError no 6 again     | JobTimeoutError yes 6 again
failed             | JobFailedError no 5 once       | JobFailedError yes 5 once
cancelled          | JobCancelledError no 5 once    | JobCancelledError yes 5 once
another result     | ResultSchemaError no 9 once    | ResultSchemaError yes 7 once
client closed      | JobRequestError no 9 once      | JobRequestError yes 7 once
"""

CANCELS = """
ending             | any
unknown host       | JobRequestError yes 7 again
refused            | JobRequestError yes 7 again
no connection free | JobRequestError yes 7 again
certificate        | JobRequestError yes 7 once
no reply in time   | JobRequestError yes 7 again
connection broke   | JobRequestError yes 7 again
302                | JobRequestError yes 7 once
401                | JobRequestError yes 7 once
404                | JobLostError yes 7 once
500                | JobRequestError yes 7 once
503                | JobRequestError yes 7 again
client closed      | JobRequestError yes 7 once
"""

LOGINS = """
ending             | any
unknown host       | HostNotFoundError no 8 again
refused            | ServerUnreachableError no 8 again
certificate        | CertificateError no 8 once
no reply in time   | ServerUnreachableError no 8 again
connection broke   | ServerUnreachableError no 8 again
302                | NotSentError no 8 again
401                | AuthenticationError no 3 once
403                | AccessDeniedError no 3 once
404                | NotSentError no 8 again
500                | NotSentError no 8 again
503                | NotSentError no 8 again
HTML               | AuthenticationError no 3 once
"""


class Case(NamedTuple):
    """One cell."""

    ending: str
    column: str
    expected: str


def cells(table: str) -> list[Case]:
    heads, *rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return [Case(row[0], column, cell) for row in rows for column, cell in zip(heads[1:], row[1:], strict=True)]


def named(case: Case) -> str:
    return f"{case.column}-{case.ending}"


def operations(auth: BasicAuth | SessionAuth) -> Operations:
    options = CallOptions(retries=1, backoff=0.001, max_backoff=0.001, strict=True)
    return Operations(auth=auth, options=options)


BASIC = BasicAuth("admin", "S3cret!")


def described(error: errors.MailStoreError, requests: int) -> str:
    return f"{type(error).__name__} {error.server_acted} {int(status_of(error))} {'again' if requests > 1 else 'once'}"


@pytest.mark.parametrize("case", cells(REQUESTS), ids=named)
def test_a_request(case: Case) -> None:
    for function in FUNCTIONS[case.column]:
        script = Script(*[ENDINGS[case.ending]] * 2)
        with pytest.raises(errors.MailStoreError) as caught:
            script.run(operations(BASIC).call(function, {}))
        assert described(caught.value, len(script.sent)) == case.expected
        assert caught.value.token is None
        assert caught.value.function == (None if case.ending == "client closed" else "Tested")
        warned = "check its state before you call again" in str(caught.value)
        assert warned == ("maybe 7" in case.expected and case.column != "idempotent")


def followed(script: Script, job: BaseJob[object], deadline: float) -> object:
    script.run(job._finish(deadline))
    return job._result()


@pytest.mark.parametrize("case", cells(POLLS), ids=named)
def test_a_poll(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count()  # each reading is a second later, so a slow machine makes no difference
    monkeypatch.setattr("mailstore_sdk.runtime._protocol.polling.time", SimpleNamespace(monotonic=lambda: next(clock)))
    functions = FUNCTIONS["read"] if case.column == "read" else [f for name, some in FUNCTIONS.items() if name != "read" for f in some]
    for function in functions:
        protocol = operations(BASIC)
        script = Script(running(), *[ENDINGS[case.ending]] * 500)
        job = script.run(protocol.start(function, {}, BaseJob[object]))
        with pytest.raises(errors.MailStoreError) as caught:
            followed(script, job, deadline=next(clock) + 20)
        assert described(caught.value, len(script.sent) - 1) == case.expected
        assert (caught.value.function, caught.value.token) == ("Tested", TOKEN)


@pytest.mark.parametrize("case", [case for case in cells(POLLS) if case.expected.endswith("again")], ids=named)
def test_a_poll_that_fails_once_is_forgotten(case: Case) -> None:
    script = Script(running(), ENDINGS[case.ending], reply(result=7))
    assert script.run(operations(BASIC).call(FUNCTIONS["read" if case.column == "read" else "change"][0], {})) == 7


@pytest.mark.parametrize("case", cells(CANCELS), ids=named)
def test_a_cancel(case: Case) -> None:
    protocol = operations(BASIC)
    script = Script(running(), *[ENDINGS[case.ending]] * 2)
    job = script.run(protocol.start(FUNCTIONS["change"][0], {}, BaseJob[object]))
    with pytest.raises(errors.JobError) as caught:
        script.run(job._cancel())
    assert described(caught.value, len(script.sent) - 1) == case.expected
    assert (caught.value.function, caught.value.token) == ("Tested", TOKEN)


@pytest.mark.parametrize("case", cells(LOGINS), ids=named)
def test_a_login_before_a_change(case: Case) -> None:
    script = Script(*[ENDINGS[case.ending]] * 2)
    with pytest.raises(errors.MailStoreError) as caught:
        script.run(operations(SessionAuth("admin", "S3cret!")).call(FUNCTIONS["change"][0], {}))
    assert described(caught.value, len(script.sent)) == case.expected
    assert {send.path for send in script.sent} == {"/login"}
    assert caught.value.function == "Tested"


def test_a_logout_raises_nothing() -> None:
    auth = SessionAuth("admin", "S3cret!")
    protocol = operations(auth)
    for ending, outcome in ENDINGS.items():
        if ending != "client closed":
            script = Script(Reply(200, b"+OKtoken"), reply(result=1, antiXsrfToken="next"), outcome)
            script.run(protocol.call(FUNCTIONS["read"][0], {}))
            script.run(protocol.log_out())
            assert [send.path for send in script.sent] == ["/login", "/api/invoke/Tested", "/logout"]


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt(), SystemExit(1), MemoryError()])
def test_an_interrupted_wait_raises_with_the_token(interrupt: BaseException) -> None:
    script = Script(running(), running(1), interrupt)
    with pytest.raises(type(interrupt)) as caught:
        script.run(operations(BASIC).call(FUNCTIONS["start"][0], {}))
    assert f"resume({TOKEN!r})" in "".join(caught.value.__notes__)


COUNTING = ("_poll_in_turn", "share", "add", "discard")
"""The functions that count polls: two of them are those of a weak set. What it does for a dead item is not interrupted."""


def interrupted_at(instruction: int, work: Callable[[], object]) -> bool:
    """Do work that is interrupted at a line or an instruction of the code that counts polls; return whether there are that many."""
    left = itertools.count(instruction, -1)

    def trace(frame: FrameType, event: str, _: object) -> Any:
        frame.f_trace_opcodes = True
        if frame.f_code.co_name in COUNTING and next(left) == 0:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_polls_that_were_interrupted_anywhere_are_not_counted() -> None:
    protocol = operations(BASIC)
    protocol = replace(protocol, polls=PollShare(1))

    def poll() -> None:
        script = Script(running(), running(1))
        script.run(script.run(protocol.start(FUNCTIONS["start"][0], {}, BaseJob[object]))._poll())

    reached = sum(itertools.takewhile(bool, (interrupted_at(instruction, poll) for instruction in itertools.count())))
    gc.collect()
    assert reached > 20
    assert protocol.polls.share == 1, "two polls that are counted for ever would halve it"


@pytest.mark.parametrize("ending", ["no reply in time", "refused", "401"])
def test_the_call_is_not_sent_if_the_list_of_functions_cannot_be_read(ending: str) -> None:
    protocol = operations(BASIC)
    protocol.server.version = "9.0"
    new = function_of(Effect.MUTATING, since="25.3")
    script = Script(*[ENDINGS[ending]] * 2)
    with pytest.raises(errors.MailStoreError) as caught:
        script.run(protocol.call(new, {}))
    assert (caught.value.function, caught.value.server_acted) == ("Tested", "no")
    assert {send.path for send in script.sent} == {"/api/get-metadata"}
