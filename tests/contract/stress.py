"""Interrupted, cancelled and concurrent calls, each with a unique value; run as a program.

``python -m tests.contract.stress [FACTOR]``: with a larger factor it runs for longer. Prints what was found.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from socket import socket
from typing import Any
from urllib.parse import parse_qs

from mailstore_sdk import AsyncSPEClient, SPEClient
from mailstore_sdk.errors import MailStoreError
from tests.support.raw_server import RawServer, http

FACTOR = int(sys.argv[1]) if len(sys.argv) > 1 else 1

JOB = "job"
"""The value of a call that starts a job."""


class EchoServer(RawServer):
    """Answers with the value that each request has; counts how often each came. The polls of a job, which have none, find it running."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def _serve(self, plain: socket) -> None:
        assert self._context
        with suppress(OSError), self._context.wrap_socket(plain, server_side=True) as connection:
            while request := self._read(connection):
                value = parse_qs(request.partition(b"\r\n\r\n")[2].decode()).get("value", [JOB])[0]
                time.sleep(random.random() / 500)
                if value == JOB:
                    reply = {"statusCode": "running", "token": "t", "statusVersion": 1}
                else:
                    self.seen[value] += 1
                    reply = {"statusCode": "succeeded", "result": value}
                connection.sendall(http(json.dumps(reply).encode()))


class Interrupted(Exception):  # noqa: N818 - as a signal's handler raises it
    """Raised at a random moment."""


def interrupt(*_: object) -> None:
    raise Interrupted


def interrupted(login: dict[str, Any], count: int) -> dict[str, object]:
    """Interrupt calls of the main thread at random moments."""
    signal.signal(signal.SIGALRM, interrupt)
    wrong, longest, cut = 0, 0.0, 0
    with SPEClient("localhost", **login, max_connections=2, timeout=20) as spe:
        job = spe.start("Echo", value=JOB)

        def call(number: int) -> bool:
            if number % 3 == 0:
                return job.refresh().state == "running"
            return spe.call("Echo", value=f"i{number}") == f"i{number}"

        for number in range(count):
            began = time.monotonic()
            try:
                signal.setitimer(signal.ITIMER_REAL, random.random() / 15)
                try:
                    wrong += not call(number)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            except Interrupted:
                cut += 1
            longest = max(longest, time.monotonic() - began)
        free, turns = spe._transport._slots._free.qsize(), spe._transport._turns[job]._free.qsize()
        after = spe.call("Echo", value="after")
    return {
        "wrong": wrong,
        "interrupted": cut,
        "longest call": round(longest, 2),
        "free slots of 2": free,
        "free turns of 1 job": turns,
        "after": after,
    }


def in_threads(login: dict[str, Any], count: int) -> dict[str, object]:
    """Calls from 64 threads."""
    with SPEClient("localhost", **login, max_connections=16) as spe, ThreadPoolExecutor(64) as threads:
        values = [f"t{number}" for number in range(count)]
        answers = list(threads.map(lambda value: spe.call("Echo", value=value), values))
    return {"wrong": sum(value != answer for value, answer in zip(values, answers, strict=True)), "calls": count}


async def in_tasks(login: dict[str, Any], count: int) -> dict[str, object]:
    """Calls from 500 tasks at once, a third of which is cancelled at random moments."""
    results: Counter[str] = Counter()

    async def call(spe: AsyncSPEClient, value: str) -> None:
        try:
            async with asyncio.timeout(random.random() / 5 if random.random() < 1 / 3 else None):
                results["wrong" if await spe.call("Echo", value=value) != value else "right"] += 1
        except TimeoutError:
            results["cancelled"] += 1
        except MailStoreError as error:
            results[type(error).__name__] += 1

    async with AsyncSPEClient("localhost", **login, max_connections=50) as spe:
        for turn in range(count):
            await asyncio.gather(*(call(spe, f"a{turn}-{number}") for number in range(500)))
        free, idle = spe._transport._slots._free._value, len(spe._transport._idle)
        await spe.call("Echo", value="after")
    left = len(asyncio.all_tasks()) - 1
    return {"wrong": results["wrong"], **results, "free slots of 50": free, "idle connections": idle, "tasks left": left}


def main() -> None:
    """Run all and print it."""
    with EchoServer() as server:
        login = {"port": server.port, "ca_file": server.ca_file, "username": "admin", "password": "admin", "retries": 0}
        found: dict[str, object] = {"interrupted": interrupted(login, 300 * FACTOR), "threads": in_threads(login, 600 * FACTOR)}
        found["tasks"] = asyncio.run(in_tasks(login, FACTOR))
        del server.seen["after"]
        found["sent twice"] = [value for value, times in server.seen.items() if times > 1]
    found["threads left"] = [thread.name for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()]
    json.dump(found, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
