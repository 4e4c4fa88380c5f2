"""Measure the simulator under load: calls per second over one connection, and a thousand open long polls.

The simulator runs in its own process, which uses one core at most. Its CPU time is measured in addition to elapsed time,
so that the figures are valid on a busy machine.
"""

from __future__ import annotations

import base64
import json
import re
import resource
import selectors
import socket
import ssl
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import Row, number_of_rounds

CALLS = 3_000
ROUNDS = number_of_rounds(3)
POLLS = 1_000
LOGIN = base64.b64encode(b"admin:admin").decode()


@dataclass(frozen=True)
class Server:
    """A simulator of a process of its own."""

    process: int
    port: int
    ca_file: str
    control: str
    ready_after: float

    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100  # in hundredths of a second on Linux

    def memory(self) -> float:
        """Resident memory in MB."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20

    def advance(self) -> None:
        """Let all work take a step."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.control}/advance", b"{}"), timeout=60) as reply:
            reply.read()


def measure() -> Iterator[Row]:
    """Measure the load that one simulator can carry."""
    if sys.platform != "linux":
        yield Row("the simulator's load", None, note="it is read from /proc, which Linux alone has")
        return
    for name, value in figures().items():
        yield Row(name, value)


def figures() -> dict[str, float]:
    """Measure the load that one simulator can carry."""
    with simulator() as server:
        return {"simulator: seconds from the command to the first call": server.ready_after, **calls(server), **long_polls(server)}


@contextmanager
def simulator() -> Generator[Server]:
    """A simulator whose jobs make progress only on request."""
    command = [sys.executable, "-m", "mailstore_sdk.simulator", "--port", "0", "--control-port", "0", "--clock", "manual"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = dict(process.stdout.readline().strip().split(": ", 1) for _ in range(6))
        port = int(lines["URL"].rpartition(":")[2])
        server = Server(process.pid, port, lines["CA file"], lines["Control URL"], time.perf_counter() - began)
        try:
            yield server
        finally:
            process.terminate()


def calls(server: Server) -> dict[str, float]:
    """One call after the other over one connection."""
    found: dict[str, float] = {}
    with connect(server) as sock:
        for function, form in {"Ping": {}, "GetUserInfo": {"instanceID": "test01", "userName": "alice"}}.items():
            request = message(f"invoke/{function}", form)
            wall, cpu = rates(server, lambda request=request: exchange(sock, request))
            found[f"simulator: {function}, calls a second"] = wall
            found[f"simulator: {function}, calls a second of its CPU time"] = cpu
    return found


def rates(server: Server, call: Callable[[], object]) -> tuple[float, float]:
    """Calls a second by the clock on the wall and by the server's CPU time, the median of some rounds."""
    walls: list[float] = []
    cpus: list[float] = []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), server.cpu()
        for _ in range(CALLS):
            call()
        walls.append(CALLS / (time.perf_counter() - wall))
        cpus.append(CALLS / max(server.cpu() - cpu, 0.01))
    return statistics.median(walls), statistics.median(cpus)


def long_polls(server: Server) -> dict[str, float]:
    """Many polls that wait, calls while they do, and one step of the work that answers them all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, POLLS + 200), hard), hard))
    memory = server.memory()
    with connect(server) as caller:
        start = exchange(caller, message("invoke/VerifyStore", {"instanceID": "test01", "id": "1", "includeIndexes": "true"}))
        token = json.loads(start.decode("utf-8-sig"))["token"]
        poll = message("get-status", {"token": token, "lastKnownStatusVersion": "0", "millisecondsTimeout": "600000"})
        began = time.perf_counter()
        waiting = [connect(server) for _ in range(POLLS)]
        for sock in waiting:
            sock.sendall(poll)
        exchange(caller, message("invoke/Ping", {}))
        opened = time.perf_counter() - began
        wall, _ = rates(server, lambda: exchange(caller, message("invoke/Ping", {})))
        took = time.perf_counter()
        server.advance()
        answered = read_all(waiting)
        took = time.perf_counter() - took
        held = server.memory() - memory
    for sock in waiting:
        sock.close()
    assert answered == POLLS
    return {
        f"simulator: {POLLS} connections with open long polls, seconds to open": opened,
        f"simulator: {POLLS} open long polls, MB of memory for them": held,
        f"simulator: Ping during {POLLS} open long polls, calls a second": wall,
        f"simulator: {POLLS} open long polls, seconds to answer all": took,
    }


def read_all(waiting: list[ssl.SSLSocket]) -> int:
    """Wait for a reply on every connection; return how many came."""
    answered = 0
    with selectors.DefaultSelector() as selector:
        for sock in waiting:
            selector.register(sock, selectors.EVENT_READ)
        while selector.get_map() and (ready := selector.select(60)):
            for key, _ in ready:
                sock = key.fileobj
                assert isinstance(sock, ssl.SSLSocket)
                answered += read(sock).endswith(b"}")
                selector.unregister(sock)
    return answered


def connect(server: Server) -> ssl.SSLSocket:
    """A connection, without a HTTP library that would be measured too."""
    sock = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return ssl.create_default_context(cafile=server.ca_file).wrap_socket(sock, server_hostname="localhost")


def message(path: str, form: dict[str, str]) -> bytes:
    """A request as it goes out."""
    body = urlencode(form)
    head = [
        f"POST /api/{path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: Basic {LOGIN}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", body]).encode()


def exchange(sock: ssl.SSLSocket, request: bytes) -> bytes:
    """The body of the reply."""
    sock.sendall(request)
    return read(sock)


def read(sock: ssl.SSLSocket) -> bytes:
    """The body of one reply."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += sock.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    assert length
    while len(body) < int(length[1]):
        body += sock.recv(65536)
    return body
