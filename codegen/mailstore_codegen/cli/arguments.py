"""Shared code of the commands: types of arguments, and loading the catalogue."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
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


def a_version(value: str) -> str:
    """Check the version of a server, as the type of an option."""
    from mailstore_codegen.catalogue.schema import VERSION

    if not VERSION.fullmatch(value):
        raise click.BadParameter(f"{value!r:.40} is not a version: expected two numbers, such as 25.3")
    return value


class Trouble(click.ClickException):
    """The command failed. Status 1, in contrast, means that it found differences."""

    exit_code = 2


def loaded(spec: Path) -> Catalogue:
    """Load the catalogue; report its faults as the command's error."""
    from mailstore_codegen.catalogue.load import load
    from mailstore_codegen.catalogue.yaml_file import CatalogueError

    if not (spec / "protocol.yaml").exists():
        advice = "run this in the folder of your project; `mailstore-codegen init` starts a new one"
        raise Trouble(f"{spec} is not a catalogue, since it has no protocol.yaml: {advice}")
    try:
        return load(spec)
    except CatalogueError as error:
        faulty("the catalogue", error, spec)


def faulty(what: str, error: CatalogueError, spec: Path) -> NoReturn:
    """Raise the error for a catalogue with faults, naming its files by their paths from the current folder."""
    lines = [str(replace(fault, file=str(spec.parent / fault.file))) for fault in error.faults]
    raise Trouble("\n".join([f"{what} has {len(lines)} fault(s):", *lines])) from None


@contextmanager
def output_checked() -> Generator[None]:
    """Report output that cannot be generated, or not be put in place, as the command's error."""
    from mailstore_codegen.generate.models import ModelMismatchError
    from mailstore_codegen.generate.templating import TemplateError
    from mailstore_codegen.write.targets import OutputError

    try:
        yield
    except (OutputError, ModelMismatchError, TemplateError) as error:
        raise Trouble(str(error)) from None
