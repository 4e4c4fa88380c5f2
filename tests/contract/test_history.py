"""Long time ranges in windows, sync and async, against the simulator and a server that rejects some."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from mailstore_sdk import AsyncSPEClient, RefusedWindowsError, SPEClient, WorkerResult
from mailstore_sdk.simulator import Simulator
from tests.support.raw_server import RawServer, answer, http
from tests.support.small_catalogue import argument, catalogue, function, package

START, END = datetime(2020, 1, 1), datetime(2030, 1, 1)


def test_every_row_is_yielded_once_however_the_range_is_divided(spe_simulator: Simulator) -> None:
    server = spe_simulator
    with SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file, strict=True) as spe:
        archive = spe.instance("test01")
        whole = archive.get_worker_results(START, END)
        assert len(whole) > 100
        walked = list(archive.iter_worker_results(START, END, window=timedelta(days=90)))
        assert sorted(row.id for row in walked) == sorted(row.id for row in whole)
        assert [row.start_time for row in walked] == sorted(row.start_time for row in whole) != [row.start_time for row in whole]
        only = {row.user_name for row in archive.iter_worker_results(START, END, window=timedelta(days=365), user_name="alice")}
        assert only == {"alice"}
        jobs = list(archive.iter_job_results(START, END, window=timedelta(days=365)))
        assert [row.start_time for row in jobs] == sorted(row.start_time for row in jobs)
        assert sorted(row.job_result_id for row in jobs) == sorted(row.job_result_id for row in archive.get_job_results(START, END))


def test_the_async_client_yields_the_same_rows(spe_simulator: Simulator) -> None:
    server = spe_simulator
    options = {"username": "admin", "password": "admin", "ca_file": server.ca_file}

    async def main() -> tuple[list[int], list[int], int, int]:
        async with AsyncSPEClient(server.url, **options) as spe:
            archive = spe.instance("test01")
            walked = [row.id async for row in archive.iter_worker_results(START, END, window=timedelta(days=90))]
            jobs = [row async for row in archive.iter_job_results(START, END, window=timedelta(days=365))]
            whole = [row.id for row in await archive.get_worker_results(START, END)]
            assert [row.start_time for row in jobs] == sorted(row.start_time for row in jobs)
            return walked, whole, len(jobs), len(await archive.get_job_results(START, END))

    walked, whole, jobs, expected = asyncio.run(main())
    assert sorted(walked) == sorted(whole)
    assert jobs == expected > 0


def row(number: int, start: str) -> dict[str, object]:
    return {
        "id": number,
        "userName": "alice",
        "result": "succeeded",
        "itemsArchived": 1,
        "startTime": start,
        "completeTime": None,
        "machineName": "host01",
    }


def picky(limit: timedelta, poisoned: datetime) -> Any:
    """A server that refuses windows longer than `limit`, and every window with one moment in it."""

    def act(connection: Any, server: RawServer) -> None:
        form = parse_qs(server.requests[-1].partition(b"\r\n\r\n")[2].decode())
        start, end = (datetime.fromisoformat(form[name][0]) for name in ("fromIncluding", "toExcluding"))
        if end - start > limit or start <= poisoned < end:
            body = {"statusCode": "failed", "error": {"message": "Nullable object must have a value."}}
        else:
            body = {"statusCode": "succeeded", "result": [row(len(server.requests), start.isoformat())]}
        connection.sendall(http(json.dumps(body).encode()))

    return act


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_rejected_windows_are_halved_and_reported_at_the_end_if_still_rejected(raw_server: RawServer, kind: str) -> None:
    act = picky(timedelta(hours=6), datetime(2026, 1, 1, 5, 30))
    raw_server.answers = [lambda connection: act(connection, raw_server)] * 100
    options: dict[str, Any] = {"port": raw_server.port, "ca_file": raw_server.ca_file, "username": "a", "password": "b"}
    span = (datetime(2026, 1, 1), datetime(2026, 1, 2))
    rows: list[WorkerResult] = []

    async def walk_async() -> None:
        async with AsyncSPEClient("localhost", **options) as spe:
            async for found in spe.instance("test01").iter_worker_results(*span):
                rows.append(found)

    def walk() -> None:
        with SPEClient("localhost", **options) as spe:
            for found in spe.instance("test01").iter_worker_results(*span):
                rows.append(found)

    with pytest.raises(RefusedWindowsError, match="GetWorkerResults failed for 1 window") as caught:
        walk() if kind == "sync" else asyncio.run(walk_async())
    (window,) = caught.value.windows
    assert window.start <= datetime(2026, 1, 1, 5, 30) < window.end
    assert window.end - window.start < timedelta(hours=2)
    starts = [found.start_time for found in rows]
    assert starts == sorted(starts)
    assert len(rows) >= 5


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_function_of_the_whole_installation_is_read_in_windows_too(raw_server: RawServer, tmp_path: Path, kind: str) -> None:
    """The API has none so far; a team's catalogue may."""
    span = [argument(name, "datetime", required=True) for name in ("fromIncluding", "toExcluding")]
    walk = {"name": "iter_events", "start": "fromIncluding", "end": "toExcluding"}
    example = {"args": {"fromIncluding": "2026-01-01T00:00:00", "toExcluding": "2026-02-01T00:00:00"}}
    numbers = {"type": "array", "items": {"type": "integer"}}
    team = package(catalogue(None, [function("GetEvents", numbers, span, walk=walk, example=example)]), tmp_path)
    options: dict[str, Any] = {"port": raw_server.port, "ca_file": raw_server.ca_file, "username": "a", "password": "b"}
    raw_server.answers = [answer(json.dumps({"statusCode": "succeeded", "result": [number]}).encode()) for number in (1, 2, 3)]
    fortnight = (datetime(2026, 1, 1), datetime(2026, 1, 16))

    async def events() -> list[int]:
        async with team.AsyncSPEClient("localhost", **options) as spe:
            return [event async for event in spe.iter_events(*fortnight)]

    if kind == "sync":
        with team.SPEClient("localhost", **options) as spe:
            found = list(spe.iter_events(*fortnight))
    else:
        found = asyncio.run(events())
    assert found == [1, 2, 3]
    forms = [parse_qs(request.partition(b"\r\n\r\n")[2].decode()) for request in raw_server.requests]
    assert [form["fromIncluding"] for form in forms] == [["2026-01-01T00:00:00"], ["2026-01-08T00:00:00"], ["2026-01-15T00:00:00"]]
    assert forms[-1]["toExcluding"] == ["2026-01-16T00:00:00"]
