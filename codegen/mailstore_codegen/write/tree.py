"""All generated files as one tree: rendered, formatted, checked, then compared with the disk or swapped in."""

import ast
import keyword
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_json
from ruff import find_ruff_bin  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs] - it is not marked as typed

from mailstore_codegen.catalogue.json_schema import plain_schema
from mailstore_codegen.catalogue.lint_names import collisions
from mailstore_codegen.catalogue.load import json_schema
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.generate.cli_tables import tables
from mailstore_codegen.generate.docstrings import WIDTH, docstring
from mailstore_codegen.generate.methods import compiled, render_clients
from mailstore_codegen.generate.models import render_models
from mailstore_codegen.generate.openapi import openapi
from mailstore_codegen.generate.reference import pages, snippets
from mailstore_codegen.generate.templating import generated_by, replaced_templates
from mailstore_codegen.generate.vendor_wrapper import render_wrappers
from mailstore_codegen.write.atomic import replace_file, replace_folder
from mailstore_codegen.write.source_guard import violations
from mailstore_codegen.write.targets import Targets

MODEL_HEADER = '"""{title}: models and enums.\n\nGenerated from spec/types/{group}.yaml; change the catalogue and run ``{command}``.\n"""\n'

# Isolated, so that the output does not depend on a configuration file nearby.
RUFF_OPTIONS = ("--isolated", "--no-cache", "--quiet", "--line-length", str(WIDTH), "--target-version", "py311")
RULES = "D202,D212,F401,I,UP"
"""Of the formatter's rules: docstrings begin on the first line, imports are sorted and all used, syntax is modern."""

TAKEN = frozenset({"mailstore_sdk", "mailstore_codegen", "pydantic", "pydantic_core", "httpx", "httpcore"})
"""Packages that a team's own would hide from the runtime."""


class OutputError(Exception):
    """The rendered output is invalid."""


@dataclass(frozen=True)
class Outputs:
    """Every generated file's text by its path below its folder."""

    package: Mapping[str, str]
    neutral: Mapping[str, str]
    schema: str


def render(catalogue: Catalogue, package_name: str, templates: Path | None = None) -> Outputs:
    """Make everything in memory."""
    return Outputs(
        package=_package(catalogue, package_name, templates),
        neutral=_neutral(catalogue),
        schema=_json(json_schema()),
    )


def render_package(catalogue: Catalogue, package_name: str, templates: Path | None = None) -> Mapping[str, str]:
    """Make a team's own package: models and methods as ours, and clients over them.

    Raises:
        OutputError: The name cannot be that of a package, or the package would hold what the generator does not write.
    """
    check_package_name(package_name)
    return {**_package(catalogue, package_name, templates, own=True), "py.typed": ""}


def check_package_name(name: str) -> None:
    """Refuse a name that Python cannot import, or that would hide another package."""
    first = name.partition(".")[0]
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,3}", name) or any(map(keyword.iskeyword, name.split("."))):
        raise OutputError(
            f"package {name[:80]!r} is not a valid name: expected lower-case letters, digits and _, such as acme_spe or acme.spe"
        )
    if first in sys.stdlib_module_names or first in TAKEN:
        raise OutputError(f"package {name!r} would hide the module {first!r}: choose another name")


def write_package(files: Mapping[str, str], folder: Path) -> None:
    """Put a team's own package in place, whole.

    Raises:
        OutputError: The folder holds something that was not generated.
    """
    if folder.exists() and not (folder / "catalogue.json").is_file() and any(folder.iterdir()):
        raise OutputError(f"{folder} is not empty and was not generated: it would be replaced whole; name another folder or package")
    if own := sorted(path.relative_to(folder).as_posix() for path in _files(folder) if not _is_generated(path, folder, files)):
        raise OutputError(f"{folder} is replaced whole, and holds files of yours: move them elsewhere: {', '.join(own)}")
    replace_folder(files, folder)


def render_docs(catalogue: Catalogue) -> Mapping[str, str]:
    """Render what is not Python for a team's version: reference, OpenAPI, schemas, and the table of the command line."""
    return {**_neutral(catalogue), **{f"commands/{name}": _json(table) for name, table in tables(catalogue).items()}}


def write_docs(files: Mapping[str, str], folder: Path) -> None:
    """Put a team's own documents in place, whole.

    Raises:
        OutputError: The folder holds something that was not generated.
    """
    if folder.exists() and not (folder / "openapi.json").is_file() and any(folder.iterdir()):
        raise OutputError(f"{folder} is not empty and was not generated: it would be replaced whole; name another folder for docs")
    replace_folder(files, folder)


