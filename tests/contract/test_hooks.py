"""What a program can observe of its calls: whole replies, hooks, retries and their delays."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from mailstore_sdk import FailureEvent, Hooks, JobState, JobToken, RetryEvent, errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.raw_server import RawServer, answer, hang_up

BUSY = answer(b"busy", "503 Service Unavailable")


class Seen:
    """Keeps every event, in order."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.hooks = Hooks(self.events.append, self.events.append, self.events.append, self.events.append)

    @property
    def names(self) -> list[str]:
        return [type(event).__name__.removesuffix("Event") for event in self.events]


def client(connect: Connect, server: RawServer, **more: Any) -> Any:
    return connect("localhost", port=server.port, ca_file=server.ca_file, username="a", password="b", backoff=0.01, **more)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(clock="polls:2") as simulator:
        yield simulator


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    return {"host": simulator.url, "username": "admin", "password": "admin", "ca_file": simulator.ca_file, **more}


class TestRaw:
    def test_the_whole_reply_is_next_to_the_typed_result(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator)) as spe:
            whole = spe.raw.get_instances("*")
            assert [info.instance_id for info in whole.result] == [info.instance_id for info in spe.get_instances("*")]
        assert whole.http_status == 200
        assert whole.headers["content-type"].startswith("application/json")
        assert (whole.envelope["statusCode"], whole.envelope["error"], whole.envelope["token"]) == ("succeeded", None, None)
        assert "result" not in whole.envelope
        assert len(whole.timings) == 1
        assert 0 < whole.timings[0] <= whole.seconds

    def test_a_job_has_the_reply_that_started_it(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator)) as spe:
            whole = spe.instance("test01").raw.verify_store(1, include_indexes=True)
            assert whole.envelope["statusCode"] == "running"
            assert JobToken.parse(whole.result.token).token == whole.envelope["token"]

    def test_every_answered_attempt_has_its_time(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [BUSY, hang_up, answer()]
        with client(connect, raw_server) as spe:
            whole = spe.instance("test01").raw.get_users()
        assert len(whole.timings) == 2
        assert whole.result == []

    def test_a_failed_call_raises_as_usual(self, connect: Connect, simulator: Simulator) -> None:
        with connect(**to(simulator)) as spe, pytest.raises(errors.FunctionFailedError, match="zoe"):
            spe.instance("test01").raw.get_user_info("zoe")

    def test_the_sessions_secrets_are_left_out(self, connect: Connect) -> None:
        with Simulator(protocol="session") as simulator, connect(**to(simulator, protocol="session")) as spe:
            whole = spe.raw.get_instances("*")
        assert "antiXsrfToken" not in whole.envelope
        assert "set-cookie" not in whole.headers

    def test_the_methods_documentation_is_there(self) -> None:
        from mailstore_sdk._generated import aio, sync

        for package in (sync, aio):
            raw = __import__(f"{package.__name__}.raw", fromlist=["raw"])
            assert raw.RawInstance.__dict__["get_users"].__doc__ == package.InstanceFunctions.get_users.__doc__


class TestHooks:
    def test_each_attempt_and_each_change_is_reported_in_order(self, connect: Connect, simulator: Simulator) -> None:
        seen = Seen()
        with connect(**to(simulator, hooks=seen.hooks)) as spe:
            job = spe.instance("test01").verify_store(1)
            job.result(timeout=60)
        assert seen.names[:3] == ["Request", "Response", "Status"]
        started, response, status = seen.events[:3]
        assert (started.function, started.attempt, started.timeout) == ("VerifyStore", 1, 60)
        assert started.arguments == {"instanceID": "test01", "id": 1, "includeIndexes": True}
        assert (response.request, response.http_status) == (started, 200)
        assert response.size > 100
        assert 0 < response.seconds < 60
        assert (status.function, status.token, status.status.state) == ("VerifyStore", job.token, JobState.RUNNING)
        assert seen.events[-1].status == job.status
        polls = [event for event in seen.events if type(event).__name__ == "RequestEvent"][1:]
        assert {poll.function for poll in polls} == {"get-status"}
        assert len(polls) == len([call for call in simulator.calls if call.function == "get-status"])

    def test_a_retry_shows_why(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [hang_up, BUSY, answer()]
        seen = Seen()
        with client(connect, raw_server, hooks=seen.hooks) as spe:
            spe.instance("test01").get_users()
        assert seen.names == ["Request", "Retry", "Request", "Response", "Retry", "Request", "Response"]
        lost, busy = (event for event in seen.events if isinstance(event, RetryEvent))
        assert "broke" in lost.reason
        assert "HTTP status 503" in busy.reason
        assert [lost.request.attempt, busy.request.attempt] == [1, 2]
        assert 0 < lost.pause <= 0.01

    def test_each_request_has_exactly_one_end(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [hang_up, BUSY, hang_up]
        seen = Seen()
        hooks = seen.hooks._replace(on_failure=seen.events.append, on_retry=None)
        with client(connect, raw_server, hooks=hooks) as spe, pytest.raises(errors.ReplyLostError):
            spe.instance("test01").get_users()
        assert seen.names == ["Request", "Failure", "Request", "Response", "Request", "Failure"]
        assert [event.request.attempt for event in seen.events if isinstance(event, FailureEvent)] == [1, 3]

    def test_on_request_can_refuse_a_request(self, connect: Connect, simulator: Simulator) -> None:
        def no_deletions(event: Any) -> None:
            if event.function.startswith("Delete"):
                raise PermissionError(event.function)

        with connect(**to(simulator, hooks=Hooks(on_request=no_deletions))) as spe:
            assert spe.get_instances("*")
            with pytest.raises(PermissionError, match="DeleteInstances"):
                spe.delete_instances("*")
            assert spe.get_instances("*")
        assert "DeleteInstances" not in [call.function for call in simulator.calls]

    def test_errors_of_other_hooks_do_not_affect_the_call(
        self, connect: Connect, simulator: Simulator, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(_: object) -> None:
            raise RuntimeError("oh")

        with caplog.at_level(logging.ERROR), connect(**to(simulator, hooks=Hooks(on_response=broken, on_status=broken))) as spe:
            spe.instance("test01").verify_store(1).result(timeout=60)
        assert "the hook" in caplog.text

    def test_secrets_are_masked(self, connect: Connect, simulator: Simulator) -> None:
        seen = Seen()
        with connect(**to(simulator)) as spe:
            spe.with_options(hooks=seen.hooks).instance("test01").set_user_password("admin", "S3cret!")
        assert "S3cret!" not in repr(seen.events)
        assert seen.events[0].arguments["password"] == "***"


class TestBusyServers:
    @pytest.mark.parametrize("status", ["429 Too Many Requests", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"])
    def test_a_read_is_retried(self, connect: Connect, raw_server: RawServer, status: str) -> None:
        raw_server.answers = [answer(b"", status), answer()]
        with client(connect, raw_server) as spe:
            assert spe.instance("test01").get_users() == []
        assert len(raw_server.requests) == 2

    def test_a_change_is_not_retried(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [BUSY]
        with client(connect, raw_server) as spe, pytest.raises(errors.ServerError, match="503.*The server may have processed the request"):
            spe.instance("test01").delete_user("alice")
        assert len(raw_server.requests) == 1

    def test_an_internal_server_error_is_not_retried(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(b"oh no", "500 Internal Server Error")]
        with client(connect, raw_server) as spe, pytest.raises(errors.ServerError, match="500.*oh no") as caught:
            spe.instance("test01").get_users()
        assert (caught.value.status, caught.value.body, caught.value.retry_after) == (500, "oh no", None)
        assert len(raw_server.requests) == 1

    def test_a_retry_waits_for_retry_after(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(b"", "503 Busy", b"Retry-After: 1\r\n"), answer()]
        began = time.monotonic()
        with client(connect, raw_server) as spe:
            spe.instance("test01").get_users()
        assert time.monotonic() - began >= 1

    def test_retry_after_can_be_a_date(self, connect: Connect, raw_server: RawServer) -> None:
        then = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True).encode()
        raw_server.answers = [answer(b"", "503 Busy", b"Retry-After: %s\r\n" % then)]
        with client(connect, raw_server) as spe, pytest.raises(errors.ServerError) as caught:
            spe.instance("test01").get_users()
        assert 80_000 < caught.value.retry_after <= 86_400

    @pytest.mark.parametrize("text", [b"soon", b"-5", b"Fri, 99 Nov 2026 00:00:00 GMT", "٣".encode()])
    def test_an_invalid_retry_after_is_ignored(self, connect: Connect, raw_server: RawServer, text: bytes) -> None:
        raw_server.answers = [answer(b"", "503 Busy", b"Retry-After: %s\r\n" % text), answer()]
        with client(connect, raw_server) as spe:
            assert spe.instance("test01").get_users() == []

    def test_a_long_retry_after_is_reported_to_the_caller(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [answer(b"", "503 Busy", b"Retry-After: 3600\r\n")]
        with client(connect, raw_server, max_backoff=1) as spe, pytest.raises(errors.ServerError) as caught:
            spe.instance("test01").get_users()
        assert caught.value.retry_after == 3600
        assert len(raw_server.requests) == 1

    def test_a_long_retry_after_does_not_delay_a_single_poll(self, connect: Connect, raw_server: RawServer) -> None:
        running = b'{"statusCode": "running", "token": "t1", "statusVersion": 1}'
        raw_server.answers = [answer(running), answer(b"", "503 Busy", b"Retry-After: 3600\r\n")]
        with client(connect, raw_server, max_backoff=1) as spe:
            job = spe.instance("test01").verify_store(1)
            with pytest.raises(errors.JobRequestError, match="503") as caught:
                job.refresh()
        assert caught.value.__cause__.retry_after == 3600
        assert len(raw_server.requests) == 2

    def test_pauses_grow_up_to_a_maximum(self, connect: Connect, raw_server: RawServer) -> None:
        raw_server.answers = [BUSY] * 5
        seen = Seen()
        with client(connect, raw_server, retries=4, max_backoff=0.03, hooks=seen.hooks) as spe, pytest.raises(errors.ServerError):
            spe.instance("test01").get_users()
        pauses = [event.pause for event in seen.events if isinstance(event, RetryEvent)]
        assert 0.005 <= pauses[0] <= 0.01 <= pauses[1] <= 0.02 <= pauses[2] <= 0.03
        assert pauses[2] <= pauses[3] * 2
        assert pauses[3] == 0.03
