"""Shared code of the commands: types of arguments, and loading the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from mailstore_codegen.catalogue.model import Catalogue
    from mailstore_codegen.catalogue.yaml_file import CatalogueError

Folder = click.Path(exists=True, file_okay=False, path_type=Path)
File = click.Path(exists=True, dir_okay=False, path_type=Path)


root_option = click.option(
    "--root", type=Folder, default=Path(), show_default="the current folder", help="Folder of the project, which contains spec/."
)


class Trouble(click.ClickException):
    """The command failed. Status 1, in contrast, means that it found differences."""

    exit_code = 2


def loaded(spec: Path) -> Catalogue:
    """Load the catalogue; report its faults as the command's error."""
    from mailstore_codegen.catalogue.load import load
    from mailstore_codegen.catalogue.yaml_file import CatalogueError

    try:
        return load(spec)
    except CatalogueError as error:
        faulty("the catalogue", error)


def checked(spec: Path) -> Catalogue:
    """The catalogue; its faults are the status 1 of commands that check it."""
    try:
        return loaded(spec)
    except Trouble as trouble:
        raise click.ClickException(trouble.message) from None


def faulty(what: str, error: CatalogueError) -> NoReturn:
    """Raise the error for a catalogue with faults."""
    raise Trouble(f"{what} has {len(error.faults)} fault(s):\n{error}") from None
