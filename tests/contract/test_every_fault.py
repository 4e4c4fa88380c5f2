"""Faults on the network: what the caller gets, and how often the server acted."""

import warnings
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

import pytest

from mailstore_sdk import errors
from mailstore_sdk.simulator import Simulator
from tests.support.both_clients import Connect
from tests.support.processes import wait_until
from tests.support.raw_server import RawServer
from tests.support.sockets import free_port


class Case(NamedTuple):
    """One fault in one call: the error (None if the call recovers), requests at the server, how often it acted, and what the error says."""

    fault: dict[str, Any]
    act: str
    error: type[errors.MailStoreError] | None
    requests: int
    acted: int
    says: errors.ServerActed = "maybe"


DROP_BEFORE, DROP_AFTER, CUT = {"kind": "drop_before"}, {"kind": "drop_after"}, {"kind": "cut_body"}
PAGE, SLOW, BROKEN = {"kind": "not_json"}, {"kind": "delay", "seconds": 2}, {"kind": "status", "status": 500}
HASTY: dict[str, Any] = {"timeout": 1, "retries": 9}
"""Options with which a slow reply is too late. A busy machine may be late again, so there are more retries."""
BUSY, MOVED, FORBIDDEN = {"kind": "status", "status": 503}, {"kind": "status", "status": 302}, {"kind": "status", "status": 403}
UNKNOWN = errors.OutcomeUnknownError

# A creation may have acted, so it is sent only once; so is a start. A call that sets a value may be retried.
CASES = [
    Case(DROP_BEFORE, "create", UNKNOWN, 1, 0),
    Case(DROP_AFTER, "create", UNKNOWN, 1, 1),
    Case(CUT, "create", UNKNOWN, 1, 1),
    Case(SLOW, "create", UNKNOWN, 1, 1),
    Case(PAGE, "create", errors.ReplyFormatError, 1, 1),
    Case(BROKEN, "create", errors.ServerError, 1, 0),
    Case(BUSY, "create", errors.ServerError, 1, 0),
    Case(MOVED, "create", errors.ServerError, 1, 0),
    Case(FORBIDDEN, "create", errors.AccessDeniedError, 1, 0, "no"),
    Case(DROP_BEFORE, "start", UNKNOWN, 1, 0),
    Case(DROP_AFTER, "start", UNKNOWN, 1, 1),
    Case(CUT, "start", UNKNOWN, 1, 1),
    Case(DROP_BEFORE, "set", None, 2, 1),
    Case(DROP_AFTER, "set", None, 2, 1),
    Case(CUT, "set", None, 2, 1),
    Case(SLOW, "set", None, 2, 1),
    Case(BUSY, "set", None, 2, 1),
    Case(BROKEN, "set", errors.ServerError, 1, 0),
    Case(PAGE, "set", errors.ReplyFormatError, 1, 1),
    Case(DROP_BEFORE, "read", None, 2, 0),
    Case(DROP_AFTER, "read", None, 2, 0),
    Case(CUT, "read", None, 2, 0),
    Case(SLOW, "read", None, 2, 0),
    Case(BUSY, "read", None, 2, 0),
    Case(MOVED, "read", errors.ServerError, 1, 0, "no"),
]
ACTS = {
    "create": ("CreateUser", lambda archive: archive.create_user("dora", ["login"])),
    "start": ("VerifyStore", lambda archive: archive.verify_store(1)),
    "set": ("SetUserFullName", lambda archive: archive.set_user_full_name("alice", full_name="Alice A.")),
    "read": ("GetUsers", lambda archive: archive.get_users()),
}


