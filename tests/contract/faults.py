"""Inject thousands of faults between a client and its server: callers learn the actual outcome, and nothing is left behind.

``python -m tests.contract.faults [COUNT]`` injects so many (300) and prints what was found as JSON. A proxy ends TLS, counts each
whole request, and breaks off, resets, delays or replaces replies, before or after the simulator behind it acted. Calls of both
clients are interrupted and cancelled at random moments.
"""

from __future__ import annotations

import asyncio
import gc
import json
import queue
import random
import signal
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import httpx
from httpx_aiohttp import AiohttpTransport

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.errors import MailStoreError
from mailstore_sdk.simulator import Simulator
from tests.support.processes import PATIENCE, wait_until
from tests.support.raw_server import HangUpError, RawServer, http, reset
from tests.support.sockets import sockets_to

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 300
SHARE = 0.6
"""Share of the requests that fail."""
TIMEOUT, RETRIES, JOB_TIMEOUT = 0.4, 1, 4.0
LATE = 0.6
CONNECTIONS = 6
TASKS = 12
BEFORE = ("cut before", "reset before", "slow before", "500 before", "503 before", "page before")
AFTER = ("cut after", "reset after", "slow after", "502 after", "cut head", "cut body", "half JSON", "page", "drip", "twice")
MUTATING = ("CreateUser", "CreateStore")

VALUES: Mapping[str, Callable[[str], dict[str, object]]] = {
    "CreateUser": lambda value: {"userName": value, "privileges": ["login"]},
    "CreateStore": lambda value: {"name": value, "databasePath": rf"D:\{value}", "requestedState": "normal"},
    "SetUserFullName": lambda value: {"userName": "alice", "fullName": value},
    "GetUserInfo": lambda _: {"userName": "alice"},
}
"""The arguments of each call, with a unique value in calls that change something. CreateStore starts a job."""


