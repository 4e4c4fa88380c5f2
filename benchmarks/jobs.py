"""Many jobs at once: from the server's change of a status to the caller, and what the client needs for it.

The simulator runs in a process of its own; on a machine with few cores its own work is part of the lag.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks.decode import peak_memory
from benchmarks.jobs_server import CHANGES
from benchmarks.measure import Row, Server, cpu_so_far, serving
from mailstore_sdk import AsyncSPEClient, Job, JobStatus, SPEClient

EVERY = 5.0
"""Seconds between two changes of one job; for more than a thousand longer, so that a second brings two hundred in any case."""

THE_THOUSAND = 1000
"""The goals are for so many jobs, each with a connection."""


def open_files() -> int:
    """How many files and sockets this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@dataclass
class Seen:
    """The changes that the caller saw, and when."""

    server: int
    lags: list[float] = field(default_factory=list[float])
    seen: int = 0
    served: float = 0.0
    files: int = field(default_factory=open_files)
    began: float = field(default_factory=time.monotonic)
    cpu: float = field(default_factory=time.process_time)
    memory: float = field(default_factory=peak_memory)

    def start(self) -> None:
        """Count time and CPU from now on; memory and connections are counted from the beginning."""
        self.began, self.cpu, self.served = time.monotonic(), time.process_time(), cpu_so_far(self.server)

    def note(self, status: JobStatus) -> None:
        """Count one change; lines that arrive together are changes that were not reported separately."""
        now = time.monotonic()
        lags = [now - float(line) for line in status.log.split()]
        self.lags += lags
        self.seen += bool(lags)

    def rows(self, name: str, jobs: int, *, strict: bool) -> Iterator[Row]:
        """The figures; `strict` where the goals hold."""
        expected, seconds, cpu = jobs * CHANGES, time.monotonic() - self.began, time.process_time() - self.cpu
        assert len(self.lags) == expected, (len(self.lags), expected)
        yield Row(f"{name}: changes reported separately / changes", self.seen / expected, at_least=0.98 if strict else None)
        yield Row(f"{name}: lag, median", median(self.lags) * 1000, "ms")
        yield Row(f"{name}: lag, 99 of 100", quantiles(self.lags, n=100)[-1] * 1000, "ms", at_most=60 if strict else None)
        yield Row(
            f"{name}: CPU of one core",
            cpu / seconds,
            at_most=0.4 if strict else None,
            note=f"{seconds:.0f} s; the simulator {(cpu_so_far(self.server) - self.served) / seconds:.2f}",
        )
        yield Row(f"{name}: CPU for each change", cpu / expected * 1e6, "µs")
        yield Row(f"{name}: memory for them", peak_memory() - self.memory, "MB")
        yield Row(f"{name}: connections", open_files() - self.files)


def measure() -> Iterator[Row]:
    """Each in a process and with a server of its own, so that none inherits another's work."""
    for scenario in SCENARIOS:
        done = subprocess.run([sys.executable, "-m", "benchmarks.jobs", scenario], capture_output=True, text=True, check=True)
        yield from (Row(**row) for row in json.loads(done.stdout))


SCENARIOS: dict[str, Callable[[], Iterable[Row]]] = {
    "thousand": lambda: asyncio.run(in_tasks(THE_THOUSAND, connections=THE_THOUSAND, poll_wait=30)),
    "taking turns": lambda: asyncio.run(in_tasks(1000, connections=100, poll_wait=5)),
    "five thousand": lambda: asyncio.run(in_tasks(5000, connections=5000, poll_wait=60)),
    "threads": lambda: in_threads(200),
    "together": lambda: together(200),
}


async def in_tasks(count: int, connections: int, poll_wait: float) -> list[Row]:
    """A task for each job, on one event loop; over connections that are open before it begins."""
    with serving("benchmarks.jobs_server", str(_seconds(count))) as server:
        async with AsyncSPEClient(**server.login, max_connections=connections, poll_wait=poll_wait, timeout=120) as spe:
            archive = spe.instance("test01")
            seen = Seen(server.pid)
            await asyncio.gather(*(spe.ping() for _ in range(connections)))
            seen.start()

            async def follow(number: int) -> None:
                await asyncio.sleep(number * _pause(count))
                async for status in await archive.verify_store(1):
                    seen.note(status)

            await asyncio.gather(*map(follow, range(count)))
            return list(seen.rows(f"{count:,} tasks, {connections:,} connections", count, strict=connections == THE_THOUSAND))


def in_threads(count: int) -> Iterator[Row]:
    """A thread for each job."""
    with (
        serving("benchmarks.jobs_server", str(_seconds(count))) as server,
        _client(server, count) as spe,
        ThreadPoolExecutor(count) as threads,
    ):
        archive = spe.instance("test01")
        seen = Seen(server.pid)
        seen.start()

        def follow(number: int) -> None:
            time.sleep(number * _pause(count))
            for status in archive.verify_store(1):
                seen.note(status)

        list(threads.map(follow, range(count)))
        yield from seen.rows(f"{count} threads", count, strict=False)


def together(count: int) -> Iterator[Row]:
    """By ``wait_all``."""
    with serving("benchmarks.jobs_server", str(_seconds(count))) as server, _client(server, 10) as spe:
        archive = spe.instance("test01")
        seen = Seen(server.pid)
        seen.start()
        jobs: list[Job[None]] = []
        for _ in range(count):
            jobs.append(archive.verify_store(1))
            time.sleep(_pause(count) / 2)
        spe.jobs.wait_all(jobs, on_status=lambda _, status: seen.note(status))
        yield from seen.rows(f"wait_all of {count}, 10 connections", count, strict=False)


def _client(server: Server, connections: int) -> SPEClient:
    return SPEClient(**server.login, max_connections=connections, timeout=120)


def _every(count: int) -> float:
    return EVERY * max(1.0, count / 1000)


def _pause(count: int) -> float:
    """Seconds between the starts of two jobs, so that all changes are spread evenly."""
    return _every(count) / count


def _seconds(count: int) -> float:
    return _every(count) * (CHANGES + 1)


if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in SCENARIOS[sys.argv[1]]()]))
