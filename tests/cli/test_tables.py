"""Tables for people: the columns that matter, within the width of the terminal, sizes in units."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from rich.cells import cell_len

from mailstore_sdk.cli import table
from mailstore_sdk.cli.columns import COLUMNS
from mailstore_sdk.cli.sizes import human_size
from mailstore_sdk.cli.tables import Layout, as_table
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.project import ROOT

CATALOGUE = json.loads((ROOT / "mailstore_sdk" / "_generated" / "catalogue.json").read_text("utf-8"))
WIDTHS = [60, 80, 160]


def fields_of(function: str) -> set[str]:
    """The fields of the rows that a function returns."""
    types = {name: known for group in CATALOGUE["groups"] for name, known in group.get("types", {}).items()}
    [result] = [item["result"] for group in CATALOGUE["groups"] for item in group["functions"] if item["name"] == function]
    return set(types[result["items"]["$ref"].rpartition("/")[2]]["properties"])


def lines(shell: Shell, *words: str, width: int) -> list[str]:
    return shell.run(*words, "-o", "table", COLUMNS=str(width)).stdout.splitlines()


@pytest.mark.parametrize("function", COLUMNS)
def test_default_columns_are_fields_of_the_result(function: str) -> None:
    assert set(COLUMNS[function]) <= fields_of(function)


def test_fields_in_bytes_are_shown_as_sizes() -> None:
    found = {
        entry["function"]: entry["sizes"] for group in table.index()["groups"] for entry in table.group(group).values() if "sizes" in entry
    }
    assert found["GetStores"] == {"statisticsSize": "bytes"}
    assert found["GetFolderStatistics"] == {"size": "bytes"}
    assert found["GetInstanceStatistics"]["totalSizeMB"] == "MB"
    assert "GetUsers" not in found


@pytest.mark.parametrize("width", WIDTHS)
def test_users_are_one_line_each(shell: Shell, server: Simulator, width: int) -> None:
    users = server.estate.instances["test01"].users
    shown = lines(shell, "users", "get-users", "test01", width=width)
    assert shown[0].split() == ["userName", "fullName", "mfaStatus"]
    assert len(shown) == 2 + len(users)
    assert any(line.split()[:3] == ["bob", "Bob", "Example"] for line in shown)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_table_is_wider_than_the_terminal(shell: Shell, server: Simulator, width: int) -> None:
    server.estate.instances["test02"].users["alice"].full_name = "全角文字" * 20
    for words in (
        ("stores", "get-stores", "test02"),
        ("instances", "list"),
        ("users", "get-users", "test02"),
        ("jobs", "get-jobs", "test01"),
        ("profiles", "get-profiles", "test01", "--raw"),
        ("doctor",),
        ("profile", "list"),
    ):
        shown = lines(shell, *words, width=width)
        assert shown, words
        assert max(map(cell_len, shown)) <= width, words
        assert words == ("doctor",) or "…" not in shown[0], "names of columns are whole"


def test_a_narrow_terminal_drops_the_last_columns_and_shortens_the_widest(shell: Shell) -> None:
    headings = {width: lines(shell, "stores", "get-stores", "test02", width=width)[0].split() for width in WIDTHS}
    assert headings[160] == list(COLUMNS["GetStores"])[:-1]
    assert headings[60] == ["id", "name", "requestedState", "error"]
    assert headings[80] == headings[160][:5]
    assert "The archive store could no…" in "\n".join(lines(shell, "stores", "get-stores", "test02", width=80)), "what is wrong can be read"
    wide = "\n".join(lines(shell, "stores", "get-stores", "test02", width=160))
    assert re.search(r" \d+\.\d MB ", wide)
    assert "…" not in wide, "without the last column, all others are whole"
    assert lines(shell, "stores", "get-stores", "test02", width=190)[0].split() == list(COLUMNS["GetStores"])


def test_all_columns_become_records_if_they_do_not_fit(shell: Shell) -> None:
    shown = "\n".join(lines(shell, "stores", "get-stores", "test02", "--all-columns", width=80))
    first, *_ = shown.split("\n\n")
    assert {line.split()[0] for line in first.splitlines()} == fields_of("GetStores")
    assert "…" not in shown
    [header, *_] = lines(shell, "users", "get-users", "test01", "--all-columns", width=160)
    assert header.split() == ["userName", "fullName", "distinguishedName", "mfaStatus"]


def test_a_query_chooses_the_columns_itself(shell: Shell) -> None:
    shown = lines(shell, "users", "get-users", "test01", "--query", "[].{userName: userName, dn: distinguishedName}", width=80)
    assert shown[0].split() == ["userName", "dn"]


def test_an_object_is_names_and_values(shell: Shell) -> None:
    one = lines(shell, "users", "get-user-info", "test01", "alice", width=80)
    assert any(line.split()[:2] == ["emailAddresses", "alice@test01.example.com,"] for line in one)
    statistics = lines(shell, "instances", "get-instance-statistics", "test01", width=80)
    assert statistics[0].split() == ["totalSizeMB", "92", "MB"]


def test_numbers_are_on_the_right_and_empty_columns_are_left_out() -> None:
    rows: Any = [{"n": 5, "empty": None, "text": "a\nb"}, {"n": 1000, "empty": "", "text": "c"}]
    heading, _, *shown = as_table(rows).splitlines()
    assert heading.split() == ["n", "text"]
    assert [line.split() for line in shown] == [["5", "a", "b"], ["1000", "c"]]
    assert shown[0].index("5") == shown[1].index("1000") + 3
    assert as_table([]) == "(none)"
    assert as_table([{"a": None}]).split()[0] == "a"
    assert as_table([["x", 1]]).split()[:2] == ["Column1", "Column2"]
    assert as_table({"size": True}, Layout(sizes={"size": "bytes"})).split() == ["size", "true"]


def test_an_old_terminal_gets_no_ellipsis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr("rich.console.ConsoleOptions.ascii_only", True)
    assert as_table([{"a": "x" * 40}]).isascii()


def test_one_column_is_always_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    assert as_table([{"a_column_with_a_long_name": 5}]).split()[0].startswith("a_col")


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [
        (0, "bytes", "0 bytes"),
        (1023, "bytes", "1,023 bytes"),
        (26_098_800, "bytes", "24.9 MB"),
        (92, "MB", "92 MB"),
        (1536, "MB", "1.5 GB"),
        (5 * 10**9, "MB", "4,768.4 TB"),
    ],
)
def test_sizes_are_in_the_largest_unit_that_fits(count: int, unit: str, text: str) -> None:
    assert human_size(count, unit) == text
