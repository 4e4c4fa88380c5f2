"""``mailstore-codegen``: generate the package from the catalogue, and update the catalogue from servers."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from mailstore_codegen.cli.arguments import Folder, Trouble, a_version, loaded, output_checked, root_option
from mailstore_codegen.cli.team import TABLE, known_version, start, team_of
from mailstore_codegen.write import fingerprint
from mailstore_codegen.write.targets import Targets

if TYPE_CHECKING:
    from mailstore_codegen.catalogue.model import Catalogue
    from mailstore_codegen.write.render import Outputs


class Commands(click.Group):
    """Loads a command's module when the command is used, so that a run with nothing to do loads no generator."""

    ELSEWHERE: Mapping[str, str] = {
        "diff": "catalogue",
        "learn": "server",
        "pull": "server",
        "stats": "catalogue",
        "upgrade": "upgrade",
        "verify": "server",
    }
    """Commands by name: the module that each is in."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; report a file that cannot be read or written as its error."""
        try:
            return cast("object", super().invoke(ctx))
        except BrokenPipeError:
            raise  # click ends quietly when the reader of a pipe has
        except OSError as error:
            raise Trouble(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted([*super().list_commands(ctx), *self.ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them."""
        if cmd_name not in self.ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f"mailstore_codegen.cli.{self.ELSEWHERE[cmd_name]}"), cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mailstore-sdk")
def main() -> None:
    """Generate the typed SDK from the catalogue in spec/, and update the catalogue from servers."""


@main.command()
@root_option
@click.option("--spec", type=Folder, help="Folder of the catalogue, instead of spec/ in the project.")
@click.option("--spe-version", type=a_version, metavar="VERSION", help="Include only what a server of this version has, such as 25.3.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder in which to create the folder of your own package.")
@click.option("--package", metavar="NAME", help="Import name of your own package, such as acme_spe.")
@click.option("--templates", type=Folder, help="Folder with your templates; each replaces the built-in one with the same name.")
def generate(root: Path, spec: Path | None, spe_version: str | None, out: Path | None, package: str | None, templates: Path | None) -> None:
    """Write everything that is generated from the catalogue.

    In a project with [tool.mailstore-codegen] in its pyproject.toml, this is the package of that table; with --out
    and --package, it is the package that you name. Both use the runtime of mailstore_sdk.
    """
    team = None if out or package or spec or spe_version or templates else team_of(root)
    if team:
        click.echo(team.generate())
    elif out and package:
        _generate_package(loaded(spec or root / "spec"), spe_version, out, package, templates)
    elif out or package or spec or spe_version or templates:
        raise click.UsageError("your own package needs both --out and --package")
    elif root == Path() and not (root / "mailstore_sdk").is_dir():
        advice = "run `mailstore-codegen init --package NAME`, or use --out and --package"
        raise click.UsageError(f"no [{TABLE}] in pyproject.toml here: {advice}")
    else:
        _generate_project(root)


def _generate_package(catalogue: Catalogue, version: str | None, out: Path, package: str, templates: Path | None) -> None:
    from mailstore_codegen.catalogue.versions import at
    from mailstore_codegen.write.render import render_package
    from mailstore_codegen.write.tree import write_package

    chosen = at(catalogue, known_version(catalogue, version)) if version else catalogue
    folder = out.joinpath(*package.split("."))
    with output_checked():
        files = render_package(chosen, package, templates)
        write_package(files, folder)
    click.echo(f"{len(list(chosen.functions))} functions and {len(chosen.types)} types: {len(files)} files written to {folder}.")


def _generate_project(root: Path) -> None:
    targets = Targets.of_project(root)
    made_from = fingerprint.inputs(root, targets)
    if fingerprint.is_known(root, made_from, targets):
        click.echo("Nothing to do: neither the catalogue, the generator nor the generated files have changed.")
        return
    from mailstore_codegen.write.tree import write

    catalogue, outputs = _rendered(root, targets)
    write(outputs, targets)
    fingerprint.remember(root, made_from, targets)
    count = len(outputs.package) + len(outputs.neutral) + 1
    click.echo(f"{len(list(catalogue.functions))} functions and {len(catalogue.types)} types: {count} files written.")


@main.command()
@root_option
@click.option("--package", metavar="NAME", required=True, help="Import name of your package, such as acme_spe.")
@click.option(
    "--spe-version",
    type=a_version,
    metavar="VERSION",
    help="Version of your server, such as 25.3. Default: everything in the catalogue.",
)
def init(root: Path, package: str, spe_version: str | None) -> None:
    """Start a project with a package of your own.

    It writes the catalogue to spec/ and the table [tool.mailstore-codegen] to pyproject.toml.
    """
    start(root, package, spe_version)
    click.echo("Wrote spec/ and [tool.mailstore-codegen] in pyproject.toml. `mailstore-codegen generate` writes the package.")


@main.command()
@root_option
def check(root: Path) -> None:
    """Check that the generated files are up to date. If some are not, list them and exit with status 1."""
    if team := team_of(root):
        if found := team.differences():
            raise click.ClickException("not up to date, run `mailstore-codegen generate`:\n" + "\n".join(found))
        click.echo("The generated files are up to date.")
        return
    targets = Targets.of_project(root)
    made_from = fingerprint.inputs(root, targets)
    if not fingerprint.is_known(root, made_from, targets):
        from mailstore_codegen.write.tree import differences

        _, outputs = _rendered(root, targets)
        found = differences(outputs, targets)
        if found:
            raise click.ClickException("not up to date, run `make generate`:\n" + "\n".join(found))
        fingerprint.remember(root, made_from, targets)
    click.echo("The generated files are up to date.")


@main.command()
@root_option
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if a page differs.")
def manual(root: Path, *, only_check: bool) -> None:
    """Write the help of every command of `mailstore` to docs/cli/."""
    if not (root / "mailstore_sdk").is_dir():
        raise click.UsageError(f"{root / 'mailstore_sdk'} is missing: this command is for the repository of mailstore-sdk")
    from mailstore_codegen.generate.manual import manual as pages
    from mailstore_sdk.cli import options
    from mailstore_sdk.cli.app import app

    wanted = {root / "docs" / "cli" / name: text for name, text in pages(app, options.Common).items()}
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


def _rendered(root: Path, targets: Targets) -> tuple[Catalogue, Outputs]:
    from mailstore_codegen.write.render import render

    catalogue = loaded(root / "spec")
    with output_checked():
        return catalogue, render(catalogue, targets.name)
