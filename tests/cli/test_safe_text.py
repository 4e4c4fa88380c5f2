"""Text from a server cannot control a terminal, deceive its reader or run in a spreadsheet, whatever is printed how."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
import yaml

from mailstore_sdk.cli import output
from mailstore_sdk.cli.data import parse_json
from mailstore_sdk.cli.tables import as_table
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell

EVIL = "\x1b]0;owned\x07\x9b31m\x7f\u202egnp\u2066[red]\u2028x"


def dangerous(text: str) -> set[str]:
    """The characters of a text that control something or cannot be seen, except line breaks."""
    kinds = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {char for char in text if unicodedata.category(char) in kinds and char not in "\n\t"}


@pytest.mark.parametrize("value", [[{EVIL: EVIL, "b": [EVIL]}], {EVIL: {"deep": [EVIL]}}, EVIL, [[EVIL, 1]]])
def test_no_output_format_prints_control_characters(value: object) -> None:
    forms = [output.as_json, output.as_yaml, output.as_csv, output.as_text, as_table]
    for form in forms:
        assert not dangerous(form(value)), form
    assert json.loads(output.as_json(value)) == value
    assert yaml.safe_load(output.as_yaml(value)) == value


def test_half_surrogates_are_printed_and_read_back() -> None:
    value = ["\ud800", "\U000e0041", "ok"]
    assert output.as_json(value).encode()
    assert json.loads(output.as_json(value)) == value
    assert output.as_yaml(value[1:]).encode()
    assert yaml.safe_load(output.as_yaml(value[1:])) == value[1:]


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_contains_no_formula(text: str) -> None:
    [[name], [cell], [number], [plain]] = csv.reader(io.StringIO(output.as_csv([{text: text}, {text: -1}, {text: "a=b"}])))
    assert (name[0], cell[0]) == ("'", "'")
    assert (number, plain) == ("-1", "a=b"), "numbers and what holds the signs elsewhere stay as they are"


@pytest.mark.parametrize("value", [float("nan"), [1.5, float("inf")], {"a": [{"b": float("-inf")}]}])
def test_a_number_that_json_lacks_is_null(value: object) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    assert "null" in output.as_json(value)
    json.loads(output.as_json(value), parse_constant=refuse)
    assert "NaN" not in output.as_csv(value)


def test_invalid_json_is_not_sent(shell: Shell, server: Simulator) -> None:
    for word in ("NaN", "-Infinity"):
        with pytest.raises(ValueError, match="is not JSON"):
            parse_json(word)
        assert "x:= requires JSON" in shell.fails(2, "call", "NewOne", f"x:={word}", "-y")
    assert not server.calls


def test_names_messages_and_logs_of_the_server(shell: Shell, server: Simulator) -> None:
    users = server.estate.instances["test01"].users
    users["alice"].full_name = EVIL
    for words in (
        ("users", "get-users", "test01"),
        ("users", "get-user-info", "test01", "alice"),
        ("users", "get-user-info", "test01", EVIL),
    ):
        for form in ("json", "yaml", "csv", "text", "table"):
            for more in ((), ("--debug",)):
                result = shell.run(*words, "-o", form, *more)
                assert not dangerous(result.output), (words, form, more)
                assert "owned" in result.output
    assert not dangerous(shell.run("users", EVIL).output)
    assert not dangerous(shell.run("-p", EVIL, "users", "get-users").output)


def test_a_job_token_with_markup(shell: Shell) -> None:
    token = str(JobToken(f"{EVIL}[/nonsense]", "token"))
    for command in ("wait", "status", "cancel"):
        result = shell.run("jobs", command, token)
        assert "MarkupError" not in result.output
        assert not dangerous(result.output)
