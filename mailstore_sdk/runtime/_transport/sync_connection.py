"""One connection of the sync client: an httpx transport with a single connection, between httpx and the sockets of httpcore.

httpcore has a timeout for each operation on a socket. Here one deadline covers a whole request, however slowly data
arrives. The pin is checked before anything is sent. Data after the end of a reply is detected, so that it is never used
as the reply to the next request.
"""

from __future__ import annotations

import time
from contextlib import closing, nullcontext, suppress
from ssl import SSLContext
from typing import Any

from mailstore_sdk.errors import ReplyLostError, ReplyTooLargeError
from mailstore_sdk.runtime._protocol.actions import Reply, Send
from mailstore_sdk.runtime._transport.connections import BOUNDED, LIMITS, PIECE, NotPinnedError, Step
from mailstore_sdk.runtime._transport.endpoint import Route
from mailstore_sdk.runtime._transport.httpx_library import httpcore, httpx
from mailstore_sdk.runtime._transport.threads import connect, until
from mailstore_sdk.runtime._transport.tls import TLSConfig, has_unread_record


class Stream:
    """A connected socket that holds data back.

    Received: the last byte of each piece, until the next read. If a reply is complete without it, data follows the reply.
    Sent: everything, until a reply is read, so that head and body are sent in one piece.
    """

    def __init__(self, stream: Any, connection: Any) -> None:
        self._stream, self._connection = stream, connection
        self.tls = stream.get_extra_info("ssl_object")
        self.held = self._unsent = b""
        connection.stream = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline applies
        """Receive what comes next."""
        data, self._unsent = self._unsent, b""
        with suppress(httpcore.WriteError):  # A server that hangs up before it has all may have answered.
            for start in range(0, len(data), PIECE):
                self._stream.write(data[start : start + PIECE], self._connection.left())
        held, self.held = self.held, b""
        return held or self._hold(self._stream.read(max_bytes, self._connection.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline applies
        """Send it together with what follows."""
        self._unsent += buffer

    # The deadline applies here, too, and not the timeout.
    def start_tls(self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> Stream:  # noqa: ARG002
        """Continue over TLS."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, self._connection.left()), self._connection)

    def _hold(self, data: bytes) -> bytes:
        self.held = data[-1:] if self.tls and len(data) > 1 else b""  # the SOCKS library reads a whole message at once
        return data[: len(data) - len(self.held)]


class Connection(httpcore.NetworkBackend):
    """One connection of the sync client. It connects at the first request, and again if the server has closed it.

    With the user's own client, that client decides about TLS, proxy, connections and timeouts.

    Attributes:
        route: How it reaches the endpoint.
        idle_since: When it was last put aside.
        deadline: When the current request is over; infinite if the task that waits keeps the deadline.
        stream: The open socket; None if there is no socket, or httpcore did not let this connection open it.
        step: The current step; None until httpx reports one.
        proxy_headers: The headers of the proxy's reply to the request for a tunnel.
    """

    _transport_type, _client_type = httpx.HTTPTransport, httpx.Client
    idle_since = 0.0
    deadline = float("inf")

    def __init__(self, route: Route) -> None:
        self.stream: Stream | None = None
        self.step: Step | None = None
        self.proxy_headers: list[tuple[bytes, bytes]] = []
        self.route, self._endpoint = route, route.endpoint
        self._transport: Any = None
        self._is_servers_tls = False
        self._is_trusted = self._endpoint.tls.thumbprint is None
        if route.client is None:
            url = self._endpoint.proxy
            tls = TLSConfig().context() if url and url.startswith("https:") else None  # which the system's authorities sign
            proxy = httpx.Proxy(url, ssl_context=tls) if url else None
            self._transport = self._transport_type(route.context, trust_env=False, limits=LIMITS, proxy=proxy)
            self._open_sockets()

    def exchange(self, send: Send, deadline: float) -> Reply:
        """Send a request and read its whole reply.

        Raises:
            NotPinnedError: The server does not show the pinned certificate.
            ReplyTooLargeError: The reply, decompressed, has more bytes than the client accepts.
            ReplyLostError: The reply is compressed with another method than gzip or deflate.
            TimeoutError: The reply was not complete in time.
        """
        self.step = None
        request = self._endpoint.request(send, self.note)
        body = bytearray()
        with until(self, deadline):
            if client := self._client():
                response = client.send(request, stream=True, auth=None, follow_redirects=False)
            else:
                response = self._transport.handle_request(request)
            with closing(response):
                for piece in response.iter_bytes() if self._is_compressed(response) else response.stream:
                    self._add(body, piece)
        return Reply(response.status_code, bytes(body), response.headers)

    def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> Any:
        """Open the socket; httpcore calls this."""
        return Stream(connect(self, host, port), self)

    def close(self) -> None:
        """Break the connection off; more than once is harmless."""
        if self._transport:
            self._transport.close()
        if self.stream:
            self.stream.close()

    @property
    def is_reusable(self) -> bool:
        """Whether another request may follow: nothing was received after the last reply."""
        return self.stream is not None and not self.stream.held and not has_unread_record(self.stream.tls)

    @property
    def has_ended(self) -> bool:
        """Whether the other side has closed the connection, or sent unrequested data."""
        return self.stream is None or bool(self.stream.get_extra_info("is_readable"))

    def left(self) -> float:
        """Seconds for an operation on the socket.

        Raises:
            TimeoutError: The deadline is over.
        """
        if (seconds := self.deadline - time.monotonic()) <= 0:
            raise TimeoutError
        return seconds

    def _open_sockets(self) -> None:
        """Make the transport open its sockets through this connection.

        httpcore's pool takes a network backend, but httpx has no argument for it: hence these two private attributes. Where
        they are missing a connection is not used twice, see `is_reusable`. The pool's lock is of no use, as a transport
        carries one request at a time, and an interrupt at the wrong moment would leave it locked for ever.
        """
        pool: Any = getattr(self._transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            pool._network_backend = self  # noqa: SLF001 - see above
        if hasattr(pool, "_optional_thread_lock"):
            pool._optional_thread_lock = nullcontext()  # noqa: SLF001 - see above

    def _client(self) -> Any:
        """The client to send with: the user's, or one for tools such as Sentry that wrap httpx clients; else None.

        Going through a client costs a third more per call.
        """
        send = self._client_type.send
        if self.route.client is None and (hasattr(send, "__wrapped__") or not send.__module__.startswith(self._client_type.__module__)):
            return self._client_type(transport=self._transport, trust_env=False)
        return self.route.client

    def _is_compressed(self, response: Any) -> bool:
        encoding: str = response.headers.get("content-encoding", "identity")
        if encoding not in BOUNDED:
            server = self._endpoint.authority
            raise ReplyLostError(f"the reply of {server} is compressed with {encoding!r}, which this client did not ask for")
        return encoding != "identity"

    def _add(self, body: bytearray, piece: bytes) -> None:
        self.left()  # a library that opens its own sockets has a timeout for each piece
        body += piece
        if len(body) > (limit := self._endpoint.max_response_size):
            server = self._endpoint.authority
            raise ReplyTooLargeError(f"the reply of {server} is larger than {limit:,} bytes; ask for less, or raise max_response_size")

    def note(self, event: str, info: dict[str, Any]) -> None:  # noqa: C901 - a table
        """Process an event of httpx's trace extension.

        Raises:
            NotPinnedError: The server's certificate is not the pinned one.
            httpx.ProxyError: The proxy does not speak SOCKS.
        """
        match event.partition(".")[2]:
            case "connect_tcp.started":
                self.step = Step.CONNECT
                self._is_trusted = self._endpoint.tls.thumbprint is None
            case "setup_socks5_connection.started":
                self.step = Step.PROXY
            case "setup_socks5_connection.failed" if type(info["exception"]).__name__ in ("ProtocolError", "AssertionError"):
                # httpcore does not translate exceptions of its SOCKS library.
                raise httpx.ProxyError("its answer is not valid SOCKS") from info["exception"]
            case "start_tls.started":
                self._is_servers_tls = self.route.client is not None or info["ssl_context"] is self.route.context
                self.step = Step.TLS if self._is_servers_tls else Step.PROXY
            case "start_tls.complete" if self._is_servers_tls and not self._is_trusted:
                tls = info["return_value"].get_extra_info("ssl_object")
                certificate = (tls and tls.getpeercert(True)) or b""  # noqa: FBT003 - the sync stream's object takes it by position only
                self._is_trusted = self._endpoint.tls.accepts(certificate)
                if not self._is_trusted:
                    raise NotPinnedError(self._endpoint.tls.thumbprint, certificate)
            case "send_request_headers.started" if info["request"].method == b"CONNECT":
                self.step = Step.PROXY
                if ":" in self._endpoint.host:  # httpcore omits the brackets of an IPv6 address
                    info["request"].url.target = target = self._endpoint.authority.encode("ascii")
                    info["request"].headers = [(name, target if name == b"Host" else value) for name, value in info["request"].headers]
            case "send_request_headers.started" if not self._is_trusted:
                raise NotPinnedError(self._endpoint.tls.thumbprint)
            case "send_request_headers.started":
                self.step = Step.REPLY
            case "receive_response_headers.complete" if self.step is Step.PROXY:
                self.proxy_headers = info["return_value"][3]
            case _:
                pass
