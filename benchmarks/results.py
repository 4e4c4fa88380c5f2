"""A reply of 100,000 results of profiles: CPU, and memory at the peak; each way in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks.decode import ROWS
from benchmarks.measure import Row, environment, number_of_rounds, serving
from benchmarks.server import SPAN, START, rows

ROUNDS = number_of_rounds(5)
WAYS = ("json", "orjson", "json, models", "sdk")


def measure() -> Iterator[Row]:
    """In turns."""
    form = urlencode({"fromIncluding": START.isoformat(), "toExcluding": (START + SPAN).isoformat()}).encode()
    with tempfile.TemporaryDirectory() as folder, serving("benchmarks.server", str(ROWS)) as server:
        file = Path(folder) / "reply.json"
        file.write_bytes(rows(ROWS, form))
        size = file.stat().st_size / 2**20
        sources: dict[str, Sequence[str]] = {**{way: [str(file)] for way in WAYS}, "walked": [server.url, server.ca_file]}
        taken = [{way: _decoded(way, source) for way, source in sources.items()} for _ in range(ROUNDS)]

    def ratio(way: str, other: str) -> float:
        return median(round_[way]["seconds"] / round_[other]["seconds"] for round_ in taken)

    def of(way: str, what: str) -> float:
        return median(round_[way][what] for round_ in taken)

    whole = median(round_["walked"]["first"] / round_["walked"]["seconds"] / 1000 for round_ in taken)
    note = f"{ROWS:,} rows, {size:.0f} MB"
    yield Row("a typed list from bytes / json.loads then model_validate", ratio("sdk", "json, models"), at_most=0.85, note=note)
    yield Row("a typed list from bytes / json.loads alone", ratio("sdk", "json"))
    yield Row("a typed list from bytes / orjson.loads alone", ratio("sdk", "orjson"))
    for way in WAYS:
        words = {"json": "json.loads", "orjson": "orjson.loads", "json, models": "json.loads, model_validate", "sdk": "typed list"}[way]
        yield Row(f"{words}: peak", of(way, "peak"), "MB above imports")
    yield Row("iter_worker_results over TLS: peak", of("walked", "peak"), "MB above imports", at_most=5, note="windows of a day")
    yield Row("iter_worker_results: first row / all", whole, at_most=0.01)
    yield Row("iter_worker_results over TLS / a typed list from bytes at hand", ratio("walked", "sdk"))


def _decoded(way: str, source: Sequence[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.decode", way, *source]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
