"""A team's own project: what ``[tool.mailstore-codegen]`` in its ``pyproject.toml`` says, and what is generated there.

The generator is loaded where it is used: in this project, most runs of `generate` and `check` need only the table.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, cast

from mailstore_codegen.cli.arguments import Trouble, loaded, output_checked

if TYPE_CHECKING:
    from mailstore_codegen.catalogue.model import Catalogue

TABLE = "tool.mailstore-codegen"
KEYS = ("changelog", "check", "docs", "out", "package", "spe-version", "spec", "templates")


@dataclass(frozen=True)
class Team:
    """A team's project.

    Attributes:
        root: The folder with ``pyproject.toml``.
        package: Import name of the package.
        spec: The folder of the catalogue.
        out: The folder for the package's folder.
        version: The version of the server; None for everything in the catalogue.
        templates: The team's templates, which replace ours.
        docs: The folder for the reference, the OpenAPI document and the table of the command line.
        check: Arguments of the type checker after an upgrade.
        changelog: The file that gets an entry at each upgrade.
    """

    root: Path
    package: str
    spec: Path
    out: Path
    version: str | None = None
    templates: Path | None = None
    docs: Path | None = None
    check: tuple[str, ...] = ()
    changelog: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder of the package."""
        return self.out.joinpath(*self.package.split("."))

    def catalogue(self) -> Catalogue:
        """The catalogue for the project's server version."""
        from mailstore_codegen.catalogue.versions import at

        whole = loaded(self.spec)
        return at(whole, known_version(whole, self.version)) if self.version else whole

    def generate(self) -> str:
        """Write the package and the documents, and return a summary."""
        from mailstore_codegen.write.tree import write_package

        files, docs, chosen = self._rendered()
        with output_checked():
            write_package(files, self.folder, docs, self.docs)
        return f"{len(list(chosen.functions))} functions and {len(chosen.types)} types: {len(files)} files written to {self.folder}."

    def differences(self) -> list[str]:
        """The files that `generate` would change."""
        from mailstore_codegen.write.tree import compare_folder

        files, docs, _ = self._rendered()
        return [*compare_folder(files, self.folder), *(compare_folder(docs, self.docs) if self.docs else ())]

    def _rendered(self) -> tuple[Mapping[str, str], Mapping[str, str], Catalogue]:
        from mailstore_codegen.write.render import render_docs, render_package

        chosen = self.catalogue()
        with output_checked():
            docs: Mapping[str, str] = render_docs(chosen) if self.docs else {}
            return render_package(chosen, self.package, self.templates), docs, chosen


def team_of(root: Path) -> Team | None:
    """Read the table of the project in a folder; None if missing."""
    file = root / "pyproject.toml"
    table = _table(file)
    if table is None:
        return None
    for key in table:
        if key not in KEYS:
            close = get_close_matches(key, KEYS, n=1, cutoff=0.5)
            advice = f"; did you mean {close[0]!r}?" if close else f": expected one of {', '.join(KEYS)}"
            raise Trouble(f"{file}: [{TABLE}] has an unknown key {key!r}{advice}")
    texts = {key: _text(file, table, key) for key in KEYS if key != "check"}
    if not texts["package"]:
        raise Trouble(f"{file}: [{TABLE}] has no package, the import name such as acme_spe")
    check = cast("list[object]", table.get("check", []))
    if not isinstance(check, list) or not all(isinstance(path, str) for path in check):  # pyright: ignore[reportUnnecessaryIsInstance] - TOML may hold anything
        raise Trouble(f"{file}: [{TABLE}] check is not a list of paths")
    folders = {key: root / value for key in ("templates", "docs", "changelog") if (value := texts[key])}
    team = Team(
        root=root,
        package=texts["package"],
        spec=root / (texts["spec"] or "spec"),
        out=root / (texts["out"] or "."),
        version=texts["spe-version"],
        check=tuple(map(str, check)),
        **folders,
    )
    if team.templates and not team.templates.is_dir():
        raise Trouble(f"{file}: [{TABLE}] templates: {team.templates} is not a folder")
    _check_separate(file, team)
    return team


def spec_of(root: Path) -> Path:
    """The folder of the catalogue of the project in a folder."""
    team = team_of(root)
    return team.spec if team else root / "spec"


def known_version(catalogue: Catalogue, version: str) -> str:
    """Check that the catalogue has a version."""
    from mailstore_codegen.catalogue.versions import number

    known = sorted(catalogue.protocol.versions, key=number)
    if version not in known:
        raise Trouble(f"SPE version {version!r:.40} is unknown: expected one of {', '.join(known)}")
    return version


def start(root: Path, package: str, version: str | None) -> None:
    """Write the generator's catalogue and the table to a project."""
    from mailstore_codegen.catalogue.load import load
    from mailstore_codegen.write.atomic import replace_file
    from mailstore_codegen.write.render import check_package_name

    with output_checked():
        check_package_name(package)
    if team_of(root):
        raise Trouble(f"{root / 'pyproject.toml'} already has [{TABLE}]: run `mailstore-codegen generate` to write the package")
    if (root / "spec").exists():
        raise Trouble(f"{root / 'spec'} already exists: move it, or write the table by hand")
    if version:
        known_version(load(shipped_catalogue()), version)
    shutil.copytree(shipped_catalogue(), root / "spec")
    file = root / "pyproject.toml"
    text = file.read_text("utf-8") if file.exists() else ""
    lines = [f"[{TABLE}]", f'package = "{package}"', *([f'spe-version = "{version}"'] if version else [])]
    replace_file("\n".join((*([text.rstrip(), ""] if text else []), *lines, "check = []  # arguments of mypy", "")), file)


def set_version(team: Team, version: str) -> None:
    """Set the server version in the table."""
    from mailstore_codegen.write.atomic import replace_file

    file = team.root / "pyproject.toml"
    table = re.compile(rf"^\[{re.escape(TABLE)}\].*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
    key = re.compile(r"""^(\s*spe-version\s*=\s*)["'][^"'\n]*["']""", re.MULTILINE)
    replace_file(table.sub(lambda found: key.sub(rf'\g<1>"{version}"', found[0]), file.read_text("utf-8"), count=1), file)


def shipped_catalogue() -> Path:
    """The generator's catalogue: in the installed package, or in this repository."""
    package = Path(__file__).parents[1]
    return next(folder for folder in (package / "spec", package.parents[1] / "spec") if (folder / "protocol.yaml").is_file())


def _table(file: Path) -> Mapping[str, object] | None:
    try:
        content: object = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Trouble(f"{file} cannot be read: {error}") from None
    for key in TABLE.split("."):
        content = content.get(key) if _is_table(content) else content
    if content is None or _is_table(content):
        return content
    raise Trouble(f'{file}: [{TABLE}] is not a table: expected lines such as package = "acme_spe" below it')


def _check_separate(file: Path, team: Team) -> None:
    """Refuse a folder inside one that is replaced whole, and the catalogue's around one of these."""
    replaced = {"package": team.folder, **({"docs": team.docs} if team.docs else {})}
    places = {**replaced, "spec": team.spec, **({"templates": team.templates} if team.templates else {})}
    for (key, folder), (outer, around) in permutations(places.items(), 2):
        if (outer in replaced or (outer == "spec" and key in replaced)) and folder.resolve().is_relative_to(around.resolve()):
            raise Trouble(f"{file}: [{TABLE}] {key} is the folder {folder}, inside the folder {around} of {outer}: name separate folders")


def _is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _text(file: Path, table: Mapping[str, object], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise Trouble(f"{file}: [{TABLE}] {key} is {value!r:.80}: expected text in quotes")
    return value
