"""Load ``spec/``: YAML files in, one frozen `Catalogue` out, or every fault with its file and line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from mailstore_codegen.catalogue.lint import lint
from mailstore_codegen.catalogue.misfits import misfits
from mailstore_codegen.catalogue.model import Catalogue, Group, Sources
from mailstore_codegen.catalogue.schema import VERSION, CatalogueFile, Entry, FunctionFile, Protocol, TypeFile
from mailstore_codegen.catalogue.server_functions import MetadataError, ServerFunctions, parse
from mailstore_codegen.catalogue.versions import dated
from mailstore_codegen.catalogue.yaml_file import CatalogueError, Document, Fault

E = TypeVar("E", bound=Entry)


def load(spec: Path, changed: Mapping[str, str] = MappingProxyType({})) -> Catalogue:
    """Read, check and freeze the catalogue in the folder `spec`.

    Args:
        spec: The folder.
        changed: Files, by their names in it, as they will be; of these nothing is read from the disk.
    """
    sources = read(spec, changed)
    faults = lint(sources)
    if faults:
        raise CatalogueError(faults)
    return dated(assemble(sources), sources.dumps)


def read(spec: Path, changed: Mapping[str, str] = MappingProxyType({})) -> Sources:
    """Parse every file; each must fit its schema."""
    faults: list[Fault] = []
    texts = {spec / name: text for name, text in changed.items()}

    def all_of(folder: str) -> list[Path]:
        return sorted({*spec.glob(f"{folder}/*.yaml"), *(path for path in texts if path.parent == spec / folder)})

    protocol = _parse_all([spec / "protocol.yaml"], spec, Protocol, faults, texts)
    functions = _parse_all(all_of("functions"), spec, FunctionFile, faults, texts)
    types = _parse_all(all_of("types"), spec, TypeFile, faults, texts)
    dumps = dict(_dumps(spec, faults))
    if faults:
        raise CatalogueError(faults)
    return Sources(protocol[0], tuple(functions), tuple(types), dumps)


def assemble(sources: Sources) -> Catalogue:
    """Put functions and types together by group, everything sorted by name."""
    functions = {file.group: file for _, file in sources.functions}
    types = {file.group: file for _, file in sources.types}
    groups = (
        Group(
            name=name,
            title=(functions.get(name) or types[name]).title,
            functions=tuple(sorted(functions[name].functions, key=lambda f: f.name)) if name in functions else (),
            types=dict(sorted(types[name].types.items())) if name in types else {},
        )
        for name in sorted(functions.keys() | types.keys())
    )
    return Catalogue(sources.protocol[1], tuple(groups))


def json_schema() -> dict[str, Any]:
    """The content of ``catalogue.schema.json``: a file is one of the three kinds."""
    schema = CatalogueFile.model_json_schema(by_alias=True)
    kinds = [schema["properties"][kind] for kind in ("protocol", "functions", "types")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of the SPE function catalogue",
        "anyOf": kinds,
        "$defs": dict(sorted(schema["$defs"].items())),
    }


def _parse_all(
    paths: Sequence[Path], spec: Path, kind: type[E], faults: list[Fault], texts: Mapping[Path, str]
) -> list[tuple[Document, E]]:
    parsed: list[tuple[Document, E]] = []
    for path in paths:
        try:
            parsed.append(_parse(path, path.relative_to(spec.parent).as_posix(), kind, texts.get(path)))
        except CatalogueError as error:
            faults += error.faults
    return parsed


def _dumps(spec: Path, faults: list[Fault]) -> Iterator[tuple[str, ServerFunctions]]:
    for path in sorted(spec.glob("versions/*.json")):
        name = path.relative_to(spec.parent).as_posix()
        if not VERSION.fullmatch(path.stem):
            faults.append(Fault(name, 1, f"the file is not named after a version such as 25.3: {path.stem!r:.60}"))
            continue
        try:
            yield path.stem, parse(path.read_bytes())
        except MetadataError as error:
            faults.append(Fault(name, 1, str(error)))


def _parse(path: Path, name: str, kind: type[E], text: str | None) -> tuple[Document, E]:
    try:
        text = path.read_text(encoding="utf-8") if text is None else text
    except FileNotFoundError:
        raise CatalogueError([Fault(name, 1, "the file is missing")]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"the file is not UTF-8 text, because of the byte {error.object[error.start]:#04x}: save it as UTF-8"
        raise CatalogueError([Fault(name, line, message)]) from None
    return cast("tuple[Document, E]", _parse_text(text, name, kind))


@lru_cache(maxsize=256)  # to check a change, unchanged files are loaded again too
def _parse_text(text: str, name: str, kind: type[Entry]) -> tuple[Document, Entry]:
    document = Document(name, text)
    if not isinstance(document.content, dict):
        raise CatalogueError([Fault(name, 1, "expected a mapping at the top of the file")])
    try:
        # As strict JSON: a number is not a string, and "yes" is not true.
        return document, kind.model_validate_json(json.dumps(document.content), strict=True)
    except ValidationError as error:
        raise CatalogueError(misfits(document, kind, error)) from None