def to(simulator: Simulator, **more: Any) -> dict[str, Any]:
    common = {"username": "admin", "password": "admin", "ca_file": simulator.ca_file, "backoff": 0.01}
    return {"host": simulator.url, **common, **more}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(clock="manual") as simulator:
        yield simulator


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.act}-{case.fault['kind']}-{case.fault.get('status', '')}")
def test_the_caller_gets_all_that_is_known(connect: Connect, simulator: Simulator, case: Case) -> None:
    function, act = ACTS[case.act]
    with connect(**to(simulator)) as spe:
        spe.get_instances("*")  # opens the connection, which may take longer than a hasty call waits
        simulator.faults.add(function, **case.fault)
        archive = (spe.with_options(**HASTY) if case.fault is SLOW else spe).instance("test01")
        if case.error is None:
            act(archive)
        else:
            with pytest.raises(case.error) as caught:
                act(archive)
            assert type(caught.value) is case.error
            assert caught.value.function == function
            assert caught.value.server_acted == case.says
            warned = "check its state before you call again" in str(caught.value)
            assert warned == (case.says == "maybe" and case.act in ("create", "start"))
        calls = [call for call in simulator.calls if call.function == function]
        assert len(calls) == case.requests or (case.fault is SLOW and len(calls) > case.requests > 1)
        archive = spe.instance("test01")
        if case.fault is SLOW and case.acted:
            wait_until(lambda: all(call.status for call in calls))
        users = {user.user_name: user for user in archive.get_users()}
        if case.act == "create":
            assert ("dora" in users) == bool(case.acted)
        if case.act == "start":
            assert simulator.advance(0) == case.acted
        if case.act == "set":
            assert (archive.get_user_info("alice").full_name == "Alice A.") == bool(case.acted)


class TestInTheMiddleOfAJob:
    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (DROP_BEFORE, None),
            (DROP_AFTER, None),
            (CUT, None),
            (SLOW, None),
            (BUSY, None),
            (PAGE, None),
            (BROKEN, None),
            (MOVED, errors.JobRequestError),
            ({"kind": "status", "status": 404}, errors.JobLostError),
            ({"kind": "lose_token"}, errors.JobLostError),
        ],
        ids=lambda value: f"{value['kind']}-{value.get('status', '')}" if isinstance(value, dict) else "",
    )
    def test_the_job_continues(self, connect: Connect, fault: dict[str, Any], error: type[Exception] | None) -> None:
        with Simulator(clock="seconds:0.3") as simulator, connect(**to(simulator, poll_wait=0.5)) as spe:
            job = spe.instance("test01").verify_store(1)
            if fault is SLOW:
                job = spe.with_options(**HASTY).resume(job.token)
            simulator.faults.add("get-status", **fault)
            if error:
                with pytest.raises(error):
                    job.result(timeout=60)
            lost = fault["kind"] == "lose_token"
            if not lost:
                assert job.result(timeout=60) is None
                assert job.log.count("Checking store 1...") == 1
            assert [call.function for call in simulator.calls].count("VerifyStore") == 1

    def test_an_expired_session_logs_in_again(self, connect: Connect) -> None:
        with Simulator(clock="seconds:0.3", protocol="session") as simulator:
            with connect(**to(simulator, protocol="session", poll_wait=0.5)) as spe:
                job = spe.instance("test01").verify_store(1)
                simulator.faults.add("get-status", "expire_session")
                assert job.result(timeout=60) is None
            assert [call.function for call in simulator.calls].count("VerifyStore") == 1


