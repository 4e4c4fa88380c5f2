"""An HTTP proxy on a plain socket, which records its requests."""

import socket
import ssl
import threading
from contextlib import suppress
from typing import Self

from tests.support.raw_server import certificate


class ProxyServer:
    """Connects CONNECT requests to their target or to a port of this machine; with another `status` it refuses instead."""

    def __init__(self, status: str = "200 Connection established", *, tls: bool = False, port: int | None = None) -> None:
        self._leads_to = port
        self._status = status.encode()
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls else None
        if self._context:
            certificate("localhost").configure_cert(self._context)
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listener.accept()[0],), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(plain, server_side=True) if self._context else plain as near:
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                request += near.recv(4096)
            self.requests.append(request)
            near.sendall(b"HTTP/1.1 %s\r\n\r\n" % self._status)
            host, port = request.split()[1].decode().rsplit(":", 1)
            target = ("127.0.0.1", self._leads_to) if self._leads_to else (host, int(port))
            if self._status.startswith(b"200"):
                with socket.create_connection(target) as far:
                    threading.Thread(target=_pump, args=(far, near), daemon=True).start()
                    _pump(near, far)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):  # This ends the other direction, and a server that waits for more.
        target.shutdown(socket.SHUT_RDWR)


SOCKS = b"\x05\x00"
"""What a SOCKS proxy that wants no login says first."""


class SocksServer(ProxyServer):
    """Connects SOCKS 5 requests to where they ask; records the targets. With another `greeting` it refuses."""

    def __init__(self, greeting: bytes = SOCKS) -> None:
        self._greeting = greeting
        self.targets: list[tuple[str, int]] = []
        super().__init__()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError), plain as near:
            near.recv(262)
            near.sendall(self._greeting)
            if self._greeting != SOCKS:
                return
            request = near.recv(262)
            size = request[4]
            self.targets.append((request[5 : 5 + size].decode(), int.from_bytes(request[5 + size : 7 + size], "big")))
            near.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
            with socket.create_connection(("127.0.0.1", self.targets[-1][1])) as far:
                threading.Thread(target=_pump, args=(far, near), daemon=True).start()
                _pump(near, far)
