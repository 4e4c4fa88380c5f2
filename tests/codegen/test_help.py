"""The help of the generator's commands."""

import click
import pytest
from click.testing import CliRunner
from mailstore_codegen.cli.project import main

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
