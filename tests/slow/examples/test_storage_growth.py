"""The table of sizes: what it counts, and the growth since earlier measurements."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailstore_sdk.simulator import Simulator
from tests.slow.examples.conftest import Load

RUNS = {1: 7, 80: 20, 100: 400}
"""How many messages were archived how many days ago."""


def test_size_archived_messages_and_growth(
    load: Load, spe_simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, file = load("storage_growth", spe_simulator), tmp_path / "sizes.csv"
    instance = spe_simulator.estate.instance("test01")
    now = datetime.now(UTC).replace(tzinfo=None)
    instance.runs = [replace(instance.runs[0], start=now - timedelta(days=days), items_archived=count) for days, count in RUNS.items()]
    messages = sum(store.messages for store in instance.stores.values())

    assert run("--measurements", file, "--days", 90, "--instances", "test01") == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split() == ["instance", "messages", "size", "MB", "archived", "90", "d", "growth"]
    name, count, _, archived, growth = line.split()
    assert (name, int(count), int(archived), growth) == ("test01", messages, 7 + 20, "-")

    measured = re.search(r"\d{4}-\d\d-\d\d", file.read_text())
    assert measured
    file.write_text(file.read_text().replace(measured[0], day := f"2020{measured[0][4:]}"))
    instance.stores[2].add(1_000, 5 * 2**20)
    assert run("--measurements", file) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith(f"+5 MB, +1000 messages since {day}")
    assert [line.split()[0] for line in lines[1:]] == ["test01", "test02"]
    assert len(file.read_text().splitlines()) == 1 + 1 + 2


def test_an_instance_that_fails_does_not_hide_the_others(load: Load, spe_simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    spe_simulator.faults.add("GetInstanceStatistics", "status", status=403)
    assert load("storage_growth", spe_simulator)() == 1
    captured = capsys.readouterr().out
    assert "the user may not use the Management API" in captured
    assert len(captured.splitlines()) == 3


def test_another_file_is_not_read_as_measurements(
    load: Load, spe_simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sizes.csv"
    file.write_text("a,b\n1,2\n")
    assert load("storage_growth", spe_simulator)("--measurements", file) == 1
    assert "is not a file of measurements" in capsys.readouterr().err
    assert file.read_text() == "a,b\n1,2\n"
