"""Requests that no client should send, over raw sockets: a reply without a traceback, and a server that keeps running."""

import base64
import re
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

import pytest

from mailstore_sdk.simulator import Simulator, connection
from mailstore_sdk.simulator.app import MAX_BODY
from tests.simulator.conftest import Api
from tests.support.processes import PATIENCE, wait_until

LOGIN = "Authorization: Basic " + base64.b64encode(b"admin:admin").decode()
FORM = "Content-Type: application/x-www-form-urlencoded"
PING = f"POST /api/invoke/Ping HTTP/1.1\r\nHost: localhost\r\n{LOGIN}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture(scope="module")
def server():
    with Simulator(control_port=0, clock="manual") as simulator:
        yield simulator


@pytest.fixture(autouse=True)
def goes_on(server, capfd, caplog):
    """After every test here, the server answers and has logged nothing."""
    yield
    api = Api(server)
    assert api.result("Ping") is None
    api.close()
    assert "Traceback" not in caplog.text + "".join(capfd.readouterr())


@contextmanager
def connected(server, control=False):
    port = int(server.control_url.rpartition(":")[2]) if control else server.port
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as plain:
        if control:
            yield plain
            return
        context = ssl.create_default_context(cafile=server.ca_file)
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            yield secure


def everything(sock):
    """What comes until the server closes."""
    parts = []
    try:
        while part := sock.recv(65536):
            parts.append(part)
    except (ConnectionError, ssl.SSLError):
        pass
    return b"".join(parts)


