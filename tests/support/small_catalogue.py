"""Catalogues with only the few entries that a test needs."""

import importlib
import itertools
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.generate.methods import compiled
from mailstore_codegen.write.render import render_package

from mailstore_sdk.simulator import catalogue as simulator
from mailstore_sdk.simulator.catalogue import CatalogueFile

Entry = dict[str, Any]

SMALL_SPEC = Path(__file__).parent / "small_spec"
"""A catalogue that never changes, of a few functions as a server has them: reading and writing it takes a tenth of the time."""

GROUP = "things"
_numbers = itertools.count()


@cache
def _compiled() -> CatalogueFile:
    return CatalogueFile.model_validate_json(json.dumps(compiled(load(SMALL_SPEC))))


def metadata(version: str = "25.3") -> list[Entry]:
    """The list of functions of a server that has those of `SMALL_SPEC`, for a test to change."""
    return json.loads(json.dumps(simulator.Catalogue(version, _compiled()).metadata()))


def argument(name: str, kind: str = "string", **more: object) -> Entry:
    return {"name": name, "type": kind, **more}


def function(name: str = "GetThing", result: object = None, args: Iterable[Entry] = (), **more: object) -> Entry:
    """A function of the whole installation; without `result`, its result is unknown."""
    evidence = {"args": "documented", "result": "documented" if result else "unknown"}
    entry = {"name": name, "summary": "It does something.", "effect": "read", "access": "admin", "args": list(args)}
    return {**entry, "result": result or {}, "evidence": evidence, "example": {"args": {}}, **more}


def instance_argument() -> Entry:
    return argument("instanceID", required=True)


def record(properties: Mapping[str, object], required: Iterable[str] = ()) -> Entry:
    """A type of objects."""
    return {"description": "A thing.", "evidence": "documented", "type": "object", "properties": properties, "required": list(required)}


def enum(*values: object, **more: object) -> Entry:
    return {"description": "A choice.", "evidence": "documented", "type": "string", "enum": list(values), **more}


def union(key: str, *names: str) -> Entry:
    return {"description": "One of several.", "evidence": "documented", "discriminator": key, "anyOf": [ref(name) for name in names]}


def ref(name: str, group: str = GROUP) -> Entry:
    return {"$ref": f"types/{group}.yaml#/{name}"}


def nullable(schema: Mapping[str, object]) -> Entry:
    return {"anyOf": [schema, {"type": "null"}]}


def files(types: Mapping[str, Entry] | None = None, functions: Iterable[Entry] = (), versions: Iterable[str] = ("25.3",)) -> Entry:
    """The files of a catalogue with one group, by path."""
    basic = {"name": "basic", "port": 8474, "summary": "HTTP Basic.", "since": next(iter(versions)), "evidence": "documented"}
    protocol = {"versions": list(versions), "dialects": [basic], "endpoints": [], "envelope": {"type": "object"}}
    entries = list(functions)
    return {
        "protocol.yaml": protocol,
        **({f"functions/{GROUP}.yaml": {"group": GROUP, "title": "Things", "functions": entries}} if entries else {}),
        **({f"types/{GROUP}.yaml": {"group": GROUP, "title": "Things", "types": dict(types)}} if types else {}),
    }


def write(content: Mapping[str, object], folder: Path) -> Path:
    """The files as the folder of a catalogue; JSON is YAML too."""
    for path, document in content.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_SURROGATES.sub(_escaped, json.dumps(document, indent=1)), encoding="utf-8")
    return folder


_SURROGATES = re.compile(r"\\u(d[89ab]..)\\u(d[c-f]..)")


def _escaped(pair: re.Match[str]) -> str:
    """A character beyond the first plane, which JSON writes as two."""
    high, low = (int(half, 16) for half in pair.groups())
    return f"\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"


def catalogue(types: Mapping[str, Entry] | None = None, functions: Iterable[Entry] = (), versions: Iterable[str] = ("25.3",)) -> Catalogue:
    """The loaded and checked catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        return load(write(files(types, functions, versions), Path(folder) / "spec"))


def package(made_from: Catalogue, folder: Path) -> ModuleType:
    """A team's package of a catalogue, imported under its own name."""
    name = f"small_spe{next(_numbers)}"
    for path, text in render_package(made_from, name).items():
        target = folder / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        importlib.import_module(f"{name}.functions")
        importlib.import_module(f"{name}.models")
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