def compare_folder(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Every file of a folder that is not as it would be generated, with what is wrong."""
    return list(_compare(wanted, folder))


def _is_generated(path: Path, folder: Path, files: Mapping[str, str]) -> bool:
    """Whether a file was made by the generator, now or earlier: every module says so at its top."""
    name = path.relative_to(folder).as_posix()
    return name in files or (path.suffix == ".py" and b"\n\nGenerated from " in path.read_bytes()[:1000])


def differences(outputs: Outputs, targets: Targets) -> list[str]:
    """Every file on disk that is not as it would be generated, with what is wrong."""
    found = [*_compare(outputs.package, targets.package), *_compare(outputs.neutral, targets.neutral)]
    if not targets.schema.is_file() or targets.schema.read_text(encoding="utf-8") != outputs.schema:
        found.append(f"{targets.schema}: differs from what the generator makes")
    return sorted(found)


def write(outputs: Outputs, targets: Targets) -> None:
    """Put everything in place; each folder is whole before it takes the old one's place."""
    replace_folder(outputs.package, targets.package)
    replace_folder(outputs.neutral, targets.neutral)
    replace_file(outputs.schema, targets.schema)


def _package(catalogue: Catalogue, name: str, templates: Path | None, *, own: bool = False) -> dict[str, str]:
    if found := list(collisions(catalogue.functions)):
        advice = "generate for one version, or give one of them a python_name"
        raise OutputError("\n".join(("functions of different versions cannot be in one package:", *found, advice)))
    models = {
        f"models/{group}.py": MODEL_HEADER.format(title=docstring(_title(catalogue, group)), group=group, command=generated_by(own=own))
        + source
        for group, source in render_models(catalogue).items()
    }
    clients = render_clients(catalogue, name, templates, own=own)
    if not own:
        clients |= render_wrappers(catalogue, templates)
    replaced = replaced_templates(templates)
    python = _formatted({**{path: text for path, (_, text) in clients.items()}, **models}, name)
    for path, source in python.items():
        # The output of a team's own template only has to be Python.
        theirs = path in clients and not replaced.isdisjoint({clients[path][0], "header.jinja"})
        _check(path, source, None if theirs else name)
    return {**python, **_data(catalogue, own=own)}


def _data(catalogue: Catalogue, *, own: bool) -> dict[str, str]:
    """What is read at run time: the command line's tables, where it is not a team's own package, and the catalogue."""
    commands = {} if own else {f"commands/{name}": _json(table) for name, table in tables(catalogue).items()}
    return {**commands, "catalogue.json": _json(compiled(catalogue, own=own))}


def _neutral(catalogue: Catalogue) -> dict[str, str]:
    """Render schemas, OpenAPI and the reference."""
    reference = pages(catalogue, _formatted_snippets(snippets(catalogue)))
    return {
        **{f"schemas/{group.name}.json": _json(_schemas(catalogue, group.name)) for group in catalogue.groups if group.types},
        "openapi.json": _json(openapi(catalogue)),
        **{f"reference/{name}": page for name, page in reference.items()},
    }


def _title(catalogue: Catalogue, group: str) -> str:
    return next(item.title for item in catalogue.groups if item.name == group)


def _schemas(catalogue: Catalogue, group: str) -> dict[str, Any]:
    """The types of one group as JSON Schema, with references to the files of the others."""

    def link(reference: str) -> str:
        name = reference.rpartition("/")[2]
        other = catalogue.group_of_type[name]
        return f"{'' if other == group else f'{other}.json'}#/$defs/{name}"

    types: Mapping[str, Schema] = next(item.types for item in catalogue.groups if item.name == group)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{group}.json",
        "title": _title(catalogue, group),
        "$defs": {name: plain_schema(schema, link) for name, schema in types.items()},
    }


def _json(value: object) -> str:
    return to_json(value, indent=2).decode() + "\n"


def _formatted(sources: Mapping[str, str], package_name: str | None = None) -> dict[str, str]:
    """The sources, formatted; those of a package also with their imports in order, and only those that they use."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for path, source in sources.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source, encoding="utf-8", newline="\n")
        if package_name:
            known = f"lint.isort.known-first-party = ['mailstore_sdk', '{package_name.partition('.')[0]}']"
            # __init__ modules import names to export them.
            unused = "lint.per-file-ignores = {'**/__init__.py' = ['F401']}"
            _ruff(root, "check", "--fix", "--config", known, "--config", unused, "--select", RULES, ".")
        _ruff(root, "format", ".")
        return {path: (root / path).read_text(encoding="utf-8") for path in sorted(sources)}


def _formatted_snippets(snippets: Mapping[str, str]) -> dict[str, str]:
    """The snippets, formatted in one file with a comment above each: hundreds of files take much longer."""
    name = "snippets.py"
    together = _formatted({name: "".join(f"# snippet {key}\n{source}\n" for key, source in snippets.items())})[name]
    _, *parts = re.split(r"^# snippet (.+)\n", together, flags=re.MULTILINE)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def _ruff(folder: Path, *arguments: str) -> None:
    command = [find_ruff_bin(), *arguments, *RUFF_OPTIONS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        raise OutputError(f"the generated code does not pass ruff:\n{done.stdout}{done.stderr}")


def _check(path: str, source: str, package: str | None) -> None:
    try:
        found = list(violations(source, package)) if package else ast.parse(source) and []
    except SyntaxError as error:
        raise OutputError(f"{path}:{error.lineno}: the generated code is not Python: {error.msg}") from None
    if found:
        raise OutputError("refused, nothing was written:\n" + "\n".join(f"{path}:{fault}" for fault in found[:20]))


def _compare(wanted: Mapping[str, str], folder: Path) -> Iterator[str]:
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    for path in sorted(wanted.keys() | present.keys()):
        if path not in present:
            yield f"{folder / path}: is missing"
        elif path not in wanted:
            yield f"{folder / path}: is not generated (any more)"
        elif present[path].read_bytes() != wanted[path].encode("utf-8"):
            yield f"{folder / path}: differs from what the generator makes"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
