"""What is said over a connection, played without one: the bytes that go out, and any order in which bytes may come."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TypeVar

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailstore_sdk.runtime._protocol.actions import Reply
from mailstore_sdk.runtime._transport.http import (
    LONGEST_HEAD,
    Http,
    Plain,
    ProtocolError,
    RefusedByProxyError,
    Secured,
    Talk,
    post,
    proxy_at,
    secured,
    through,
)
from tests.support.raw_server import authority, certificate

T = TypeVar("T")

HEADERS = {"Host": "spe:8474", "Content-Length": "9"}
REQUEST = b"POST /api/invoke/GetUsers HTTP/1.1\r\nHost: spe:8474\r\nContent-Length: 9\r\n\r\ninstanceI"
BODY = b'\xef\xbb\xbf{"statusCode": "succeeded"}'
# The headers that SPE was seen to send; the cookies are those of its session login.
REPLY = (
    b"HTTP/1.1 200 OK\r\nCache-Control: no-cache\r\nPragma: no-cache\r\nContent-Type: application/json\r\n"
    b"Server: Microsoft-HTTPAPI/2.0\r\nExpires: -1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
)
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n" + BODY[:4] + b"\r\n%x\r\n" % len(BODY[4:]) + BODY[4:] + b"\r\n0\r\n\r\n"
)


def converse(talk: Talk[T], answer: Callable[[bytes], bytes]) -> T:
    """The outcome of a talk with a server."""
    try:
        unsent = next(talk)
        while True:
            unsent = talk.send(answer(unsent))
    except StopIteration as end:
        return end.value


def play(talk: Talk[T], pieces: Iterable[bytes]) -> tuple[T, bytes]:
    """The outcome of a talk to which a server says these pieces and then ends; and what was sent."""
    coming = iter([*pieces, b""])
    sent: list[bytes] = []

    def answer(data: bytes) -> bytes:
        sent.append(data)
        return next(coming)

    return converse(talk, answer), b"".join(sent)


def ask(http: Http) -> Talk[Reply]:
    return http.ask(post("/api/invoke/GetUsers", HEADERS), b"instanceI")


@given(cuts=st.sets(st.integers(1, len(REPLY) - 1)))
def test_a_reply_may_come_in_any_pieces(cuts: set[int]) -> None:
    places = [0, *sorted(cuts), len(REPLY)]
    http = Http(Plain())
    reply, sent = play(ask(http), [REPLY[start:end] for start, end in pairwise(places)])
    assert sent == REQUEST
    assert (reply.status, reply.body) == (200, BODY)
    assert reply.headers["server"] == "Microsoft-HTTPAPI/2.0"
    assert reply.headers["set-cookie"] == "a=1, b=2"
    assert http.free


@given(end=st.integers(0, len(REPLY) - 1))
def test_a_reply_may_break_off_anywhere(end: int) -> None:
    http = Http(Plain())
    with pytest.raises(ProtocolError):
        play(ask(http), [REPLY[:end]] if end else [])
    assert not http.free


@pytest.mark.parametrize(
    ("came", "goes_on"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" + REPLY, True),
        (CHUNKED, True),
        (REPLY.replace(b"Pragma: no-cache", b"Connection: close"), False),
        (b"HTTP/1.0 200 OK\r\n\r\n" + BODY, False),
        (REPLY + REPLY, False),
    ],
    ids=["informed first", "chunked", "closing", "ended by its end", "more than was asked for"],
)
def test_replies_of_all_kinds(came: bytes, goes_on: bool) -> None:
    http = Http(Plain())
    reply, _ = play(ask(http), [came])
    assert (reply.status, reply.body) == (200, BODY)
    assert http.free is goes_on


def test_requests_follow_one_another() -> None:
    http = Http(Plain())
    for _ in range(3):
        assert play(ask(http), [REPLY])[1] == REQUEST


def test_a_request_interrupted_at_its_very_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: h11.Connection) -> None:
        whole(self)
        raise KeyboardInterrupt

    whole = h11.Connection.start_next_cycle
    monkeypatch.setattr(h11.Connection, "start_next_cycle", interrupted)
    http = Http(Plain())
    with pytest.raises(KeyboardInterrupt):
        play(ask(http), [REPLY])
    assert not http.free


def test_a_head_without_end_is_given_up() -> None:
    def endless(times: int) -> Iterable[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        yield from (b"X-More: %s\r\n" % (b"x" * 1000) for _ in range(times))

    with pytest.raises(ProtocolError):
        play(ask(Http(Plain())), endless(LONGEST_HEAD // 1000 + 5))


class TestProxies:
    def test_what_a_url_says(self) -> None:
        assert proxy_at("http://proxy") == ("http", "proxy", 80, None)
        assert proxy_at("https://me:a%40b@[::1]") == ("https", "::1", 443, "me:a@b")
        assert proxy_at("http://me@proxy:3128") == ("http", "proxy", 3128, "me:")

    def test_a_tunnel(self) -> None:
        layer, sent = play(through("http://me:S3cret@proxy", "spe:8474"), [b"HTTP/1.1 200 Connection established\r\n\r\n"])
        assert isinstance(layer, Plain)
        assert sent == b"CONNECT spe:8474 HTTP/1.1\r\nHost: spe:8474\r\nProxy-Authorization: Basic bWU6UzNjcmV0\r\n\r\n"

    def test_a_refusal(self) -> None:
        with pytest.raises(RefusedByProxyError, match="^407 Who are you$"):
            play(through("http://proxy", "spe:8474"), [b"HTTP/1.1 407 Who are you\r\nContent-Length: 4\r\n\r\nWho?"])

    def test_none(self) -> None:
        assert isinstance(play(through(None, "spe:8474"), [])[0], Plain)


class Server:
    """The other side of TLS, in memory too, which says what it is told to, each in a record of its own."""

    def __init__(self, *replies: bytes) -> None:
        self._replies = replies
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate("spe").configure_cert(context)
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self.heard = b""

    def hear(self, data: bytes) -> bytes:
        """Agree on TLS, and answer the request."""
        self._incoming.write(data)
        try:
            self._tls.do_handshake()
            self.heard += self._tls.read(65536)
        except ssl.SSLWantReadError:
            return self._outgoing.read()
        for reply in self._replies:
            self._tls.write(reply)
        return self._outgoing.read()


def over_tls() -> Talk[tuple[Secured, Http, Reply]]:
    """A connection to it, and the reply to a first request."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    layer = yield from secured(Plain(), context, "spe")
    http = Http(layer)
    return layer, http, (yield from ask(http))


@given(size=st.integers(1, 3000))
def test_tls_may_come_in_any_pieces(size: int) -> None:
    server = Server(REPLY)
    coming = b""

    def piece(data: bytes) -> bytes:
        nonlocal coming
        coming += server.hear(data)
        now, coming = coming[:size], coming[size:]
        return now

    layer, http, reply = converse(over_tls(), piece)
    assert reply.body == BODY
    assert http.free
    assert server.heard == REQUEST
    assert layer.certificate == ssl.PEM_cert_to_DER_cert(certificate("spe").cert_chain_pems[0].bytes().decode())


def test_a_record_that_came_with_the_reply_answers_no_other_request() -> None:
    _, http, reply = converse(over_tls(), Server(REPLY, REPLY).hear)
    assert reply.body == BODY
    assert not http.free
