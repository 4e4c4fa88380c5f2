"""Options that commands share: before a command, between group and command, after it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mailstore_sdk.cli import options
from mailstore_sdk.cli.app import app
from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell
from tests.support.project import ROOT

NO_SERVER = {"completion", "simulate"}
"""Commands that talk to no SPE."""

LOGIN = {str(param.name) for param in options.connection()}
OWN_PASSWORD = {(group, command) for group in ("administrators", "users") for command in ("create", "set-password")}


def leaves(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from leaves(command, (*words, name))
        else:
            yield (*words, name), command


def login(server: Simulator) -> list[str]:
    return ["--url", server.url, "--user", "admin", "--password", "env:PW", "--thumbprint", server.thumbprint]


@pytest.mark.parametrize(
    "words",
    [
        ("users", "get-users", "test01"),
        ("call", "GetUsers", "instanceID=test01"),
        ("profile", "test"),
        ("doctor",),
        ("report", "--summary"),
    ],
    ids=" ".join,
)
def test_server_options_are_accepted_anywhere(nowhere: Shell, server: Simulator, words: tuple[str, ...]) -> None:
    given = login(server)
    for place in {0, 1, len(words)} if words[0] in ("users", "profile") else {0, len(words)}:
        server.reset()
        result = nowhere.run(*words[:place], *given, *words[place:], PW="admin")
        assert result.exit_code == (2 if words[0] == "report" else 0), result.output
        assert server.calls, place


@pytest.mark.parametrize("words", [("system", "ping"), ("report", "--summary"), ("profile", "test"), ("doctor",)], ids=" ".join)
def test_the_profile_option_is_accepted_anywhere(nowhere: Shell, server: Simulator, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "config.toml").write_text(
        f"[profiles.p]\nurl = '{server.url}'\nusername = 'admin'\npassword = 'admin'\nthumbprint = '{server.thumbprint}'\n"
    )
    expected = nowhere.run("-p", "p", *words)
    assert expected.exit_code == (2 if words[0] == "report" else 0), expected.output
    found = nowhere.run(*words, "--profile", "p")
    assert (found.exit_code, found.stdout) == (expected.exit_code, expected.stdout)


def test_the_last_option_takes_precedence(nowhere: Shell, server: Simulator) -> None:
    words = ("--url", "spe.invalid", "-o", "yaml", "users", "-o", "csv", "get-users", "test01", *login(server), "-o", "json")
    assert next(user["userName"] for user in json.loads(nowhere.run(*words, PW="admin").stdout)) == "$archiveadmin"


@pytest.mark.parametrize("option", ["--url", "--user", "--thumbprint", "--instance", "--profile"])
def test_an_empty_option_does_not_select_the_default(shell: Shell, server: Simulator, option: str) -> None:
    for words in ((option, "", "users", "list", "test01"), ("users", "list", "test01", option, "")):
        result = shell.run(*words)
        assert (result.exit_code, server.calls) == (2, [])
        assert f"'{option}': It is empty; leave the option out for the default." in result.output


def test_every_command_accepts_shared_options() -> None:
    for words, command in leaves(app):
        taken = {str(param.name) for param in command.params if isinstance(param, options.Common)}
        if words[0] in NO_SERVER:
            assert not taken
        elif words[0] == "report":
            assert taken == {*LOGIN, "profile", "output", "query", "debug"}
        elif words in OWN_PASSWORD:
            assert not LOGIN & taken
        else:
            assert taken == {str(param.name) for param in options.everything()}, words


def test_the_password_of_a_function_is_not_used_for_the_login(nowhere: Shell, server: Simulator) -> None:
    words = ("users", "set-user-password", "test01", "alice")
    reported = nowhere.fails(2, *words, *login(server), PW="admin")
    assert (
        "Error: --url must come before the command here, because --password is an argument of the function: "
        "mailstore --url … users set-user-password\n"
    ) in reported
    assert "No such option" in nowhere.fails(2, *words, "--nonsense")
    assert nowhere.run(*login(server), *words, "--password", "env:NEW", PW="admin", NEW="new").exit_code == 0
    assert server.estate.instances["test01"].users["alice"].password == "new"


def test_help_shows_a_commands_own_options_first(nowhere: Shell) -> None:
    own, _, shared = nowhere.run("users", "get-users", "--help").stdout.partition("\nOptions of every command:\n")
    assert "  --from-file FILE" in own.partition("\nOptions:\n")[2]
    assert "  --url URL" in shared
    assert "INSTANCE_ID" not in own.partition("\nOptions:\n")[2]
    group = nowhere.run("users", "--help").stdout
    assert "--url" not in group.partition("\nCommands:\n")[0].partition("\nOptions:\n")[2]


def test_the_simulator_has_the_options_of_the_command(nowhere: Shell) -> None:
    shown = nowhere.run("simulate", "--help").stdout
    assert "Usage: mailstore simulate [OPTIONS]" in shown
    assert "--fault FUNCTION=KIND[,NAME=VALUE…]" in shown
    page = (ROOT / "docs" / "cli" / "simulate.md").read_text()
    assert re.findall(r"^  (?:-h, )?(--[a-z-]+)", page, re.MULTILINE) == re.findall(r"^  (?:-h, )?(--[a-z-]+)", shown, re.MULTILINE)
    assert "[default: seconds:3]" in page
    assert "Invalid value for '--seed'" in nowhere.fails(2, "simulate", "--seed", "nothing")