def reply(sock):
    """One reply, whole."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = sock.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body


def ask(server, request, *, control=False):
    with connected(server, control) as sock:
        sock.sendall(request)
        answer = reply(sock)
    assert b"Traceback" not in answer
    assert b".py" not in answer
    return answer


def status(answer):
    return int(answer.split(b" ", 2)[1])


def post(target, *headers, body=b"", length=None):
    lines = [
        f"POST {target} HTTP/1.1",
        "Host: localhost",
        LOGIN,
        FORM,
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("//api//invoke//Ping", 200),
        ("/api/invoke/%50ing", 200),
        ("/api/invoke/Ping?instanceID=x", 200),
        ("https://localhost/api/invoke/Ping", 200),
        ("HTTP://evil.example.com//api/invoke/Ping", 200),
        ("/http://localhost/api/invoke/Ping", 404),
        ("https://localhost", 404),
        ("/api/../api/invoke/Ping", 404),
        ("/api/invoke/../invoke/Ping", 404),
        ("/api/%2e%2e/api/invoke/Ping", 404),
        ("/api/invoke/%2e%2e%2fget-status", 404),
        ("/api/invoke/Ping%2f", 200),  # a slash after the name is accepted, encoded or not
        ("/api/invoke/Ping%00", 404),
        ("/api/invoke/Ping;x=1", 404),
        ("/api/invoke/%", 404),
        ("/api/invoke/%zz%ff%c0%af", 404),
        ("\\api\\invoke\\Ping", 404),
        ("*", 404),
        ("/" * 5000, 404),
        ("/" + "a" * 20_000, 404),
        ("/api/invoke/Ping\x00", 400),
        ("/api/invoke/Pi ng", 400),
        ("/api/invoke/Pingä", 400),
    ],
)  # fmt: skip
def test_paths(server, target, expected):
    assert status(ask(server, post(target))) == expected


@pytest.mark.parametrize("body", [b"%", b"instanceID=%g0", b"a=%C3", b"\x00=%00\xff", b"=" * 3000, b"%u0041=1", b"&" * 70_000])
def test_broken_forms(server, body):
    assert status(ask(server, post("/api/invoke/GetUsers", body=body))) in (200, 400)


def test_a_null_byte_in_an_argument(server):
    answer = ask(server, post("/api/invoke/GetUsers", body=b"instanceID=a%00b%0d%0aX: y"))
    assert b"Instance a\\u0000b\\r\\nX: y does not exist." in answer


def test_settings_that_are_nested_too_deeply(server):
    """The settings could be stored but not returned later."""
    with connected(server) as sock:
        for depth, is_taken in ((63, True), (65, False), (300, False)):
            settings = urlencode({"instanceID": "test01", "settings": '{"a":' * depth + "1" + "}" * depth})
            sock.sendall(post("/api/invoke/SetSmtpSettings", body=settings.encode()))
            assert (b'"succeeded"' in reply(sock)) == is_taken
    assert server.dump()
    server.reset()


@pytest.mark.parametrize("method", ["BREW", "get", "TRACE", "CONNECT", "POST" * 1000])
def test_methods(server, method):
    assert status(ask(server, PING.replace(b"POST", method.encode(), 1))) == 405


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n\x00\x00",
        b"\x16\x03\x01\x02\x00\x01",
        b"POST\r\n\r\n",
        b"POST /api/invoke/Ping HTTP/1.1\r\nNo colon\r\n\r\n",
        b"POST /api/invoke/Ping HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n",
        post("/api/invoke/Ping", "Content-Length: 7"),
        post("/api/invoke/Ping", length="-1"),
        post("/api/invoke/Ping", length="9" * 5000),
        post("/api/invoke/Ping", "X: a\x00b"),
    ],
)
def test_a_request_that_is_not_http(server, request_):
    assert status(ask(server, request_)) == 400


@pytest.mark.parametrize("control", [False, True])
@pytest.mark.parametrize(
    "request_",
    [
        post("/api/invoke/Ping", "X-Flood: " + "a" * 1_000_000),
        post("/api/invoke/Ping", *["X-Flood: a"] * 100_000),
        post("/" + "a" * 1_000_000),
    ],
    ids=["one long header", "many headers", "a long path"],
)
def test_floods(server, request_, control):
    with connected(server, control) as sock:
        try:
            sock.sendall(request_)
        except (ConnectionError, ssl.SSLError):
            return  # the server closed before all was sent
        answer = everything(sock)
        assert answer == b"" or status(answer) == 400


@pytest.mark.parametrize(("target", "control"), [("/api/invoke/Ping", False), ("/login", False), ("/state", True), ("/faults", True)])
def test_a_body_of_100_mb_is_refused_before_it_is_sent(server, target, control):
    request = post(target, length=100 * 2**20)
    if target == "/state":
        request = request.replace(b"POST", b"PUT", 1)
    expected = 401 if target == "/login" else 413
    answer = ask(server, request.replace(LOGIN.encode(), b"X: y") if target == "/login" else request, control=control)
    assert status(answer) == expected


def test_bodies_without_a_content_length(server):
    chunked = post("/api/invoke/Ping", "Transfer-Encoding: chunked").replace(b"Content-Length: 0\r\n", b"")
    assert status(ask(server, chunked)) == 411
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    flood = chunked.replace(b"/api/invoke/Ping", b"/faults") + chunk * 3 + b"0\r\n\r\n"
    assert status(ask(server, flood, control=True)) == 413


def test_rejected_bodies_use_no_memory(server):
    """The whole body is sent anyway, as by a client that does not read meanwhile."""
    import tracemalloc

    block = b"a" * 2**20
    with connected(server) as sock:
        tracemalloc.start()
        sock.sendall(post("/api/invoke/Ping", length=MAX_BODY + len(block)))
        for _ in range(MAX_BODY // len(block) + 1):
            sock.sendall(block)
        assert status(reply(sock)) == 413
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        sock.sendall(PING)  # the connection still works
        assert status(reply(sock)) == 200
    assert most < 4 * 2**20


def test_bytes_beyond_the_content_length_are_the_next_request(server):
    with connected(server) as sock:
        sock.sendall(PING + b"GET / HTTP/1.1\r\nbroken\r\n\r\n")
        assert re.findall(rb"HTTP/1.1 (\d+)", everything(sock)) == [b"200", b"400"]


def test_pipelining(server):
    with connected(server) as sock:
        sock.sendall(PING * 50 + PING.replace(b"Ping", b"Pong") + PING.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert re.findall(rb"HTTP/1.1 (\d+)", everything(sock)) == [b"200"] * 50 + [b"404", b"200"]


def test_clients_that_stop_sending_are_disconnected(server, monkeypatch):
    monkeypatch.setattr(connection, "REQUEST_TIME", 0.3)
    unfinished = post("/api/invoke/Ping", body=b"abc", length=9)
    for beginning in (b"", PING[:30], unfinished, unfinished.replace(b"/api/invoke/Ping", b"/faults")):
        with connected(server, control=b"/faults" in beginning) as sock:
            with suppress(ConnectionError, ssl.SSLError):  # on a slow machine, the time is over before this is sent
                sock.sendall(beginning)
            assert everything(sock) == b""


def test_slow_clients_are_disconnected(server, monkeypatch):
    monkeypatch.setattr(connection, "REQUEST_TIME", 0.5)

    def drip(sock):
        for byte in PING[:20] + b"a" * 1000:
            sock.sendall(bytes([byte]))
            time.sleep(0.02)

    with connected(server) as sock, pytest.raises((ConnectionError, ssl.SSLError)):
        drip(sock)


def test_a_slow_request_that_ends_in_time_is_answered(server):
    with connected(server) as sock:
        for byte in PING:
            sock.sendall(bytes([byte]))
        assert status(reply(sock)) == 200


@pytest.mark.parametrize("control", [False, True])
def test_half_closed_sockets(server, control):
    with connected(server, control) as sock:
        sock.sendall(PING if not control else b"GET /calls HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if control:
            sock.shutdown(socket.SHUT_WR)
        else:
            socket.socket.shutdown(sock, socket.SHUT_WR)  # on the socket, without a TLS close alert
        answer = everything(sock)
        assert answer == b"" or status(answer) == 200


def test_clients_that_disconnect_during_a_poll(server):
    api = Api(server)
    token = api.call("VerifyStore", instanceID="test01", id="1", includeIndexes="true")["token"]
    body = f"token={token}&lastKnownStatusVersion=0&millisecondsTimeout=60000".encode()
    seen = server.requests
    for number in range(1, 31):
        with connected(server) as sock:
            sock.sendall(post("/api/get-status", body=body))
            wait_until(lambda number=number: server.requests == seen + number)
    server.advance(99)
    assert api.poll(token, 0)["statusCode"] == "succeeded"
    api.close()


def test_many_resets_at_once(server):
    """Resets while others call and poll: all get an answer, and the state is the first one at the end."""
    stop = threading.Event()
    wrong = []

    def reset():
        while not stop.is_set():
            if status(ask(server, b"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", control=True)) != 204:
                wrong.append("reset")

    def work():
        api = Api(server)
        while not stop.is_set():
            api.call("DeleteUser", instanceID="test01", userName="bob")
            token = api.call("VerifyStore", instanceID="test01", id="1", includeIndexes="true")["token"]
            body = f"token={token}&lastKnownStatusVersion=0&millisecondsTimeout=50"
            if api.request("/api/get-status", body).status not in (200, 404):
                wrong.append("poll")
        api.close()

    threads = [threading.Thread(target=each) for each in (reset, reset, reset, work, work, work)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert wrong == []
    server.reset()
    assert "bob" in server.estate.instance("test01").users


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"POST /faults HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example.com\r\nContent-Length: 2\r\n\r\n{}", 403),
        (b"POST /reset HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nContent-Length: 0\r\n\r\n", 403),
        (b"GET /state HTTP/1.1\r\nHost: evil.example.com\r\n\r\n", 403),
        (b"GET /state HTTP/1.1\r\nHost: evil_name.example.com\r\n\r\n", 403),
        (b"GET /state HTTP/1.1\r\nHost: [\r\n\r\n", 400),
        (b"GET /state HTTP/1.0\r\n\r\n", 403),
        (b"GET /calls?after=x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /page.css/../state HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
        (b"GET /%2e%2e/control.py HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
        (b"DELETE /faults/99999999999999999999 HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
        (b'PUT /clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{"clock": []}', 400),
        (b"POST /advance HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65000\r\n\r\n" + b"[" * 65_000, 400),
        (b"POST /faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n\xff\xfe", 400),
    ],
)  # fmt: skip
def test_the_control_port(server, request_, expected):
    assert status(ask(server, request_, control=True)) == expected
