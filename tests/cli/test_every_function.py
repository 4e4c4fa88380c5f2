"""Every function of the catalogue from the command line: what arrives, what is printed; its help, its skeleton, its dry run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from mailstore_codegen.catalogue.schema import Function
from mailstore_codegen.generate.examples import values
from pydantic import JsonValue

from mailstore_sdk import SPEClient
from mailstore_sdk.cli import table
from mailstore_sdk.cli.app import app
from mailstore_sdk.cli.functions import FunctionCommand
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell, environment
from tests.support.every_function import BEFORE, FUNCTIONS, REFUSED, on_the_wire

GROUPS = table.index()["groups"]
COMMANDS = {entry["function"]: (group, name, entry) for group in GROUPS for name, entry in table.group(group).items()}


@pytest.fixture(scope="module")
def old_server() -> Iterator[Simulator]:
    """For functions that newer servers no longer have."""
    with Simulator(clock="immediate", spe_version="9.0") as server:
        yield server


def text(value: JsonValue) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def command_line(function: Function, folder: Path) -> tuple[list[str], dict[str, str]]:
    """The example of a function as typed, and the variables with its secrets."""
    group, name, entry = COMMANDS[function.name]
    given = values(function)
    placed = [item["name"] for item in table.positional(entry)]
    words, env = [group, name, *(text(given[item]) for item in placed)], {}
    for argument in table.arguments(entry):
        key, option = argument["name"], f"--{argument['option']}"
        if key in placed or key not in given:
            continue
        if argument["kind"] == "boolean":
            words.append(option if given[key] else f"--no-{option[2:]}")
        elif argument["secret"]:
            env["CANARY"] = text(given[key])
            words += [option, "env:CANARY"]
        elif argument["kind"] == "json":
            (folder / key).write_text(json.dumps(given[key]))
            words += [option, f"file:{folder / key}"]
        else:
            words += [option, text(given[key])]
    return words, env


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_a_command_sends_its_arguments_and_prints_the_result(
    function: Function, request: pytest.FixtureRequest, shell: Shell, tmp_path: Path
) -> None:
    if function.until:
        server: Simulator = request.getfixturevalue("old_server")
        server.reset()
        shell = Shell(environment(server, tmp_path / "config.toml"))
    else:
        server = request.getfixturevalue("server")
    if function.name in BEFORE:
        name, arguments = BEFORE[function.name]
        with SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
            spe.call(name, **arguments)
    words, env = command_line(function, tmp_path)
    result = shell.run(*words, "--yes", **env)
    assert result.exit_code == (4 if function.name in REFUSED else 0), result.stderr
    if result.exit_code == 0 and result.stdout:
        json.loads(result.stdout)
    assert result.stdout or result.exit_code or function.effect.value != "read", "what reads prints something, be it null"
    secret = {item.name for item in function.args if item.secret}
    kinds = {item.name: item for item in function.args}
    expected = {name: "***" if name in secret else on_the_wire(kinds[name], value) for name, value in values(function).items()}
    call = next(call for call in server.calls if call.function == function.name and call.arguments.keys() == expected.keys())
    for name, value in expected.items():
        if kinds[name].type == "json" or "***" in call.arguments[name]:
            continue
        assert call.arguments[name] == value


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_a_command_accepts_its_own_skeleton(function: Function, nowhere: Shell, tmp_path: Path) -> None:
    group, name, _ = COMMANDS[function.name]
    if not function.args:
        assert nowhere.run(group, name, "--dry-run").exit_code == 0
        return
    skeleton = nowhere.data(group, name, "--skeleton")
    assert isinstance(skeleton, dict)
    assert list(skeleton) == [argument.name for argument in function.args if argument.until is None]
    (tmp_path / "arguments.json").write_text(json.dumps(skeleton))
    result = nowhere.run(group, name, "--dry-run", "--from-file", tmp_path / "arguments.json")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"POST /api/invoke/{function.name} HTTP/1.1\nHost: spe.example.com:8474\n")


def test_a_function_is_found_by_its_wire_name(shell: Shell) -> None:
    assert shell.data("users", "GetUserInfo", "test01", "alice") == shell.data("call", "GetUserInfo", "instanceID=test01", "userName=alice")


def test_no_function_is_missing() -> None:
    assert COMMANDS.keys() == FUNCTIONS.keys()


def test_a_command_without_an_instance_calls_a_function_of_the_installation(shell: Shell, server: Simulator) -> None:
    found: Any = shell.data("instances", "list", "--query", "[].instanceID")
    assert found == ["test01", "test02", "test03"]
    assert [call.function for call in server.calls] == ["GetInstances"]


def test_former_names_of_commands_work_but_are_not_listed() -> None:
    former_groups = {"scheduled-jobs": "jobs", "archiving-profiles": "profiles"}
    context = click.Context(app)
    for function, (group, name, _) in COMMANDS.items():
        old = FUNCTIONS[function].method.strip("_").replace("_", "-")
        for home in {group, former_groups.get(group, group)}:
            commands = app.get_command(context, home)
            assert isinstance(commands, click.Group)
            for alias in (old, function, name):
                found = commands.get_command(context, alias)
                assert isinstance(found, FunctionCommand), (home, alias)
                assert (found.entry["function"], found.name) == (function, name)
    assert "profiles" not in app.list_commands(context)
    assert app.get_command(context, "jobs").list_commands(context) == ["cancel", "status", "wait"]
