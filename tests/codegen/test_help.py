"""The help and the errors that all of the generator's commands share."""

import errno
from pathlib import Path
from unittest.mock import Mock

import click
import pytest
from click.testing import CliRunner
from mailstore_codegen.cli.project import main

from tests.support.project import ROOT

CONTEXT = click.Context(main)
COMMANDS = main.list_commands(CONTEXT)


def test_the_list_of_commands_shortens_no_summary() -> None:
    shown = CliRunner().invoke(main, ["-h"], terminal_width=80).output
    assert all(f"  {command} " in shown for command in COMMANDS)
    assert "..." not in shown.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_what_its_options_expect(command: str) -> None:
    result = CliRunner().invoke(main, [command, "-h"])
    assert result.exit_code == 0
    assert " TEXT " not in result.output


VERSIONS = [
    (command, option)
    for command in COMMANDS
    if (found := main.get_command(CONTEXT, command))
    for parameter in found.params
    for option in parameter.opts
    if option.endswith("-version")
]


@pytest.mark.parametrize(("command", "option"), VERSIONS)
@pytest.mark.parametrize("value", ["", "25", "v25.3"])
def test_a_version_has_two_numbers(command: str, option: str, value: str) -> None:
    result = CliRunner().invoke(main, [command, option, value])
    assert result.exit_code == 2
    assert f"Invalid value for '{option}': {value!r} is not a version: expected two numbers, such as 25.3" in result.output


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    words = ["generate", "--root", str(ROOT), "--out", str(tmp_path / "file" / "folder"), "--package", "acme"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert result.output == f"Error: {tmp_path / 'file' / 'folder'}: Not a directory\n"


def test_the_end_of_a_pipe_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailstore_codegen.cli.catalogue.text_table", Mock(side_effect=BrokenPipeError(errno.EPIPE, "Broken pipe")))
    result = CliRunner().invoke(main, ["stats", "--root", str(ROOT)])
    assert (result.exit_code, result.output) == (1, "")
