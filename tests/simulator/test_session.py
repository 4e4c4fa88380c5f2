"""The login of SPE 8.5: a cookie and an anti-XSRF token that each envelope renews."""

from urllib.parse import urlencode

import pytest

from mailstore_sdk.simulator import Simulator
from tests.simulator.conftest import COOKIE, FORM, Session

OLD = pytest.mark.spe_simulator(spe_version="8.5", clock="polls:2")
NEW = pytest.mark.spe_simulator(protocol="session", clock="manual")
STORE = {"instanceID": "test01", "id": "1", "includeIndexes": "true"}


@pytest.fixture
def session(spe_simulator):
    session = Session(spe_simulator)
    yield session
    session.close()


@OLD
def test_the_version_decides(session):
    assert session.log_in().result("GetEnvironmentInfo")["version"] == ""
    assert session.result("GetUsers", instanceID="test01")[0] == {
        "userName": "$archiveadmin", "fullName": None, "distinguishedName": None,
    }  # fmt: skip
    assert session.request("/api/invoke/GetStores").status == 404


@OLD
def test_work_is_followed_with_tokens_renewed(session):
    statuses = session.log_in().follow(session.call("VerifyStore", instanceID="test01", id="1"))
    assert statuses[-1]["statusCode"] == "succeeded"
    token = session.call("VerifyStore", instanceID="test01", id="1")["token"]
    assert set(session.envelope("/api/cancel-async", token=token).values()) == {None}


@NEW
def test_failed_logins(session, spe_simulator):
    for form in ({"u": "admin", "p": "wrong"}, {"u": "zoe", "p": "admin"}, {"u": "admin"}, {}):
        reply = session.request("/login", urlencode(form))
        assert (reply.status, reply.body[:4], reply.headers["Set-Cookie"]) == (200, b"-ERR", None)
    assert session.request("/login", method="GET").status == 405
    assert session.request("/api/get-metadata").status == 401
    assert spe_simulator.calls[0].function == "login"
    assert spe_simulator.calls[0].arguments == {"u": "admin", "p": "***"}


@NEW
def test_a_token_is_good_for_one_request(session):
    first = dict(session.log_in().headers)
    assert session.result("Ping") is None
    second = dict(session.headers)
    assert first["Cookie"] != second["Cookie"]
    for wrong in (
        first,
        second | {"Cookie": first["Cookie"]},
        second | {"X-AntiXsrfToken": first["X-AntiXsrfToken"]},
        second | {"X-AntiXsrfToken": "ä".encode("latin-1").decode("latin-1")},
        second | {"Cookie": "a=1; ="},
        {"Cookie": second["Cookie"], "Content-Type": FORM},
    ):
        session.headers = wrong
        reply = session.request("/api/invoke/Ping")
        assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, None)
    session.headers = second
    assert session.result("Ping") is None


@NEW
def test_answers_without_an_envelope_renew_nothing(session):
    session.log_in()
    reply = session.request("/api/get-metadata")
    assert (reply.status, reply.headers["Set-Cookie"], type(reply.json)) == (200, None, list)
    assert session.request("/api/invoke/Nothing").status == 404
    assert session.request("/api/get-status", "token=x&lastKnownStatusVersion=0&millisecondsTimeout=0").status == 404
    assert session.result("Ping") is None


@NEW
def test_one_call_at_a_time(session, connect, spe_simulator):
    token = session.log_in().call("VerifyStore", **STORE)["token"]
    poll = urlencode({"token": token, "lastKnownStatusVersion": 0, "millisecondsTimeout": 5000})
    session._connection.request("POST", "/api/get-status", poll, session.headers)
    other = connect()
    other.headers = session.headers
    while len(spe_simulator.calls) < 3:
        pass
    assert other.request("/api/invoke/Ping").status == 401
    spe_simulator.advance()
    assert session._connection.getresponse().status == 200


@NEW
def test_two_sessions(session, spe_simulator):
    other = Session(spe_simulator).log_in()
    session.log_in()
    for each in (session, other, session, other):
        assert each.result("GetEnvironmentInfo")["userName"] == "admin"
    other.close()


@NEW
def test_logging_out(session):
    session.log_in()
    assert session.request("/logout").body == b"+OK"
    assert session.request("/api/invoke/Ping").status == 401
    assert session.request("/logout").status == 401
    assert session.log_in().result("Ping") is None


@NEW
def test_faults(session, spe_simulator):
    spe_simulator.faults.add("DeleteUser", "expire_session")
    session.log_in()
    bob = {"instanceID": "test01", "userName": "bob"}
    assert session.request("/api/invoke/DeleteUser", urlencode(bob)).status == 401
    assert session.request("/api/invoke/DeleteUser", urlencode(bob)).status == 401
    assert session.log_in().result("DeleteUser", **bob) is None
    spe_simulator.faults.add("login", "status", status=503)
    assert session.request("/login", "u=admin&p=admin").status == 503
    spe_simulator.faults.add("Ping", "not_json")
    assert COOKIE.fullmatch(session.request("/api/invoke/Ping").headers["Set-Cookie"])
    assert session.request("/api/invoke/Ping").status == 401


@NEW
def test_a_session_that_ends_during_a_call(session, spe_simulator):
    token = session.log_in().call("VerifyStore", **STORE)["token"]
    poll = urlencode({"token": token, "lastKnownStatusVersion": 0, "millisecondsTimeout": 5000})
    session._connection.request("POST", "/api/get-status", poll, session.headers)
    while spe_simulator.calls[-1].function != "get-status" or not spe_simulator.calls[-1].arguments:
        pass
    spe_simulator.reset()
    reply = session._connection.getresponse()
    assert (reply.status, reply.headers["Set-Cookie"]) == (200, None)
    assert b'"antiXsrfToken":""' in reply.read()


@NEW
def test_reset_forgets_sessions(session, spe_simulator):
    session.log_in()
    spe_simulator.reset()
    assert session.request("/api/invoke/Ping").status == 401


def test_an_expired_session_in_basic(api, spe_simulator):
    spe_simulator.faults.add("Ping", "expire_session")
    assert api.request("/api/invoke/Ping").status == 401
    assert api.result("Ping") is None
    assert api.request("/login", "u=admin&p=admin").status == 404


def test_an_invalid_protocol():
    with pytest.raises(ValueError, match="protocol cannot be 'digest': expected one of basic, session"):
        Simulator(protocol="digest")
