"""Results as tables, JSON, YAML, CSV and lines, picked by queries, and safe for terminals."""

from __future__ import annotations

import csv
import io
import json

import pytest
import yaml

from mailstore_sdk.cli import output
from mailstore_sdk.cli.tables import as_table
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell

ROWS = [{"a": 1, "b": ["x", "y"]}, {"a": None, "c": {"d": True}}]


def test_a_pipe_gets_json_as_the_server_names_it(shell: Shell) -> None:
    assert shell.data("users", "get-users", "test01", "--query", "[?userName=='alice'] | [0]") == {
        "userName": "alice",
        "fullName": "Alice Example",
        "distinguishedName": "CN=Alice Example,DC=test01,DC=example,DC=com",
        "mfaStatus": "Disabled",
    }


def test_yaml_and_csv_are_read_back(shell: Shell) -> None:
    names = shell.data("users", "get-users", "test01", "--query", "[].userName")
    assert yaml.safe_load(shell.run("users", "get-users", "test01", "-o", "yaml", "--query", "[].userName").stdout) == names
    rows = list(csv.DictReader(io.StringIO(shell.run("users", "get-users", "test01", "-o", "csv").stdout)))
    assert [row["userName"] for row in rows] == names


def test_text_output_has_lines_for_cut(shell: Shell) -> None:
    result = shell.run("users", "get-users", "test01", "-o", "text", "--query", "[1:3].[userName, fullName]")
    assert result.stdout == "admin\tAdministrator\nalice\tAlice Example\n"
    result = shell.run("users", "get-users", "test01", "-o", "csv", "--query", "[1:3].[userName, fullName]")
    assert result.stdout == "Column1,Column2\nadmin,Administrator\nalice,Alice Example\n"
    result = shell.run("-o", "text", "users", "get-users", "test01", "--query", "[1:3].{u: userName, f: fullName}")
    assert result.stdout == "admin\tAdministrator\nalice\tAlice Example\n"


@pytest.mark.parametrize(
    ("value", "table", "text", "table_of_csv"),
    [
        (None, "", "", ""),
        (True, "true", "true", "value\ntrue"),
        ("a\x1b[31mb", "a\\u001b[31mb", "a\\u001b[31mb", "value\na\\u001b[31mb"),
        ([["a", ["b", "c"]], [None]], None, "a\tb, c\n\t", 'Column1,Column2\na,"b, c"\n,'),
        ([], "(none)", "", ""),
        (["a", "b"], None, "a\nb", "value\na\nb"),
        (ROWS, None, '1\tx, y\t\n\t\t{"d": true}', 'a,b,c\n1,"x, y",\n,,"{""d"": true}"'),
        ([{"a": 1}, 2], None, "1\n2", "a\n1\n2"),
    ],
)
def test_every_shape_can_be_printed_in_every_format(value: object, table: str | None, text: str, table_of_csv: str) -> None:
    if table is not None:
        assert as_table(value) == table
    assert output.as_text(value) == text
    assert output.as_csv(value) == table_of_csv
    assert json.loads(output.as_json(value)) == value
    if not isinstance(value, str):
        assert yaml.safe_load(output.as_yaml(value)) == value


def test_an_invalid_query_is_reported_before_anything_is_sent(shell: Shell, server: Simulator) -> None:
    shown = shell.fails(2, "users", "rename-user", "test01", "alice", "eve", "--query", "[")
    assert "Invalid value for '--query': '[' is not a valid JMESPath expression: " in shown
    assert not server.calls


def test_a_query_that_does_not_fit_the_result_is_reported_after_it(shell: Shell, server: Simulator) -> None:
    words = ("--query", "nonsense(@)")
    problem = "--query 'nonsense(@)' fails on the result: Unknown function: nonsense()\n"
    assert shell.fails(1, "users", "get-users", "test01", *words) == f"Error: {problem}"
    name = ("administrators", "create-system-administrator-api-password")
    shown = shell.fails(0, *name, *words)
    assert shown == f"Warning: CreateSystemAdministratorAPIPassword is done, but its result cannot be printed: {problem}"
    assert server.calls[-1].function == "CreateSystemAdministratorAPIPassword"


def test_text_from_the_server_cannot_control_the_terminal(shell: Shell, server: Simulator) -> None:
    server.estate.instances["test01"].users["alice"].full_name = "\x1b]0;owned\x07"
    assert "\x1b" not in shell.run("users", "get-users", "test01", "-o", "table").stdout
    assert "\x1b" not in shell.run("users", "get-users", "test01").stdout


def test_schema_drift_is_reported_in_a_sentence(shell: Shell, server: Simulator) -> None:
    server.faults.add("GetUsers", "not_json")
    error = shell.fails(9, "users", "get-users", "test01")
    assert error.startswith("Error: GetUsers: the reply is not from the Management API")


def test_nothing_is_printed_of_an_empty_list(shell: Shell, server: Simulator) -> None:
    server.estate.instances["test01"].stores.clear()
    done = shell.run("stores", "get-stores", "test01", "-o", "csv")
    assert (done.exit_code, done.stdout) == (0, "")
