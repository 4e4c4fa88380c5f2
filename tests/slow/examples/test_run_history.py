"""The history of runs as CSV: complete, in spite of stops and of a server that refuses."""

import csv
import json
import ssl
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from mailstore_sdk import SPEClient
from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import Load, start
from tests.support.processes import PATIENCE, wait_until
from tests.support.raw_server import RawServer, http

TODAY = datetime.combine(datetime.now(UTC), datetime.min.time())
UNTIL = ("--until", f"{TODAY:%Y-%m-%d}")
"""The program's default, if midnight does not pass between two of its runs."""


@pytest.fixture
def server() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


def written(file: Path) -> Counter[tuple[str, int]]:
    """Each row by instance and number, with how often it is there."""
    with file.open(newline="") as lines:
        return Counter((row["instance"], int(row["id"])) for row in csv.DictReader(lines))


def expected(server: Simulator, *instances: str) -> Counter[tuple[str, int]]:
    """What the API gives for the 30 days before today, each row once."""
    with SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
        span = (TODAY - timedelta(days=30), TODAY)
        runs = {name: spe.instance(name).get_worker_results(*span, time_zone_id="UTC") for name in instances}
    assert all(len(rows) > 200 for rows in runs.values())
    return Counter((name, row.id) for name, rows in runs.items() for row in rows)


def test_all_instances(load: Load, server: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, file = load("run_history", server), tmp_path / "runs.csv"
    assert run(file, "--days", 5, *UNTIL) == 1
    assert "test03: 6 window(s) missing" in capsys.readouterr().err
    assert written(file) == expected(server, "test01", "test02")

    server.estate.start_instance(server.estate.instance("test03"))
    assert run(file, "--days", 5, *UNTIL) == 0
    assert written(file) == expected(server, "test01", "test02", "test03")
    asked = len(server.calls)
    assert run(file, *UNTIL) == 0
    assert {call.function for call in server.calls[asked:]} == {"GetInstances"}


def test_a_line_has_the_servers_values(load: Load, server: Simulator, tmp_path: Path) -> None:
    run, file = load("run_history", server), tmp_path / "runs.csv"
    run(file, "--instances", "test01", "--days", 30)
    stored = {run.id: run for run in server.estate.instance("test01").runs}
    with file.open(newline="") as lines:
        for row in csv.DictReader(lines):
            known = stored[int(row["id"])]
            assert row["start"] == known.start.replace(tzinfo=UTC).isoformat()
            assert (row["user"], row["result"], row["messages"]) == (known.user_name, known.result, str(known.items_archived))
            assert row["profile"] == (known.profile_name or "")


def test_csv_contains_no_formula(load: Load, server: Simulator, tmp_path: Path) -> None:
    run, file = load("run_history", server), tmp_path / "runs.csv"
    archive = server.estate.instance("test01")
    archive.runs = [replace(one, profile_name="=cmd|'/c calc'!A0") for one in archive.runs]
    run(file, "--instances", "test01", "--days", 30)
    with file.open(newline="") as lines:
        assert {row["profile"] for row in csv.DictReader(lines) if row["profile"]} == {"'=cmd|'/c calc'!A0"}


def test_killed_at_any_time_it_continues_without_loss_or_retry(server: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "runs.csv"
    for calls in (10, 15):
        server.faults.add("GetWorkerResults", "delay", skip=calls - 1, seconds=10 * PATIENCE)
        process = start("run_history", server, file, "--instances", "test01", "--days", "1", *UNTIL)
        wait_until(lambda: server.faults.all() == [], process)
        process.kill()
        process.communicate()
    assert 0 < len(written(file)) < len(expected(server, "test01"))
    process = start("run_history", server, file, "--instances", "test01", "--days", "1", *UNTIL)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert written(file) == expected(server, "test01")


def test_an_incomplete_last_record_is_removed(load: Load, server: Simulator, tmp_path: Path) -> None:
    run, file = load("run_history", server), tmp_path / "runs.csv"
    server.faults.add("GetWorkerResults", "delay", 4, seconds=0)
    server.faults.add("GetWorkerResults", "status", "always", status=403)
    assert run(file, "--instances", "test01", "--days", 3, *UNTIL) == 1
    complete = file.read_bytes()
    assert complete.count(b"\n") > 20
    file.write_bytes(complete + b"test01,17,1,Mailboxes of al" * 9_999)
    server.faults.clear()
    assert run(file, *UNTIL) == 0
    assert file.read_bytes().startswith(complete)
    assert written(file) == expected(server, "test01")


def test_rejected_windows_are_retried(load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poisoned: datetime | None = datetime(2026, 1, 5, 5, 30)
    every_hour = [datetime(2026, 1, 1) + timedelta(hours=number) for number in range(14 * 24)]

    def act(connection: ssl.SSLSocket) -> None:
        head, _, body = server.requests[-1].partition(b"\r\n\r\n")
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        result: object = [{"instanceID": "one", "alias": None, "displayName": None, "instanceHost": "h", "startMode": "automatic",
                           "processID": 1, "status": "running", "startStopError": None}]  # fmt: skip
        error = None
        if b"GetWorkerResults" in head:
            start, end = (datetime.fromisoformat(form[name]) for name in ("fromIncluding", "toExcluding"))
            error = {"message": "Nullable object must have a value."} if poisoned and start <= poisoned < end else None
            result = [{"id": int(f"{hour:%j%H}"), "userName": "alice", "result": "succeeded", "itemsArchived": 1, "completeTime": None,
                       "startTime": hour.isoformat(), "machineName": "H"}
                      for hour in every_hour if start <= hour < end]  # fmt: skip
        body = {"statusCode": "failed" if error else "succeeded", "error": error, "result": None if error else result}
        connection.sendall(http(json.dumps(body).encode()))

    with RawServer() as server:
        server.answers = [act] * 100
        run, file = load("run_history", server), tmp_path / "runs.csv"
        words = ("--since", "2026-01-01", "--until", "2026-01-15")
        assert run(file, *words) == 1
        assert "one: 1 window(s) missing, the first from 2026-01-05 0" in capsys.readouterr().err
        assert 320 < len(written(file)) < 14 * 24
        poisoned = None
        assert run(file, *words) == 0
    rows = written(file)
    assert set(rows.values()) == {1}
    assert len(rows) == 14 * 24


def test_another_file_is_not_changed(load: Load, server: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, file = load("run_history", server), tmp_path / "runs.csv"
    file.write_text("mine")
    assert run(file) == 1
    assert "this program did not write it" in capsys.readouterr().err
    assert file.read_text() == "mine"

    other = tmp_path / "other.csv"
    begun = (other, "--instances", "test01", "--days", 200)
    run(*begun)
    assert run(*begun, "--since", "2026-01-01") == 1
    assert "was started with other days" in capsys.readouterr().err
    other.write_text("")
    assert run(other) == 1
    assert "shorter than its progress file says" in capsys.readouterr().err
