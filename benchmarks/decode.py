"""One way to read 100,000 results of profiles, in a process of its own: ``python -m benchmarks.decode WAY FILE``.

Prints JSON: seconds of CPU, MB at the peak above what importing takes, milliseconds of CPU until the first row.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import orjson
from pydantic import TypeAdapter

from benchmarks.server import SPAN, START
from mailstore_sdk import SPEClient, WorkerResult
from mailstore_sdk._generated import functions
from mailstore_sdk.runtime._protocol.replies import BOM, Decoder

ROWS = 100_000


def peak_memory() -> float:
    """Peak memory in MB; ``getrusage`` also includes the peak of the process that started this one."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def walked(url: str, ca_file: str) -> Iterator[object]:
    """By ``iter_worker_results``, over TLS, a day at a time."""
    with SPEClient(url, username="admin", password="admin", ca_file=ca_file) as spe:
        yield from spe.instance("test01").iter_worker_results(START, START + SPAN, window=timedelta(days=1))


def main(way: str, *source: str) -> None:
    """Read, and print what it took."""
    adapter = TypeAdapter(list[WorkerResult])
    decoder = Decoder()
    decoder.read(functions.GET_WORKER_RESULTS, b'{"statusCode": "succeeded", "result": []}')

    def content() -> bytes:
        return Path(source[0]).read_bytes().removeprefix(BOM)

    ways: dict[str, Callable[[], object]] = {
        "read": content,
        "json": lambda: json.loads(content())["result"],
        "orjson": lambda: orjson.loads(content())["result"],
        "json, models": lambda: adapter.validate_python(json.loads(content())["result"]),
        "sdk": lambda: decoder.read(functions.GET_WORKER_RESULTS, Path(source[0]).read_bytes()).result,
        "walked": lambda: walked(*source),
    }
    if way == "walked":
        with SPEClient(source[0], username="admin", password="admin", ca_file=source[1]) as spe:
            spe.instance("test01").get_user_info("alice")  # loads the modules that a first call needs
    before, began = peak_memory(), time.process_time()
    rows = ways[way]()
    first = time.process_time() - began
    count = len(rows) if isinstance(rows, bytes | list) else 0
    if isinstance(rows, Iterator):
        next(rows)
        first = time.process_time() - began
        count = 1 + sum(1 for _ in rows)
    taken = time.process_time() - began
    assert way == "read" or count == ROWS, count
    print(json.dumps({"seconds": taken, "peak": peak_memory() - before, "first": first * 1000}))


if __name__ == "__main__":
    main(*sys.argv[1:])
