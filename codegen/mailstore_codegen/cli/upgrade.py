"""``upgrade``: from a server's list of functions to the lines of the program that have to change."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from mailstore_codegen.cli.arguments import File, Trouble, a_version, loaded, root_option
from mailstore_codegen.cli.server import compared, confirmed, connect, keep, listed, save_changes, server_options, show_aside
from mailstore_codegen.cli.team import TABLE, Team, set_version, team_of
from mailstore_codegen.upgrade.changes import Change, markdown_list, text_table
from mailstore_codegen.write.atomic import replace_file


@click.command()
@click.argument("file", type=File, required=False)
@root_option
@server_options
@click.option(
    "--spe-version",
    type=a_version,
    metavar="VERSION",
    help="The server's version, such as 26.1. Default: from the server, or from the name of FILE.",
)
@click.option("--skip", multiple=True, metavar="FUNCTION", help="Exclude a function from the comparison; can be repeated.")
@click.option("--dry-run", is_flag=True, help="Show the changes without writing them.")
def upgrade(
    file: Path | None,
    root: Path,
    profile: str | None,
    url: str | None,
    username: str | None,
    thumbprint: str | None,
    ca_file: Path | None,
    spe_version: str | None,
    skip: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001 - click's flags
) -> None:
    """Upgrade the project to a server's version.

    Read the server's list of functions, or FILE, a saved reply to get-metadata; show the changes; edit the catalogue,
    save the list, generate the package, run mypy on the paths in [tool.mailstore-codegen] to show which lines have to
    change, and write the changelog entry. Status 0: nothing is left to do; 1: lines to change, or functions put aside;
    2: the list or the project is invalid.
    """
    team = team_of(root)
    if team is None:
        raise Trouble(f"{root / 'pyproject.toml'} has no [{TABLE}]: run `mailstore-codegen init`")
    reported, version, aside = listed(file, spe_version, partial(connect, profile, url, username, thumbprint, ca_file))
    before = loaded(team.spec)
    if team.version and team.version not in before.protocol.versions:
        raise Trouble(f"{root / 'pyproject.toml'}: spe-version {team.version} is not in the catalogue")
    found = compared(team.spec, version, reported, aside, skip, team.version)
    click.echo(text_table(found.changes))
    aside += found.aside
    show_aside(aside)
    if dry_run:
        raise SystemExit(bool(aside or found.changes))
    history = _read(team.changelog) if team.changelog else ""
    save_changes(found.editor, team.spec)
    keep(team.spec, version, found.listed)
    click.echo(replace(team, version=team.version and version).generate())
    if team.changelog and found.changes:
        _write_entry(team.changelog, history, version, found.changes)
    if team.version and team.version != version:
        set_version(team, version)  # last, so that an interrupted upgrade can be repeated
        click.echo(f"Changed {root / 'pyproject.toml'}.")
    confirmed(found.editor.catalogue())
    fits = _fits(team)
    raise SystemExit(bool(aside) or not fits)


def _fits(team: Team) -> bool:
    """Whether the type checker finds no errors in the project's paths."""
    if not team.check:
        return True
    # The mypy of the same interpreter, with the project's own configuration.
    command = [sys.executable, "-m", "mypy", *team.check]
    click.echo(f"\n$ mypy {' '.join(team.check)}")
    done = subprocess.run(command, cwd=team.root, capture_output=True, text=True, check=False)  # noqa: S603 - the project's own paths
    click.echo((done.stdout + done.stderr).rstrip())
    return done.returncode == 0


def _read(changelog: Path) -> str:
    try:
        return changelog.read_text("utf-8") if changelog.exists() else "# Changelog\n"
    except UnicodeDecodeError:
        raise Trouble(f"{changelog} is not UTF-8 text: save it as UTF-8") from None


def _write_entry(file: Path, text: str, version: str, changes: Sequence[Change]) -> None:
    """Insert the entry before the newest one, or at the end of a file without entries."""
    entry = f"## SPE {version}\n\n{markdown_list(changes)}\n"
    if entry in text:  # the upgrade was interrupted after this step
        return
    first = re.search(r"^## ", text, re.MULTILINE)
    place = first.start() if first else len(text)
    head, rest = text[:place].rstrip("\n"), text[place:]
    replace_file("\n\n".join(part for part in (head, entry + (f"\n{rest}" if rest else "")) if part), file)
    click.echo(f"Changed {file}.")