class FaultyProxy(RawServer):
    """A proxy to a simulator that makes many requests fail.

    Attributes:
        injected: How often each fault happened.
        arrived: How often a whole request with a value arrived.
        open: How many connections are open.
    """

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self.simulator = simulator
        self.injected: Counter[str] = Counter()
        self.arrived: Counter[str] = Counter()
        self.is_faulty = False
        self.open: list[None] = []
        self._far_context = ssl.create_default_context(cafile=simulator.ca_file)
        self._far: queue.LifoQueue[HTTPSConnection] = queue.LifoQueue()

    def _serve(self, plain: socket.socket) -> None:
        self.open.append(None)
        try:
            with suppress(OSError, HangUpError, HTTPException), plain:
                if self._fault(("no handshake",), SHARE / 10):
                    return
                assert self._context
                with self._context.wrap_socket(plain, server_side=True) as connection:
                    while request := self._read(connection):
                        self._answer(connection, request)
        finally:
            self.open.pop()

    def _fault(self, kinds: tuple[str, ...], share: float) -> str:
        if not self.is_faulty or random.random() > share:
            return ""
        kind = random.choice(kinds)
        self.injected[kind] += 1
        return kind

    def _answer(self, connection: ssl.SSLSocket, request: bytes) -> None:
        head, _, form = request.partition(b"\r\n\r\n")
        fields = parse_qs(form.decode())
        for name in ("fullName", "name") if {"fullName", "name"} & fields.keys() else ("userName",):
            self.arrived.update(fields.get(name, []))
        kind, _, when = (fault := self._fault(BEFORE + AFTER, SHARE)).partition(" ")
        if when == "before":
            self._spoil(connection, kind)
        reply = self._forward(head, form)
        whole = http(*reply)
        match fault:
            case "cut head":
                connection.sendall(whole[:20])
                raise HangUpError
            case "cut body":
                connection.sendall(whole[:-3])
                raise HangUpError
            case "half JSON":
                whole = http(reply[0][: len(reply[0]) // 2])
            case "page":
                whole = http(b"<html>")
            case "twice":
                whole *= 2
            case "drip":
                for byte in whole[:20]:
                    connection.sendall(bytes([byte]))
                    time.sleep(LATE / 20)
                raise HangUpError
            case _ if when == "after":
                self._spoil(connection, kind)
        connection.sendall(whole)

    def _spoil(self, connection: ssl.SSLSocket, kind: str) -> None:
        """Inject a fault before or after the server acts; a request that is only delayed continues."""
        match kind:
            case "slow":
                time.sleep(LATE)
                return
            case "reset":
                reset(connection)
            case "page":
                connection.sendall(http(b"<html>"))
            case "500" | "502" | "503":
                connection.sendall(http(b"Error", f"{kind} Error"))
            case _:
                pass
        raise HangUpError

    def _forward(self, head: bytes, form: bytes) -> tuple[bytes, str, bytes]:
        lines = head.decode().split("\r\n")
        try:
            far = self._far.get_nowait()
        except queue.Empty:
            far = HTTPSConnection("localhost", self.simulator.port, context=self._far_context)
        far.request("POST", lines[0].split()[1], form, dict(line.split(": ", 1) for line in lines[1:]))
        reply = far.getresponse()
        body = reply.read()
        self._far.put(far)
        cookies = "".join(f"Set-Cookie: {value}\r\n" for value in reply.headers.get_all("Set-Cookie", []))
        return body, f"{reply.status} {reply.reason}", cookies.encode()

    @property
    def number(self) -> int:
        """How many faults happened."""
        return self.injected.total()


class Outcome(NamedTuple):
    """What a caller learned: the value, the error or the interrupt."""

    function: str
    value: str
    error: BaseException | None
    seconds: float

    @property
    def overtime(self) -> float:
        """Seconds beyond the deadlines: each attempt has one, and so has the wait for a job; its last poll has two more seconds."""
        waits = JOB_TIMEOUT + 2 if self.function == "CreateStore" else 0
        return self.seconds - waits - TIMEOUT * (RETRIES + 1) - 0.1

    def says(self, acted: int) -> bool:
        """Return whether the outcome is correct if the server acted this often."""
        if isinstance(self.error, MailStoreError):
            return {"no": acted == 0, "yes": acted >= 1, "maybe": True}[self.error.server_acted]
        return self.error is not None or acted >= 1


class Run:
    """Calls of one client, and their outcomes."""

    def __init__(self, proxy: FaultyProxy, goal: int) -> None:
        self.proxy, self.goal = proxy, goal
        self.outcomes: list[Outcome] = []
        self.numbers = iter(range(10**9))

    @property
    def has_more(self) -> bool:
        return self.proxy.number < self.goal

    def next(self) -> tuple[str, str]:
        """A function, and a value that no other call has."""
        return (function := random.choice(list(VALUES))), f"{function}-{next(self.numbers)}"

    @contextmanager
    def noted(self, function: str, value: str) -> Generator[None]:
        began = time.monotonic()
        error: BaseException | None = None
        try:
            yield
        except (MailStoreError, KeyboardInterrupt, asyncio.CancelledError, TimeoutError) as caught:
            error = caught.with_traceback(None)  # the frames may keep a socket alive as long as the error
            error.__context__ = None
        self.outcomes.append(Outcome(function, value, error, time.monotonic() - began))


def call(run: Run, spe: SPEClient, function: str, value: str) -> None:
    """One call, and for a job the wait for its end."""
    with run.noted(function, value):
        job = spe.start(function, instanceID="test01", **VALUES[function](value))
        job.result(timeout=JOB_TIMEOUT)


async def call_async(run: Run, spe: AsyncSPEClient, function: str, value: str) -> None:
    with run.noted(function, value):
        async with asyncio.timeout(random.random() if random.random() < 1 / 4 else None):
            job = await spe.start(function, instanceID="test01", **VALUES[function](value))
            await job.result(timeout=JOB_TIMEOUT)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def sync(run: Run, login: dict[str, Any]) -> dict[str, object]:
    """Calls of threads, and those of the main thread, which Ctrl-C interrupts at random moments."""

    def work() -> None:
        while run.has_more:
            call(run, spe, *run.next())

    signal.signal(signal.SIGALRM, interrupt)
    spe = SPEClient("localhost", **login)
    patient = spe.with_options(timeout=PATIENCE)
    patient.get_environment_info()  # otherwise a client of the session protocol assumes 8.5, which creates stores differently
    run.proxy.is_faulty = True
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        workers = [threads.submit(work) for _ in range(CONNECTIONS)]
        while run.has_more:
            function, value = run.next()
            with suppress(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, random.random() / 5)
                try:
                    call(run, spe, function, value)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
        for worker in workers:
            worker.result()
    run.proxy.is_faulty = False
    transport: Any = spe._transport
    found = {"slots lost": CONNECTIONS - transport._slots._free.qsize() + sum(1 - turn._free.qsize() for turn in transport._turns.values())}
    assert patient.call("GetUserInfo", instanceID="test01", userName="alice"), "the client continues"
    spe.close()
    return found


async def tasks(run: Run, login: dict[str, Any], theirs: httpx.AsyncClient | None = None) -> dict[str, object]:
    """Calls of tasks, a quarter of which is cancelled at random moments."""

    async def work() -> None:
        while run.has_more:
            await call_async(run, spe, *run.next())

    troubles: list[str] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: troubles.append(str(context)))
    spe = AsyncSPEClient("localhost", **login, http_client=theirs)
    patient = spe.with_options(timeout=PATIENCE)
    await patient.get_environment_info()
    run.proxy.is_faulty = True
    await asyncio.gather(*(work() for _ in range(TASKS)))
    run.proxy.is_faulty = False
    transport: Any = spe._transport
    found: dict[str, object] = {
        "slots lost": CONNECTIONS - transport._slots._free._value + sum(1 - turn._free._value for turn in transport._turns.values())
    }
    assert await patient.call("GetUserInfo", instanceID="test01", userName="alice"), "the client continues"
    await spe.close()
    await asyncio.to_thread(wait_a_while, lambda: len(asyncio.all_tasks(loop)) == 1)
    return {**found, "tasks left": len(asyncio.all_tasks()) - 1, "troubles of the event loop": troubles}


async def tasks_over_aiohttp(run: Run, login: dict[str, Any]) -> dict[str, object]:
    """The same with a transport that reports no progress, and an exception of one type for many reasons."""
    transport = AiohttpTransport(verify=ssl.create_default_context(cafile=login.pop("ca_file")))
    async with httpx.AsyncClient(transport=transport) as theirs:
        found = await tasks(run, login, theirs)
    await asyncio.sleep(0.1)  # aiohttp closes TLS later
    return found


def part(client: Callable[[Run, dict[str, Any]], dict[str, object]], protocol: Any, count: int) -> dict[str, object]:
    """The result of one kind of client in one dialect."""
    with Simulator(clock="polls:2", protocol=protocol) as simulator, FaultyProxy(simulator) as proxy:
        run = Run(proxy, count)
        login = {"username": "admin", "password": "admin", "port": proxy.port, "ca_file": proxy.ca_file, "protocol": protocol}
        options = {"timeout": TIMEOUT, "retries": RETRIES, "backoff": 0.01, "poll_wait": 0.2, "max_connections": CONNECTIONS}
        began = time.monotonic()
        found = client(run, {**login, **options})
        found["seconds"] = round(time.monotonic() - began)
        gc.collect()
        wait_a_while(lambda: not proxy.open and not sockets_to(proxy.port))
        found["sockets left"] = max(len(proxy.open), sockets_to(proxy.port))
        found["threads left"] = sum(isinstance(thread, threading.Timer) and thread.is_alive() for thread in threading.enumerate())
        return {**found, **judged(run, simulator), "faults": dict(proxy.injected)}


def wait_a_while(condition: Callable[[], bool]) -> None:
    """Wait until nothing is left; if something is, it is reported."""
    with suppress(AssertionError):
        wait_until(condition)


def judged(run: Run, simulator: Simulator) -> dict[str, object]:
    """What callers learned, compared with what the proxy and the simulator saw."""
    acted: Counter[str] = Counter()
    for seen in simulator.calls:
        value = seen.arguments.get("fullName") or seen.arguments.get("name") or seen.arguments.get("userName")
        acted[value or ""] += seen.status_code in ("succeeded", "running")
    changing = [outcome for outcome in run.outcomes if outcome.function != "GetUserInfo"]
    latest = max(run.outcomes, key=lambda outcome: outcome.overtime)
    kinds = Counter(
        f"{type(outcome.error).__name__} {outcome.error.server_acted}"
        if isinstance(outcome.error, MailStoreError)
        else type(outcome.error).__name__
        for outcome in run.outcomes
    )
    return {
        "calls": len(run.outcomes),
        "sent twice": [value for value, times in run.proxy.arrived.items() if times > 1 and value.startswith(MUTATING)],
        "acted twice": [value for value, times in acted.items() if times > 1 and value.startswith(MUTATING)],
        "wrong": [
            f"{outcome.error!r}, acted {acted[outcome.value]} times" for outcome in changing if not outcome.says(acted[outcome.value])
        ],
        "seconds beyond the deadline": round(latest.overtime, 2),
        "the latest": f"{latest.function}: {latest.error!r}",
        "outcomes": dict(kinds.most_common()),
    }


def main() -> None:
    """Run all and print it."""
    found = {
        "sync": part(sync, "basic", COUNT * 3 // 10),
        "async": part(lambda run, login: asyncio.run(tasks(run, login)), "basic", COUNT * 3 // 10),
        "async over aiohttp": part(lambda run, login: asyncio.run(tasks_over_aiohttp(run, login)), "basic", COUNT * 2 // 10),
        "sync, session": part(sync, "session", COUNT // 10),
        "async, session": part(lambda run, login: asyncio.run(tasks(run, login)), "session", COUNT // 10),
    }
    json.dump(found, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