class TestEveryRequestOfAJob:
    """Each fault at each request of a session with a job: login, start, first, middle and last poll, cancel, logout."""

    STAGES: ClassVar = ("login", "VerifyStore", "first poll", "middle poll", "last poll", "cancel-async", "logout")
    FAULTS: ClassVar = {
        "drop_before": DROP_BEFORE,
        "drop_after": DROP_AFTER,
        "cut_body": CUT,
        "not_json": PAGE,
        "half": {"kind": "bad_json"},
        "500": BROKEN,
        "503": BUSY,
        "302": MOVED,
        "409": {"kind": "status", "status": 409},
    }
    LOGIN: ClassVar = {
        **dict.fromkeys(("drop_before", "drop_after", "cut_body"), "ServerUnreachableError no"),
        **dict.fromkeys(("500", "503", "302", "409"), "NotSentError no"),
        **dict.fromkeys(("not_json", "half"), "AuthenticationError no"),
    }
    START: ClassVar = {
        **dict.fromkeys(("drop_before", "drop_after", "cut_body"), "OutcomeUnknownError maybe"),
        **dict.fromkeys(("not_json", "half"), "ReplyFormatError maybe"),
        **dict.fromkeys(("500", "503", "302", "409"), "ServerError maybe"),
    }
    POLL: ClassVar = dict.fromkeys(("302", "409"), "JobRequestError yes")
    CANCEL: ClassVar = dict.fromkeys(("500", "302", "409"), "JobRequestError yes")

    @pytest.mark.parametrize("stage", STAGES)
    @pytest.mark.parametrize("fault", FAULTS)
    def test_the_reported_outcome_is_correct(self, connect: Connect, stage: str, fault: str) -> None:
        with Simulator(clock="polls:4", protocol="session") as simulator:
            outcome = self.outcome(connect, simulator, stage, fault)
            expected = {"login": self.LOGIN, "VerifyStore": self.START, "cancel-async": self.CANCEL, "logout": {}}.get(stage, self.POLL)
            cancelled = "JobCancelledError yes" if stage == "cancel-async" else "succeeded"
            assert outcome == expected.get(fault, cancelled)
            starts = [call.function for call in simulator.calls].count("VerifyStore")
            assert starts == (0 if outcome.endswith(" no") else 1), "never twice, whatever happens"

    def outcome(self, connect: Connect, simulator: Simulator, stage: str, fault: str) -> str:
        """What becomes of a job, and what its error says."""
        polls = {"first poll": 0, "middle poll": 1, "last poll": 3}
        function = "get-status" if stage in polls else stage
        simulator.faults.add(function, **self.FAULTS[fault], skip=polls.get(stage, 0))
        job = None
        with connect(**to(simulator, protocol="session", retries=1 if stage == "cancel-async" else 0)) as spe:
            try:
                job = spe.instance("test01").verify_store(1)
                if stage == "cancel-async":
                    job.cancel()
                job.result(timeout=60)
            except errors.MailStoreError as error:
                outcome = f"{type(error).__name__} {error.server_acted}"
                named, token = error.function, error.token
            else:
                outcome, named, token = "succeeded", "VerifyStore", job.token
        wait_until(lambda: not simulator.faults.all())  # the simulator removes it after its reply
        assert (named, token) == ("VerifyStore", job and job.token)
        return outcome


def test_a_restarted_server_has_forgotten_its_jobs(connect: Connect) -> None:
    port = free_port()
    with Simulator(clock="manual", port=port) as simulator, warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.UnverifiedServerWarning)
        spe = connect(**to(simulator, verify=False, ca_file=None))
        job = spe.instance("test01").verify_store(1)
    with spe:
        with pytest.raises(errors.JobRequestError) as unreachable:
            job.refresh()
        assert isinstance(unreachable.value.__cause__, errors.ServerUnreachableError)
        with Simulator(clock="manual", port=port) as restarted:
            with pytest.raises(errors.JobLostError) as caught:
                job.result(timeout=60)
            assert caught.value.token == job.token
            assert spe.instance("test01").get_users(), "the client itself continues"
            assert [call.function for call in restarted.calls] == ["get-status", "GetUsers"]


def test_a_server_with_another_certificate_gets_nothing(connect: Connect) -> None:
    port = free_port()
    with Simulator(clock="manual", port=port) as simulator:
        pinned = connect(**to(simulator, ca_file=None, thumbprint=simulator.thumbprint))
        job = pinned.instance("test01").verify_store(1)
    with pinned, RawServer(port=port) as another:
        with pytest.raises(errors.JobRequestError, match="it is not the one pinned") as followed:
            job.result(timeout=60)
        assert (followed.value.function, followed.value.token) == ("VerifyStore", job.token)
        with pytest.raises(errors.CertificateError, match="it is not the one pinned"):
            pinned.instance("test01").delete_user("alice")
        assert another.requests == []
        assert another.connections >= 2
