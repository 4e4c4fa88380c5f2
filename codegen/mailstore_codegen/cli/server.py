"""The commands that read from a server: pull, learn and verify."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.naming import printable
from mailstore_codegen.catalogue.schema import VERSION
from mailstore_codegen.catalogue.server_functions import Aside, MetadataError, ServerFunctions, dump, parse, read
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.cli.arguments import File, Trouble, a_version, faulty, loaded
from mailstore_codegen.cli.team import spec_of
from mailstore_codegen.upgrade.changes import FORMATS, aligned, ordered
from mailstore_codegen.upgrade.edit import Edit, Editor
from mailstore_codegen.upgrade.guess import to_confirm
from mailstore_codegen.upgrade.learn import learn as learned_from
from mailstore_codegen.upgrade.propose import Decided
from mailstore_codegen.upgrade.pull import Pulled
from mailstore_codegen.upgrade.pull import pull as pulled
from mailstore_codegen.upgrade.recorded_shapes import ShapesError, load_shapes
from mailstore_codegen.upgrade.server import Server
from mailstore_codegen.upgrade.verify import Outcome
from mailstore_codegen.upgrade.verify import verify as verified
from mailstore_codegen.write.atomic import replace_file
from mailstore_sdk.errors import ConfigurationError, MailStoreError

C = TypeVar("C", bound=Callable[..., object])


def spec_option(command: C) -> C:
    """``--spec``: the catalogue."""
    option = click.option(
        "--spec",
        type=click.Path(file_okay=False, path_type=Path),
        default=lambda: spec_of(Path()),
        show_default="spec, or that of pyproject.toml",
        help="Folder of the catalogue.",
    )
    return option(command)


def server_options(command: C) -> C:
    """Options for server and login; the password comes from the profile or from MAILSTORE_SPE_PASSWORD."""
    options = (
        click.option("--profile", metavar="NAME", help="A profile of the configuration file."),
        click.option("--url", metavar="URL", help="The management server, instead of a profile: https://spe.example.com:8474"),
        click.option("--username", metavar="NAME", help="A system administrator of SPE."),
        click.option("--thumbprint", metavar="HEX", help="Trust exactly the certificate with this thumbprint."),
        click.option("--ca-file", type=File, help="PEM file of the certificate authority to trust."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=File, required=False)
@server_options
@spec_option
@click.option(
    "--spe-version",
    type=a_version,
    metavar="VERSION",
    help="The server's version, such as 26.1. Default: from the server, or from the name of FILE.",
)
@click.option("--write", is_flag=True, help="Update the catalogue's files.")
@click.option("--save", is_flag=True, help="Save the list as versions/VERSION.json in the catalogue's folder.")
@click.option("--skip", multiple=True, metavar="FUNCTION", help="Exclude a function from the comparison; can be repeated.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Output format.")
def pull(
    file: Path | None,
    profile: str | None,
    url: str | None,
    username: str | None,
    thumbprint: str | None,
    ca_file: Path | None,
    spec: Path,
    spe_version: str | None,
    write: bool,  # noqa: FBT001 - click's flags
    save: bool,  # noqa: FBT001 - ditto
    skip: tuple[str, ...],
    style: str,
) -> None:
    """Compare a server's list of its functions with the catalogue.

    The list comes from a server, or from FILE, a saved reply to get-metadata. Status 0: they agree, or now agree; 1: they
    differ, or something was put aside for you to resolve; 2: the list is invalid or cannot be read.
    """
    reported, version, aside = listed(file, spe_version, partial(connect, profile, url, username, thumbprint, ca_file))
    found = compared(spec, version, reported, aside, skip)
    click.echo(FORMATS[style](found.changes))
    aside += found.aside
    show_aside(aside, err=style != "text")
    if write:
        save_changes(found.editor, spec)
        confirmed(found.editor.catalogue(), err=style != "text")
    if save:
        keep(spec, version, found.listed)
    raise SystemExit(bool(aside) or (not write and bool(found.changes or found.editor.changed())))


def listed(file: Path | None, spe_version: str | None, connected: Callable[[], Server]) -> tuple[ServerFunctions, str, list[Aside]]:
    """A server's list of functions, its version, and the entries of the list that were put aside."""
    aside: list[Aside] = []
    try:
        if file:
            reported, version = parse(file.read_bytes(), aside), spe_version or file.stem
        else:
            with connected() as client:
                reported, version = read(client.get_metadata(), aside), spe_version or _version_of(client)
    except MetadataError as error:
        raise Trouble(f"the list of functions is invalid:\n{error}") from None
    except MailStoreError as error:
        raise Trouble(str(error)) from None
    if not VERSION.fullmatch(version):
        raise Trouble(f"cannot derive the server's version from {version!r:.40}: use --spe-version, such as 26.1")
    return reported, version, aside


def compared(
    spec: Path, version: str, reported: ServerFunctions, aside: Sequence[Aside], skip: Collection[str], since: str | None = None
) -> Pulled:
    """Compare a list with the catalogue; functions that are skipped or were put aside stay as the catalogue has them."""
    put_aside = {entry.function for entry in aside}
    known = {*reported, *put_aside, *(function.name for function in loaded(spec).functions)}
    for name in skip:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            advice = f"; did you mean {close[0]!r}?" if close else ""
            raise Trouble(f"--skip {name!r:.80}: neither the list nor the catalogue has this function{advice}")
    return pulled(spec, version, reported, {*skip, *put_aside}, since)


