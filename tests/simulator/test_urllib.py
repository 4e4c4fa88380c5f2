"""A client of the standard library alone, written from what is known of the protocol, in both logins.

It opens a new connection for each call, as the vendor's own wrappers do.
"""

import http.cookiejar
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.support.processes import PATIENCE

STORE = {"instanceID": "test01", "id": 1, "includeIndexes": "true"}


class Client:
    """HTTP Basic as urllib does it: the first reply to a call is a 401, the second is the result."""

    def __init__(self, simulator):
        self.url = simulator.url
        self.headers = {}
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, self.url, "admin", "admin")
        secure = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=simulator.ca_file))
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            secure, urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def post(self, path, **form):
        request = urllib.request.Request(self.url + path, urllib.parse.urlencode(form).encode(), self.headers)
        with self.opener.open(request, timeout=PATIENCE) as reply:
            return reply.read().decode("utf-8-sig")

    def ask(self, path, **form):
        return json.loads(self.post(path, **form))

    def poll(self, token, known):
        # The wrapper of 2014 uses the path with two slashes.
        return self.ask("/api//get-status", token=token, lastKnownStatusVersion=known, millisecondsTimeout=1000)


class SessionClient(Client):
    """The login of SPE 8.5: the cookie jar keeps the cookie, and a header has the token."""

    def log_in(self):
        text = self.post("/login", u="admin", p="admin")
        assert text.startswith("+OK")
        self.headers = {"X-AntiXsrfToken": text[3:]}

    def ask(self, path, **form):
        envelope = super().ask(path, **form)
        if isinstance(envelope, dict):
            self.headers = {"X-AntiXsrfToken": envelope["antiXsrfToken"]}
        return envelope


@pytest.fixture(params=["basic", "session"])
def client(request):
    request.node.add_marker(pytest.mark.spe_simulator(protocol=request.param, clock="manual"))
    simulator = request.getfixturevalue("spe_simulator")
    if request.param == "basic":
        return Client(simulator)
    client = SessionClient(simulator)
    client.log_in()
    return client


def test_calls(client):
    assert {"name": "Ping", "args": []} in client.ask("/api/get-metadata")
    reply = client.ask("/api/invoke/CreateUser", instanceID="test01", userName="zoë", privileges="login")
    assert (reply["statusCode"], reply["statusVersion"], reply["result"], reply["token"]) == ("succeeded", 2, None, None)
    users = client.ask("/api/invoke/GetUsers", instanceID="test01")["result"]
    assert "zoë" in [user["userName"] for user in users]
    reply = client.ask("/api/invoke/GetUserInfo", instanceID="test01")
    assert (reply["statusCode"], reply["error"]["message"]) == ("failed", "Missing API argument userName.")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        client.ask("/api/invoke/NoSuchFunction")


def test_a_long_poll_to_the_end(client, spe_simulator):
    envelope = client.ask("/api/invoke/VerifyStore", **STORE)
    token, log = envelope["token"], ""
    assert client.poll(token, envelope["statusVersion"])["statusVersion"] == envelope["statusVersion"]  # the poll waited for its full time
    while envelope["statusCode"] == "running":
        spe_simulator.advance()
        envelope = client.poll(token, envelope["statusVersion"])
        log += envelope["logOutput"] or ""
    assert (envelope["statusCode"], envelope["percentProgress"], envelope["error"]) == ("succeeded", 100, None)
    assert log.splitlines()[0] == "Checking store 1..."
    assert log.splitlines()[-1] == "Done. No errors."


def test_cancelling(client):
    envelope = client.ask("/api/invoke/VerifyStore", **STORE)
    assert client.ask("/api/cancel-async", token=envelope["token"])["statusCode"] is None
    final = client.poll(envelope["token"], envelope["statusVersion"])
    assert final["statusCode"] == "cancelled"
    assert client.ask("/api/invoke/Ping")["statusCode"] == "succeeded"


def test_an_unknown_token(client, spe_simulator):
    envelope = client.ask("/api/invoke/VerifyStore", **STORE)
    spe_simulator.faults.add("get-status", "lose_token")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        client.poll(envelope["token"], 0)


def test_a_wrong_password(spe_simulator):
    client = Client(spe_simulator)
    spe_simulator.estate.administrators["admin"].password = "another"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        client.ask("/api/get-metadata")
