"""An HTTPS server on a plain socket, which misbehaves as a test requires."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import trustme

from mailstore_sdk.runtime._transport.tls import thumbprints
from tests.support.processes import PATIENCE

Answer = Callable[[ssl.SSLSocket], None]
"""What the server does after a whole request came in; the connection is closed where it raises `HangUpError`."""

SUCCESS = b'{"error": null, "token": null, "statusVersion": 2, "statusCode": "succeeded", "result": []}'
NOTHING = SUCCESS.replace(b"[]", b"null")


class HangUpError(Exception):
    """Close this connection."""


@cache
def authority() -> trustme.CA:
    return trustme.CA()


@cache
def certificate(name: str) -> trustme.LeafCert:
    return authority().issue_cert(name)


def http(body: bytes, status: str = "200 OK", headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s" % (status.encode(), len(body), headers, body)


def answer(body: bytes = SUCCESS, status: str = "200 OK", headers: bytes = b"") -> Answer:
    return lambda connection: connection.sendall(http(body, status, headers))


def hang_up(_: ssl.SSLSocket) -> None:
    raise HangUpError


def reset(connection: ssl.SSLSocket) -> None:
    """Reset the connection, so that the other side's system reports an error."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())
    raise HangUpError


def talk_past_tls(connection: ssl.SSLSocket) -> None:
    """Send bytes that are not TLS."""
    os.write(connection.fileno(), http(SUCCESS))
    raise HangUpError


def stay_silent(connection: ssl.SSLSocket) -> None:
    """Wait until the client breaks off."""
    connection.settimeout(PATIENCE)
    connection.recv(1)
    raise HangUpError


def cut_body(connection: ssl.SSLSocket) -> None:
    connection.sendall(http(SUCCESS)[:-5])
    raise HangUpError


def drip_head(connection: ssl.SSLSocket) -> None:
    """Send the next byte in time, forever."""
    for byte in http(SUCCESS):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def drip_body(connection: ssl.SSLSocket) -> None:
    whole = http(SUCCESS)
    head = whole.index(b"\r\n\r\n") + 4
    connection.sendall(whole[:head])
    for byte in whole[head:]:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def server_context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    leaf.configure_cert(context)
    return context


class RawServer:
    """Serves HTTPS on a free port; answers in the order of `answers`, then with an empty success.

    Attributes:
        requests: Every whole request that came, head and body.
        connections: How many connections were accepted.
        pieces: In how many pieces each request came.
    """

    def __init__(self, name: str = "localhost", *, tls: bool = True, only_one: bool = False, port: int = 0) -> None:
        self._only_one = only_one
        self.answers: list[Answer] = []
        self.requests: list[bytes] = []
        self.connections = 0
        self.pieces: list[int] = []
        self._leaf = certificate(name)
        self._context = server_context(self._leaf) if tls else None
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._folder = TemporaryDirectory()
        self.ca_file = Path(self._folder.name) / "ca.pem"
        authority().cert_pem.write_to_path(self.ca_file)

    @property
    def thumbprints(self) -> tuple[str, str]:
        return thumbprints(ssl.PEM_cert_to_DER_cert(self._leaf.cert_chain_pems[0].bytes().decode()))

    def show_another_certificate(self) -> None:
        self._leaf = authority().issue_cert("localhost")
        self._context = server_context(self._leaf)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_listening()
        self._folder.cleanup()

    def _stop_listening(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self._only_one:
                self._stop_listening()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            connection = self._context.wrap_socket(plain, server_side=True) if self._context else plain
            with connection:
                if not self._context:
                    connection.sendall(b"220 mail.example.com ESMTP\r\n")
                while request := self._read(connection):
                    self.requests.append(request)
                    act = self.answers.pop(0) if self.answers else answer()
                    act(connection)  # type: ignore[arg-type] # a plain socket only where a test wants none of TLS
        except (OSError, HangUpError):
            pass
        finally:
            plain.close()

    def _read(self, connection: socket.socket) -> bytes:
        request = b""
        pieces = 0
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65536)
            if not piece:
                return b""
            request += piece
            pieces += 1
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        while len(body) < length:
            piece = connection.recv(65536)
            if not piece:
                return b""
            body += piece
            pieces += 1
        self.pieces.append(pieces)
        return head + b"\r\n\r\n" + body
