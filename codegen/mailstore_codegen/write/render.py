"""Render everything that is generated, in memory: formatted and checked."""

import ast
import keyword
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from mailstore_codegen.catalogue.json_schema import plain_schema
from mailstore_codegen.catalogue.lint_names import collisions
from mailstore_codegen.catalogue.load import json_schema
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Schema
from mailstore_codegen.generate.cli_tables import tables
from mailstore_codegen.generate.docstrings import docstring
from mailstore_codegen.generate.methods import compiled, render_clients
from mailstore_codegen.generate.models import render_models
from mailstore_codegen.generate.openapi import openapi
from mailstore_codegen.generate.reference import pages, snippets
from mailstore_codegen.generate.templating import generated_by, replaced_templates
from mailstore_codegen.generate.vendor_wrapper import render_wrappers
from mailstore_codegen.write.formatter import formatted, formatted_snippets
from mailstore_codegen.write.source_guard import violations
from mailstore_codegen.write.targets import OutputError

MODEL_HEADER = '"""{title}: models and enums.\n\nGenerated from spec/types/{group}.yaml; change the catalogue and run ``{command}``.\n"""\n'

TAKEN = frozenset({"mailstore_sdk", "mailstore_codegen", "pydantic", "pydantic_core", "httpx", "httpcore"})
"""Packages that a team's own would hide from the runtime."""


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


def render_docs(catalogue: Catalogue) -> Mapping[str, str]:
    """Render what is not Python for a team's version: reference, OpenAPI, schemas, and the table of the command line."""
    return {**_neutral(catalogue), **{f"commands/{name}": _json(table) for name, table in tables(catalogue).items()}}


def check_package_name(name: str) -> None:
    """Refuse a name that Python cannot import, or that would hide another package."""
    first = name.partition(".")[0]
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,3}", name) or any(map(keyword.iskeyword, name.split("."))):
        raise OutputError(
            f"package {name[:80]!r} is not a valid name: expected lower-case letters, digits and _, such as acme_spe or acme.spe"
        )
    if first in sys.stdlib_module_names or first in TAKEN:
        raise OutputError(f"package {name!r} would hide the module {first!r}: choose another name")


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
    python = formatted({**{path: text for path, (_, text) in clients.items()}, **models}, name)
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
    reference = pages(catalogue, formatted_snippets(snippets(catalogue)))
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


def _check(path: str, source: str, package: str | None) -> None:
    try:
        found = list(violations(source, package)) if package else ast.parse(source) and []
    except SyntaxError as error:
        raise OutputError(f"{path}:{error.lineno}: the generated code is not Python: {error.msg}") from None
    if found:
        raise OutputError("refused, nothing was written:\n" + "\n".join(f"{path}:{fault}" for fault in found[:20]))
