"""The commands that show what the catalogue has, and how two of them differ."""

from pathlib import Path

import click

from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.cli.arguments import Trouble, a_version, faulty, loaded, root_option
from mailstore_codegen.cli.team import known_version, spec_of
from mailstore_codegen.generate.statistics import json_text, markdown_table, statistics, text_table
from mailstore_codegen.upgrade.changes import FORMATS, Severity, at_least
from mailstore_codegen.upgrade.diff import diff as differences_of
from mailstore_codegen.upgrade.revisions import RevisionError, catalogue_of


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@root_option
@click.option("--from-version", type=a_version, metavar="VERSION", help="Server version in OLD to compare, such as 25.3.")
@click.option("--to-version", type=a_version, metavar="VERSION", help="Server version in NEW to compare, such as 27.1.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Output format.")
@click.option(
    "--fail-on", type=click.Choice([str(severity) for severity in Severity]), help="Exit with status 1 if a change is at least this severe."
)
def diff(
    old: str | None, new: str | None, root: Path, from_version: str | None, to_version: str | None, style: str, fail_on: str | None
) -> None:
    """Show the differences between two catalogues or server versions.

    The most severe come first. OLD and NEW are folders, or git revisions of the project's repository. The default is the project's own
    catalogue.
    """
    if not (old and new) and not (from_version and to_version):
        raise click.UsageError("expected two catalogues, or --from-version and --to-version")
    one = _catalogue(old, root)
    other = _catalogue(new or old, root)
    one = at(one, known_version(one, from_version)) if from_version else one
    other = at(other, known_version(other, to_version)) if to_version else other
    found = differences_of(one, other)
    click.echo(FORMATS[style](found))
    raise SystemExit(fail_on is not None and at_least(found, Severity(fail_on)))


@click.command()
@root_option
@click.option(
    "--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True, help="Output format."
)
def stats(root: Path, style: str) -> None:
    """Count functions, arguments and fields by evidence."""
    tables = {"text": text_table, "markdown": markdown_table, "json": json_text}
    click.echo(tables[style](statistics(loaded(spec_of(root)))))


def _catalogue(name: str | None, root: Path) -> Catalogue:
    """The catalogue in a folder or of a revision; None for the project's own."""
    spec = spec_of(root)
    if name is None:
        return loaded(spec)
    try:
        return catalogue_of(name, root, spec)
    except RevisionError as error:
        raise Trouble(str(error)) from None
    except CatalogueError as error:
        faulty(f"the catalogue of {name}", error, Path("spec"))
