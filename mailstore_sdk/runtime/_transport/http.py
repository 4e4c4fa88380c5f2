"""HTTP/1.1 over TLS as bytes: what to send next, given what came back. No input or output happens here.

A `Talk` is a generator, which the streams of the sync and of the async client carry out alike. Layers lie on one another: HTTP
on TLS on bytes, or, through a proxy that speaks TLS itself, on TLS on TLS on bytes.
"""

from __future__ import annotations

import base64
import ssl
from collections.abc import Generator, Mapping
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

import h11

from mailstore_sdk.runtime._protocol.actions import Reply

T = TypeVar("T")
Talk: TypeAlias = Generator[bytes, bytes, T]
"""Yields what to send and gets back what came next: nothing, where the other side has ended. Returns its outcome."""

PIECE = 65_536
"""Bytes that are received, or deciphered, at once."""

LONGEST_HEAD = 102_400
"""Bytes of status and headers; a reply with more is broken off."""

ProtocolError = h11.ProtocolError
Request = h11.Request


class NotConnectedError(Exception):
    """No connection came about, so the server did not get the request."""


class NoneFreeError(NotConnectedError):
    """All connections were in use."""


class LateError(NotConnectedError):
    """Nobody accepted a connection in time."""


class RefusedByProxyError(NotConnectedError):
    """The proxy does not lead to the server."""


class Plain:
    """Bytes as they are."""

    is_quiet = True

    def exchange(self, data: bytes) -> Talk[bytes]:
        """Send, and receive what comes next."""
        return (yield data)


class Secured:
    """TLS over another layer."""

    def __init__(self, under: Layer, context: ssl.SSLContext, host: str) -> None:
        self._under = under
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    @property
    def certificate(self) -> bytes:
        """What the other side has shown, in DER form."""
        return self._tls.getpeercert(binary_form=True) or b""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has come that is not read yet."""
        return not self._incoming.pending and self._under.is_quiet

    def shake_hands(self) -> Talk[None]:
        """Agree with the other side, and check who it is."""
        while True:
            try:
                return self._tls.do_handshake()
            except ssl.SSLWantReadError:
                yield from self._receive()

    def exchange(self, data: bytes) -> Talk[bytes]:
        """Send, and receive what comes next."""
        if data:
            self._tls.write(data)
            yield from self._receive()
        while True:
            try:
                return self._tls.read(PIECE)
            except ssl.SSLWantReadError:
                yield from self._receive()
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""

    def _receive(self) -> Talk[None]:
        came = yield from self._under.exchange(self._outgoing.read())
        if came:
            self._incoming.write(came)
        else:
            self._incoming.write_eof()


Layer: TypeAlias = Plain | Secured
"""What carries bytes to the other side and back."""


class Http:
    """Requests over a layer, one after the other.

    Attributes:
        free: Whether another request may follow; only once all that belongs to the one before is done.
    """

    def __init__(self, layer: Layer) -> None:
        self.free = True
        self._layer = layer
        self._h11 = h11.Connection(h11.CLIENT, LONGEST_HEAD)

    def ask(self, request: Request, body: bytes) -> Talk[Reply]:
        """Send a request and receive its whole reply."""
        self.free = False
        response = yield from self._response(request, body)
        pieces: list[bytes] = []
        while isinstance(event := (yield from self._next()), h11.Data):
            pieces.append(event.data)
        self._begin_anew()
        return Reply(response.status_code, b"".join(pieces), _headers(response))

    def tunnel(self, request: Request) -> Talk[None]:
        """Have a proxy lead to another server."""
        response = yield from self._response(request, b"")
        if response.status_code // 100 != 2:  # noqa: PLR2004 - the class of statuses that mean success
            raise RefusedByProxyError(f"{response.status_code} {response.reason.decode('ascii', 'replace')}".strip())

    def _response(self, request: Request, body: bytes) -> Talk[h11.Response]:
        written = (self._h11.send(event) for event in (request, h11.Data(body), h11.EndOfMessage()))
        event = yield from self._next(b"".join(piece for piece in written if piece))
        while not isinstance(event, h11.Response):
            event = yield from self._next()
        return event

    def _next(self, unsent: bytes = b"") -> Talk[object]:
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            self._h11.receive_data((yield from self._layer.exchange(unsent)))
            unsent = b""
        return event

    def _begin_anew(self) -> None:
        """Be free again, unless a side wants no more, or the server said more than it was asked for."""
        if self._h11.our_state is self._h11.their_state is h11.DONE and not self._h11.trailing_data[0] and self._layer.is_quiet:
            self._h11.start_next_cycle()
            self.free = True


def post(path: str, headers: Mapping[str, str]) -> Request:
    """A request that may be sent any number of times; the headers tell the length of its body."""
    return Request(method="POST", target=path, headers=list(headers.items()))


class Proxy(NamedTuple):
    """A proxy, and the login that it may want."""

    scheme: str
    host: str
    port: int
    login: str | None


def proxy_at(url: str) -> Proxy:
    """The proxy of a URL, which may hold a user name and a password for it."""
    parts = urlsplit(url)
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
    return Proxy(parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme], login)


def through(proxy_url: str | None, place: str) -> Talk[Layer]:
    """The layer at whose other end a server is; where there is a proxy, once it leads there."""
    layer: Layer = Plain()
    if proxy_url is None:
        return layer
    proxy = proxy_at(proxy_url)
    if proxy.scheme == "https":
        try:
            layer = yield from secured(layer, ssl.create_default_context(), proxy.host)
        except ssl.SSLError as error:  # As the proxy's own, or it would be told of the server.
            raise RefusedByProxyError(f"TLS with the proxy fails: {error}") from None
    headers = [("Host", place)]
    if proxy.login:
        headers.append(("Proxy-Authorization", f"Basic {base64.b64encode(proxy.login.encode()).decode()}"))
    yield from Http(layer).tunnel(Request(method="CONNECT", target=place, headers=headers))
    return layer


def secured(under: Layer, context: ssl.SSLContext, host: str) -> Talk[Secured]:
    """A layer of TLS, once both sides have agreed on it."""
    layer = Secured(under, context, host)
    yield from layer.shake_hands()
    return layer


def _headers(response: h11.Response) -> dict[str, str]:
    """By lower-case names; several of one name as one text."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("ascii"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers
