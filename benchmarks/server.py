"""A server with prepared replies over TLS with keep-alive, which costs so little that the client is measured.

``python -m benchmarks.server [ROWS]`` prints its address and its authority's file. It returns `ROWS` worker results, spread
evenly over a year; a request for a part of the year gets that part.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import tempfile
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from mailstore_sdk.simulator.certificates import certificates

START = datetime(2025, 1, 1)  # noqa: DTZ001 - the API's times have no zone
SPAN = timedelta(days=364)
USER = {
    "userName": "alice",
    "fullName": "Alice Example",
    "distinguishedName": None,
    "authentication": "integrated",
    "emailAddresses": ["alice@test01.example.com", "a.example@test01.example.com"],
    "pop3UserNames": [],
    "privileges": ["login"],
    "privilegesOnFolders": [{"folder": "alice", "privileges": ["read", "write"]}],
}
_REFUSAL = b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="SPE"\r\nContent-Length: 0\r\n\r\n'


def envelope(result: object) -> bytes:
    """The reply of a function that succeeded, as SPE writes it: with a byte order mark and indented."""
    reply = {
        "error": None,
        "token": None,
        "statusVersion": 2,
        "statusCode": "succeeded",
        "percentProgress": None,
        "statusText": None,
        "result": result,
        "logOutput": None,
    }
    return b"\xef\xbb\xbf" + json.dumps(reply, indent=2).encode()


def row(number: int, count: int) -> dict[str, object]:
    """One result of a profile out of so many."""
    start = START + timedelta(seconds=int(SPAN.total_seconds() * number / count))
    return {
        "id": number,
        "userName": f"user{number % 500}",
        "profileId": number % 40,
        "profileName": f"Profile {number % 40}",
        "result": ("succeeded", "failed", "completedWithErrors")[number % 3],
        "itemsArchived": number % 977,
        "startTime": start.isoformat(),
        "completeTime": (start + timedelta(seconds=60)).isoformat(),
        "machineName": "host01",
    }


def rows(count: int, form: bytes) -> bytes:
    """The results that a request asks for."""
    asked = parse_qs(form.decode())
    since, until = (datetime.fromisoformat(asked[name][0]) for name in ("fromIncluding", "toExcluding"))
    first, end = (
        min(count, max(0, -(-int((moment - START).total_seconds()) * count // int(SPAN.total_seconds())))) for moment in (since, until)
    )
    return envelope([row(number, count) for number in range(first, end)])


class Prepared(asyncio.Protocol):
    """One connection."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Answer without waiting for more to send."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        length = int(lower.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(rest) < length:
            return
        self._received = rest[length:]
        if b"\r\nauthorization:" in lower:
            self._answer(head.split(b" ", 2)[1], rest[:length])
        else:
            self._transport.write(_REFUSAL)
        if b"connection: close" in lower:
            self._transport.close()

    def _answer(self, path: bytes, form: bytes) -> None:
        body = rows(self._count, form) if path.endswith(b"/GetWorkerResults") else _USER_REPLY
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


_USER_REPLY = envelope(USER)


async def serve(count: int) -> None:
    """Serve until the process is ended."""
    own = certificates("localhost")
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(own.ca_pem)
        file.flush()
        server = await asyncio.get_running_loop().create_server(lambda: Prepared(count), "127.0.0.1", 0, ssl=own.context, backlog=2048)
        port = server.sockets[0].getsockname()[1]
        print(f"https://localhost:{port}\n{file.name}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if sys.argv[1:] else 0))
