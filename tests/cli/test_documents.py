"""JSON arguments are checked by the types of the typed methods before anything is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailstore_sdk.simulator import Simulator
from tests.cli.conftest import Shell

HOST = {
    "serverName": "host09.example.com",
    "port": 8472,
    "serverCertificate": {"thumbprint": "00" * 20},
    "baseDirectory": None,
}
DIRECTORY = {
    "type": "office365OpenIDConnect",
    "credentialId": 1,
    "licensedExchangeOnlineUsersOnly": True,
    "enabledUsersOnly": True,
    "groups": ["Sales"],
    "redirectUrl": None,
    "deleteUsers": False,
}
POLICY = {
    "name": "Ten years",
    "enabled": True,
    "period": 10,
    "periodInterval": "year",
    "referenceDateType": "ArchiveDate",
    "delete": False,
    "searchCriteria": {"from": "a@example.com", "excludedArchives": ["alice"]},
}
PROFILE = {"name": "p", "owner": "admin", "type": "I", "connector": "IMAP", "details": {"host": "mail", "password": "canary"}}
COMMANDS = {
    "host": ("instance-hosts", "create-instance-host", "config", HOST),
    "directory": ("directory-services", "set-directory-services-configuration", "config", DIRECTORY),
    "policies": ("compliance", "set-retention-policies", "config", [POLICY]),
    "profile": ("profiles", "create-profile", "properties", PROFILE),
    "smtp": ("smtp", "set-smtp-settings", "settings", {"password": "canary"}),
}


def command(kind: str, document: object, folder: Path) -> list[object]:
    """The words that send a document."""
    group, name, option, _ = COMMANDS[kind]
    (folder / "document").write_text(json.dumps(document))
    return ["-i", "test01", group, name, f"--{option}", "file:document"]


def changed(kind: str, *path: str | int, to: Any = ...) -> Any:
    """The document that fits, with a value at a place, or without it."""
    document: Any = json.loads(json.dumps(COMMANDS[kind][3]))
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if to is ...:
        del place[last]
    else:
        place[last] = to
    return document


@pytest.mark.parametrize("kind", COMMANDS)
def test_valid_json_is_sent_without_a_message(shell: Shell, server: Simulator, tmp_path: Path, kind: str) -> None:
    result = shell.run(*command(kind, COMMANDS[kind][3], tmp_path))
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert server.calls


FAULTS = [
    ("host", changed("host", "port", to="8472"), 'config.port cannot be "8472": expected a whole number'),
    ("host", changed("host", "port", to=84.5), "config.port cannot be 84.5: expected a whole number"),
    ("host", changed("host", "port"), "config.port is missing"),
    ("host", changed("host", "serverCertificate", to=[]), "config.serverCertificate cannot be a list: expected an object"),
    ("host", changed("host", "serverCertificate", "thumbprint", to=5), "config.serverCertificate.thumbprint cannot be 5: expected a string"),
    ("host", changed("host", "baseDirctory", to="C:"), "config.baseDirctory is not a field of InstanceHost; expected one of serverName, port,"),
    ("host", {**changed("host", "baseDirectory"), "baseDirctory": "C:"}, "config.baseDirctory is not a field of InstanceHost; did you mean baseDirectory?"),
    ("host", {**changed("host", "serverName"), "server_name": "x"}, "config.server_name is not a field of InstanceHost; did you mean serverName?"),
    ("host", {**changed("host", "serverName"), "server_name": "x"}, "config.serverName is missing"),
    ("host", "host02", 'config cannot be "host02": expected an object'),
    ("directory", changed("directory", "deleteUsers", to="no"), 'config.deleteUsers cannot be "no": expected true or false'),
    ("directory", changed("directory", "groups", to="Sales"), 'config.groups cannot be "Sales": expected a list'),
    ("directory", changed("directory", "groups", 0, to=7), "config.groups[0] cannot be 7: expected a string"),
    ("directory", changed("directory", "redirectUrl"), "config.redirectUrl is missing"),
    ("directory", changed("directory", "serverName", to="x"), "config.serverName is not a field of DirectoryServicesOffice365OpenIDConnect"),
    ("directory", {}, "config.type is missing"),
    ("directory", 5, "config cannot be 5: expected an object"),
    ("policies", POLICY, "config cannot be an object: expected a list"),
    ("policies", changed("policies", 0, "period", to=None), "config[0].period cannot be null: expected a whole number"),
    ("policies", [POLICY, changed("policies", 0, "name")[0]], "config[1].name is missing"),
    ("policies", changed("policies", 0, "searchCriteria", "from", to={}), "config[0].searchCriteria.from cannot be an object: expected a string"),
    ("policies", changed("policies", 0, "periodInterval", to=1), "config[0].periodInterval cannot be 1: expected 'day', 'month' or 'year'"),
    ("profile", changed("profile", "details", "host", to=["canary"]), "properties.details.host cannot be a list: expected a string"),
    ("profile", changed("profile", "details", "password", to=12345), "properties.details.password cannot be this secret value: expected a string"),
    ("smtp", {"password": {"canary": 1}}, "settings.password cannot be this secret value: expected a string"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "document", "shown"), FAULTS)
def test_invalid_json_is_rejected_with_its_path(
    shell: Shell, server: Simulator, tmp_path: Path, kind: str, document: object, shown: str
) -> None:
    words = command(kind, document, tmp_path)
    said = shell.fails(2, *words)
    assert f"Error: {COMMANDS[kind][2]} is invalid:\n" in said
    assert f"\n  {shown}" in said
    assert shell.fails(2, *words, "--dry-run") == said
    assert server.requests == 0
    assert "canary" not in said
    assert "12345" not in said


def test_every_fault_is_reported_at_once(shell: Shell, tmp_path: Path) -> None:
    said = shell.fails(2, *command("host", {"prt": 1, "serverName": 2}, tmp_path))
    assert said.partition("Error: ")[2].splitlines() == [
        "config is invalid:",
        "  config.prt is not a field of InstanceHost; did you mean port?",
        "  config.serverName cannot be 2: expected a string",
        "  config.port is missing",
        "  config.serverCertificate is missing",
        "  If your server accepts it, send it with mailstore call.",
    ]


DOUBTS = [
    ("profile", changed("profile", "connector", to="Exchange"), 'properties.connector is "Exchange", which the catalogue does not list; known values: IMAP'),
    ("policies", changed("policies", 0, "periodInterval", to="week"), 'config[0].periodInterval is "week", which the catalogue does not list; known values: day, month, year'),
    ("directory", {"type": "actveDirectory"}, 'config.type is "actveDirectory", which the catalogue does not list; known values: activeDirectory, office365OpenIDConnect'),
    ("profile", changed("profile", "details", "userNmae", to="x"), "properties.details.userNmae is not among the known fields of ProfileDetails; did you mean userName?"),
    ("smtp", {"Password": "canary"}, "settings.Password is not among the known fields of SmtpSettings; did you mean password?"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "document", "shown"), DOUBTS)
def test_possibly_valid_json_is_sent_with_a_warning(
    shell: Shell, server: Simulator, tmp_path: Path, kind: str, document: object, shown: str
) -> None:
    words = command(kind, document, tmp_path)
    result = shell.run(*words, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, f"Warning: {shown}\n")
    result = shell.run(*words)
    assert (result.exit_code, result.stderr) == (0, f"Warning: {shown}\n")
    assert server.calls


def test_unknown_fields_of_an_incomplete_type_are_sent_without_a_message(shell: Shell, tmp_path: Path) -> None:
    for kind, document in (("smtp", {"server": "mail", "port": 25}), ("profile", changed("profile", "details", "folders", to=["a"]))):
        result = shell.run(*command(kind, document, tmp_path))
        assert (result.exit_code, result.stderr) == (0, ""), result.output


def test_call_sends_json_that_contradicts_the_catalogue(shell: Shell, server: Simulator, tmp_path: Path) -> None:
    newer = HOST | {"maintenance": True}
    shown = "config.maintenance is not a field of InstanceHost; expected one of serverName, port, serverCertificate, baseDirectory\n"
    assert f"  {shown}" in shell.fails(2, *command("host", newer, tmp_path))
    result = shell.run("call", "CreateInstanceHost", f"config={json.dumps(newer)}")
    assert (result.exit_code, result.stderr) == (0, f"Warning: {shown}")
    assert json.loads(server.calls[0].arguments["config"])["maintenance"] is True
    result = shell.run("call", "CreateInstanceHost", f"config={json.dumps(HOST | {'port': '8472'})}")
    assert result.stderr.startswith('Warning: config.port cannot be "8472": expected a whole number\n')
    assert json.loads(server.calls[1].arguments["config"])["port"] == "8472"


def test_the_output_of_a_getter_is_valid_input_for_the_setter(shell: Shell, tmp_path: Path) -> None:
    for kind, getter in (
        ("directory", ("directory-services", "get-directory-services-configuration", "test01")),
        ("policies", ("compliance", "get-retention-policies", "test01")),
        ("smtp", ("smtp", "get-smtp-settings", "test01")),
    ):
        result = shell.run(*command(kind, shell.data(*getter), tmp_path))
        assert result.exit_code == 0, result.stderr


def test_arguments_without_a_type_are_not_checked(shell: Shell) -> None:
    words = ("stores", "set-store-auto-create-configuration", "test01", "--config")
    assert shell.run(*words, '{"anything": [1, "goes"]}').exit_code == 0


def test_keys_of_yaml_are_strings(shell: Shell) -> None:
    shown = shell.fails(2, "instance-hosts", "create-instance-host", "--config", "stdin", stdin="1: x\n2026-01-01: y\n")
    assert "config.1 is not a field of InstanceHost" in shown
    assert "config.2026-01-01 is not a field" in shown
