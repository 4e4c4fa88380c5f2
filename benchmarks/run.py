"""Time the SDK against the plain HTTP library, both in one run, and print ratios.

Both sides call the same simulator, which runs in a process of its own. Each figure is a median over rounds in which the
two take turns, so that a machine whose speed drifts slows both.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from cli import startup

from mailstore_sdk import AsyncSPEClient, SPEClient

ROUNDS = 7
CALLS = 300
CONCURRENCY = 50
IMPORTS = {
    "import mailstore_sdk": "import mailstore_sdk",
    "import httpx, pydantic": "import httpx, pydantic; pydantic.BaseModel",
    "interpreter": "pass",
}


@dataclass(frozen=True)
class Server:
    """The simulator's address and its certificate authority."""

    url: str
    ca_file: str


def main() -> None:
    """Measure and print one table, and the same as JSON."""
    with simulator() as server:
        table = {**imports(), **startup(server.url, server.ca_file), **sequential(server), **asyncio.run(concurrent(server))}
    if sys.platform == "linux":
        import simulator_load  # reads /proc

        table |= simulator_load.figures()
    for name, value in table.items():
        print(f"{name:<74} {value:8.3f}")
    Path(__file__).with_name("results.json").write_text(json.dumps(table, indent=2) + "\n")


@contextmanager
def simulator() -> Generator[Server]:
    """A simulator in a process of its own."""
    command = [sys.executable, "-m", "mailstore_sdk.simulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        shown = "".join(process.stdout.readline() for _ in range(5))
        url, ca_file = re.search(r"https://\S+", shown), re.search(r"/\S+\.pem", shown)
        assert url, shown
        assert ca_file, shown
        try:
            yield Server(url[0], ca_file[0])
        finally:
            process.terminate()


def imports() -> dict[str, float]:
    """What importing costs, without the interpreter's own start."""

    def seconds(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - began

    taken = {name: [seconds(code) for _ in range(2 * ROUNDS)] for name, code in IMPORTS.items()}
    net = {name: min(values) - min(taken["interpreter"]) for name, values in taken.items()}
    return {"import mailstore_sdk / import httpx, pydantic": net["import mailstore_sdk"] / net["import httpx, pydantic"]}


def sequential(server: Server) -> dict[str, float]:
    """One call after the other over one connection."""
    context = ssl.create_default_context(cafile=server.ca_file)
    form = {"instanceID": "test01", "userName": "alice"}
    with (
        SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe,
        httpx.Client(base_url=server.url, verify=context, auth=("admin", "admin"), timeout=30) as plain,
    ):
        archive = spe.instance("test01")

        def ours() -> None:
            for _ in range(CALLS):
                archive.get_user_info("alice")

        def theirs() -> None:
            for _ in range(CALLS):
                _ = plain.post("/api/invoke/GetUserInfo", data=form).content

        mine, other = in_turns(ours, theirs)
    return {
        "one typed call, microseconds": mine / CALLS * 1e6,
        "one typed call / httpx.Client.post without parsing": mine / other,
    }


async def concurrent(server: Server) -> dict[str, float]:
    """Many calls at once from one event loop."""
    context = ssl.create_default_context(cafile=server.ca_file)
    form = {"instanceID": "test01", "userName": "alice"}
    async with (
        AsyncSPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe,
        httpx.AsyncClient(base_url=server.url, verify=context, auth=("admin", "admin"), timeout=60) as plain,
    ):
        archive = spe.instance("test01")

        async def ours() -> None:
            await asyncio.gather(*(archive.get_user_info("alice") for _ in range(CONCURRENCY)))

        async def theirs() -> None:
            await asyncio.gather(*(plain.post("/api/invoke/GetUserInfo", data=form) for _ in range(CONCURRENCY)))

        mine, other = await in_turns_async(ours, theirs)
    return {f"{CONCURRENCY} typed calls at once: calls a second / those of httpx.AsyncClient": other / mine}


def in_turns(first: Callable[[], None], second: Callable[[], None]) -> tuple[float, float]:
    """Median seconds of two things that take turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, act in zip(taken, (first, second), strict=True):
            began = time.perf_counter()
            act()
            times.append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


async def in_turns_async(first: Callable[[], Awaitable[None]], second: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Median seconds of two things that take turns on an event loop."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, act in zip(taken, (first, second), strict=True):
            began = time.perf_counter()
            await act()
            times.append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    main()