def show_aside(aside: Sequence[Aside], *, err: bool = False) -> None:
    """Print the entries that were put aside, each with the reason."""
    if aside:
        click.echo("\nPut aside, for you to resolve:", err=err)
    for entry in aside:
        lines = [f"    {line}" for line in printable(entry.snippet).splitlines()]
        click.echo("\n".join([printable(f"- {entry.place}: {entry.reason}"), *lines]), err=err)


def confirmed(catalogue: Catalogue, *, err: bool = False) -> None:
    """Print the unconfirmed guesses."""
    if rows := to_confirm(catalogue):
        lines = "\n".join(aligned([(f"  {name}", facts) for name, facts in rows]))
        click.echo(f"\nTo confirm; then remove it from `proposed`:\n{lines}", err=err)


def save_changes(editor: Editor, spec: Path) -> None:
    """Write the changed files, and name them."""
    try:
        for name in editor.save():
            click.echo(f"Changed {spec / name}.")
    except CatalogueError as error:
        faulty("nothing was written, since the catalogue", error, spec)


def _version_of(client: Server) -> str:
    """``25.3.1.20000`` -> ``25.3``; 8.5 reports an empty text."""
    version = client.server_version()
    return ".".join(version.split(".")[:2]) if version else "8.5"


def keep(spec: Path, version: str, reported: ServerFunctions) -> None:
    """Save a server's list next to the catalogue."""
    path = spec / "versions" / f"{version}.json"
    replace_file(dump(reported), path)
    loaded(spec)
    click.echo(f"Saved as {path}.")


@click.command()
@click.argument("files", type=File, nargs=-1, required=True)
@spec_option
@click.option("--source", metavar="TAG", default="recorded", show_default=True, help="Source tag for new evidence.")
@click.option("--write", is_flag=True, help="Change the catalogue's files as proposed.")
@click.option("--names", multiple=True, metavar="PLACE", help="The keys of PLACE are names of the API; may be given more than once.")
@click.option("--map", "data", multiple=True, metavar="PLACE", help="The keys of PLACE are data; may be given more than once.")
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Output format.")
def learn(
    files: tuple[Path, ...],
    spec: Path,
    source: str,
    write: bool,  # noqa: FBT001 - click's flags
    names: tuple[str, ...],
    data: tuple[str, ...],
    style: str,
) -> None:
    """Propose types from the recorded shapes of replies in FILES.

    Objects with keys that vary become maps, and those that contain themselves recursive types. Contradictions between
    catalogue and replies, unions, and keys that may be data are put aside for you to resolve. Status 0: nothing is left to
    do; 1: proposals are not written, or something was put aside; 2: a file is invalid.
    """
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", source):
        raise Trouble(f"--source cannot be {source!r:.60}: expected letters, digits, dots and hyphens")
    catalogue = loaded(spec)
    try:
        found = learned_from(catalogue, load_shapes(files), source, Decided(names, data))
    except ShapesError as error:
        raise Trouble(str(error)) from None
    click.echo(FORMATS[style](ordered(found.changes)))
    show_aside(found.aside, err=style != "text")
    if found.unused:
        click.echo("\nNot used:\n" + "\n".join(aligned(found.unused)), err=style != "text")
    if write:
        apply(spec, found.edits)
    raise SystemExit(bool(found.aside or (found.changes and not write)))


@click.command()
@server_options
@spec_option
@click.option("--spe-version", type=a_version, metavar="VERSION", help="The server's version, such as 25.3. Default: from the server.")
@click.option("--instance", metavar="ID", help="The instance to read. Default: the first running one.")
def verify(
    profile: str | None,
    url: str | None,
    username: str | None,
    thumbprint: str | None,
    ca_file: Path | None,
    spec: Path,
    spe_version: str | None,
    instance: str | None,
) -> None:
    """Compare results of a server with the catalogue.

    It shows what does not fit, and calls only functions whose effect is read. Status 0: all results fit; 1: a result
    does not fit, or a call failed; 2: the server cannot be reached.
    """
    catalogue = loaded(spec)
    bad = False
    try:
        with connect(profile, url, username, thumbprint, ca_file) as client:
            version = spe_version or _version_of(client)
            known = at(catalogue, version)
            client.know(known)
            for finding in verified(known, client, instance):
                bad |= finding.outcome in (Outcome.DIFFERS, Outcome.FAILED)
                click.echo(f"{finding.outcome:<10}  {finding.function}")
                for detail in finding.details:
                    click.echo(printable(f"            {' '.join(detail.split())}"))
    except MailStoreError as error:
        raise Trouble(str(error)) from None
    raise SystemExit(bad)


def connect(profile: str | None, url: str | None, username: str | None, thumbprint: str | None, ca_file: Path | None) -> Server:
    """Create a client for the server of the options; missing options come from the environment."""
    try:
        return Server(profile, host=url, username=username, thumbprint=thumbprint, ca_file=ca_file)
    except ConfigurationError as error:
        raise Trouble(str(error)) from None


def apply(spec: Path, edits: Iterable[Edit]) -> None:
    """Apply all edits or none, and print the changed files."""
    editor = Editor(spec)
    for edit in edits:
        edit(editor)
    save_changes(editor, spec)
