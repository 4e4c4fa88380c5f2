"""A client for the simulator, written from the protocol, that shares no code with the SDK."""

import base64
import http.client
import json
import re
import ssl
from urllib.parse import urlencode

import pytest

from tests.support.processes import PATIENCE

COOKIE = re.compile("(MSWEB_MGM_AUTH=[0-9a-f]{32}); path=/; secure; HttpOnly")
FORM = "application/x-www-form-urlencoded"
KEYS = ["error", "token", "statusVersion", "statusCode", "percentProgress", "statusText", "result", "logOutput"]


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        assert self.body.startswith(b"\xef\xbb\xbf")
        return json.loads(self.body.decode("utf-8-sig"))


class Api:
    """One connection to a simulator."""

    def __init__(self, simulator):
        context = ssl.create_default_context(cafile=simulator.ca_file)
        self._connection = http.client.HTTPSConnection(simulator.host, simulator.port, context=context, timeout=PATIENCE)
        login = base64.b64encode(f"{simulator.username}:{simulator.password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {login}", "Content-Type": FORM}

    def request(self, path, body=b"", method="POST", **headers):
        self._connection.request(method, path, body, self.headers | headers)
        return Reply(self._connection.getresponse())

    def raw(self, *lines, body=b""):
        """Send a request exactly as given, with the login, and return the reply."""
        self._connection.connect()
        head = [*lines, "Host: localhost", f"Authorization: {self.headers['Authorization']}", "", ""]
        self._connection.sock.sendall("\r\n".join(head).encode() + body)
        response = http.client.HTTPResponse(self._connection.sock, method=lines[0].split()[0])
        response.begin()
        return Reply(response)

    def envelope(self, path, /, **form):
        reply = self.request(path, urlencode(form))
        assert reply.status == 200
        envelope = reply.json
        assert list(envelope) == KEYS
        return envelope

    def call(self, function, /, **form):
        """The envelope of a function."""
        return self.envelope(f"/api/invoke/{function}", **form)

    def result(self, function, /, **form):
        """The result of a function that succeeds at once."""
        envelope = self.call(function, **form)
        assert envelope["statusCode"] == "succeeded", envelope
        return envelope["result"]

    def failure(self, function, /, **form):
        """The error message of a function that fails at once."""
        envelope = self.call(function, **form)
        assert (envelope["statusCode"], envelope["statusVersion"], envelope["token"]) == ("failed", 2, None)
        assert envelope["error"]["details"].split("\r\n")[0].endswith(envelope["error"]["message"])
        return envelope["error"]["message"]

    def poll(self, token, known, wait=5000):
        return self.envelope("/api/get-status", token=token, lastKnownStatusVersion=known, millisecondsTimeout=wait)

    def follow(self, envelope):
        """All statuses of a job, starting with the first reply."""
        token = envelope["token"]
        statuses = [envelope]
        while statuses[-1]["statusCode"] == "running":
            statuses.append(self.poll(token, statuses[-1]["statusVersion"]))
        return statuses

    def finish(self, function, /, **form):
        """The last status of a job."""
        return self.follow(self.call(function, **form))[-1]

    def close(self):
        self._connection.close()


class Session(Api):
    """A client that logs in and keeps the renewed cookie and token."""

    def __init__(self, simulator):
        super().__init__(simulator)
        self.headers = {"Content-Type": FORM}

    def log_in(self, user="admin", password="admin"):
        reply = self.request("/login", urlencode({"u": user, "p": password}))
        assert (reply.status, reply.body[:3]) == (200, b"+OK")
        self.keep(reply, reply.body[3:].decode())
        return self

    def keep(self, reply, token):
        assert token
        self.headers |= {"Cookie": COOKIE.fullmatch(reply.headers["Set-Cookie"])[1], "X-AntiXsrfToken": token}

    def envelope(self, path, /, **form):
        reply = self.request(path, urlencode(form))
        assert reply.status == 200
        envelope = reply.json
        assert list(envelope) == ["antiXsrfToken", *KEYS]
        self.keep(reply, envelope.pop("antiXsrfToken"))
        return envelope


@pytest.fixture
def connect(spe_simulator):
    """Creates clients, each with its own connection."""
    clients = []

    def connect():
        clients.append(Api(spe_simulator))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def api(connect):
    return connect()
