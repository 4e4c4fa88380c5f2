"""The help pages are those of the commands."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner
from mailstore_codegen.cli.project import main as codegen

from mailstore_sdk.cli.app import app
from tests.support.project import ROOT


def test_outdated_pages_are_named_and_rewritten(tmp_path: Path) -> None:
    (tmp_path / "mailstore_sdk").mkdir()
    runner, root = CliRunner(), ["--root", str(tmp_path)]
    result = runner.invoke(codegen, ["manual", "--check", *root])
    assert result.exit_code == 1
    assert "users.md" in result.output
    assert runner.invoke(codegen, ["manual", *root]).exit_code == 0
    (tmp_path / "docs" / "cli" / "stray.md").write_text("")
    (tmp_path / "docs" / "cli" / "users.md").write_text("")
    shown = runner.invoke(codegen, ["manual", "--check", *root]).output
    assert "stray.md" in shown
    assert "users.md" in shown
    assert "stores.md" not in shown
    assert runner.invoke(codegen, ["manual", *root]).exit_code == 0
    assert runner.invoke(codegen, ["manual", "--check", *root]).exit_code == 0


def leaves(group: click.Group, context: click.Context, path: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        inner = f"{path} {name}"
        found += leaves(command, context, inner) if isinstance(command, click.Group) else [(inner, command)]
    return found


def test_every_command_is_on_its_page() -> None:
    commands = leaves(app, click.Context(app), "mailstore")
    assert len(commands) > 130
    for path, command in commands:
        page = (ROOT / "docs" / "cli" / f"{path.split()[1]}.md").read_text()
        assert f"## {path}\n" in page
        assert command.get_short_help_str(400)


def test_every_command_has_the_common_options() -> None:
    for path, command in leaves(app, click.Context(app), "mailstore"):
        if path.split()[1] not in ("simulate", "completion", "report"):
            assert {"instance", "profile", "output", "query", "timeout", "yes", "debug"} <= {param.name for param in command.params}, path
