"""``mailstore-codegen``: generate the package from the catalogue, or check that it is up to date."""

from pathlib import Path

import click

from mailstore_codegen.catalogue import Catalogue, CatalogueError, load
from mailstore_codegen.models import ModelMismatchError
from mailstore_codegen.output import OutputError, Outputs, Targets, differences, render, write
from mailstore_codegen.statistics import json_text, markdown_table, statistics, text_table

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The project's folder, with spec/ in it.",
)


@click.group()
@click.version_option(package_name="mailstore-sdk")
def main() -> None:
    """Turn the catalogue in spec/ into the typed SDK."""


@main.command()
@root_option
def generate(root: Path) -> None:
    """Write models, methods, schemas and the catalogue's own schema anew."""
    targets = Targets.of_project(root)
    catalogue, outputs = _rendered(root, targets)
    write(outputs, targets)
    count = len(outputs.package) + len(outputs.neutral) + 1
    click.echo(f"{len(list(catalogue.functions))} functions and {len(catalogue.types)} types: {count} files written.")


@main.command()
@root_option
def check(root: Path) -> None:
    """Fail where a generated file is not what `generate` would write, and name it."""
    targets = Targets.of_project(root)
    _, outputs = _rendered(root, targets)
    found = differences(outputs, targets)
    if found:
        raise click.ClickException("not up to date, run `make generate`:\n" + "\n".join(found))
    click.echo("The generated files are up to date.")


@main.command()
@root_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where a page differs.")
def manual(root: Path, *, only_check: bool) -> None:
    """Write the help of every command of `mailstore` into docs/cli/."""
    from mailstore_codegen.manual import manual as pages
    from mailstore_sdk.cli import options
    from mailstore_sdk.cli.app import app

    common = frozenset(str(option.name) for option in options.options())
    wanted = {root / "docs" / "cli" / name: text for name, text in pages(app, common).items()}
    present = set((root / "docs" / "cli").glob("*.md"))
    wrong = [path for path, text in wanted.items() if path not in present or path.read_text("utf-8") != text]
    stray = sorted(present - wanted.keys())
    if only_check and (wrong or stray):
        raise click.ClickException(f"not up to date, run `make generate`: {', '.join(map(str, [*wrong, *stray]))}")
    for path in [] if only_check else stray:
        path.unlink()
    for path in [] if only_check else wrong:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    click.echo(f"{len(wanted)} pages are up to date.")


@main.command()
@root_option
@click.option(
    "--format", "style", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True, help="How to print it."
)
def stats(root: Path, style: str) -> None:
    """Count functions, arguments and fields by how well they are known."""
    try:
        counted = statistics(load(root / "spec"))
    except CatalogueError as error:
        raise _faulty(error) from None
    tables = {"text": text_table, "markdown": markdown_table, "json": json_text}
    click.echo(tables[style](counted))


def _rendered(root: Path, targets: Targets) -> tuple[Catalogue, Outputs]:
    try:
        catalogue = load(root / "spec")
        return catalogue, render(catalogue, targets.name)
    except CatalogueError as error:
        raise _faulty(error) from None
    except (OutputError, ModelMismatchError) as error:
        raise click.ClickException(str(error)) from None


def _faulty(error: CatalogueError) -> click.ClickException:
    return click.ClickException(f"the catalogue has {len(error.faults)} fault(s):\n{error}")
