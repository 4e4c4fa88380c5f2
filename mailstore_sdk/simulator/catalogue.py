"""The compiled catalogue as the simulator reads it: one server version's functions, arguments and types."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

WireType = Literal["string", "integer", "number", "boolean", "datetime", "json", "list"]

_METADATA_TYPES: Mapping[WireType, str] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "bool",
    "datetime": "string",
    "json": "json",
    "list": "string",
}


class Entry(BaseModel):
    """Base of the catalogue's entries: keys that the simulator does not use are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    since: str | None = None
    until: str | None = None

    def is_in(self, version: str) -> bool:
        """Return whether a server of this version has this entry."""
        known_since = self.since is None or _number(self.since) <= _number(version)
        return known_since and (self.until is None or _number(version) <= _number(self.until))


class Schema(Entry):
    """The shape of a JSON value, in the subset of JSON Schema that the catalogue uses."""

    ref: str | None = Field(None, alias="$ref")
    type: str | tuple[str, ...] = ()
    format: str | None = None
    enum: tuple[str, ...] = ()
    items: Schema | None = None
    properties: dict[str, Schema] = {}
    required: tuple[str, ...] = ()
    any_of: tuple[Schema, ...] = Field((), alias="anyOf")
    secret: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """The JSON types that the schema allows; empty means any."""
        return (self.type,) if isinstance(self.type, str) else self.type


ANYTHING = Schema.model_validate({})
"""The schema that every value fits."""


class Argument(Entry):
    """One argument of a function."""

    name: str
    type: WireType
    required: bool = False
    enum: str | None = None
    shape: Schema | None = None
    secret: bool = False


class Function(Entry):
    """One function under ``/api/invoke/``."""

    name: str
    args: tuple[Argument, ...] = ()
    result: Schema = ANYTHING
    long_running: bool = False
    access: str = "admin"

    def metadata(self) -> dict[str, JsonValue]:
        """The function's entry in the reply to get-metadata."""
        args: list[JsonValue] = [{"name": arg.name, "type": _METADATA_TYPES[arg.type], "nullable": not arg.required} for arg in self.args]
        return {"name": self.name, "args": args}


class Group(Entry):
    """One file of the catalogue: functions on one subject and the types that they use."""

    name: str
    functions: tuple[Function, ...] = ()
    types: dict[str, Schema] = {}

    def references(self) -> Iterator[tuple[str, Schema]]:
        """The group's types by their references."""
        return ((f"types/{self.name}.yaml#/{name}", schema) for name, schema in self.types.items())


class Endpoint(Entry):
    """A call directly under ``/api/``."""

    name: str
    args: tuple[Argument, ...] = ()


DialectName = Literal["basic", "session"]


class Dialect(Entry):
    """A way to authenticate, and its default port."""

    name: DialectName
    port: int


class Protocol(Entry):
    """The parts that all calls share."""

    versions: tuple[str, ...]
    dialects: tuple[Dialect, ...] = ()
    endpoints: tuple[Endpoint, ...]
    envelope: Schema


class CatalogueFile(Entry):
    """The whole compiled catalogue, of all versions."""

    protocol: Protocol
    groups: tuple[Group, ...]


E_ = TypeVar("E_", bound=Entry)


class Catalogue:
    """The functions and types of one server version.

    Raises:
        ValueError: The catalogue does not know the version.
    """

    def __init__(self, version: str, file: CatalogueFile | None = None) -> None:
        file = file or load()
        if version not in file.protocol.versions:
            known = ", ".join(file.protocol.versions)
            raise ValueError(f"SPE version {version!r} is not known: expected one of {known}")
        self.version = version
        self.ports: dict[DialectName, int] = {dialect.name: dialect.port for dialect in file.protocol.dialects}
        offered_dialects: list[DialectName] = [dialect.name for dialect in self._offered(file.protocol.dialects)]
        self.dialect: DialectName = offered_dialects[0] if offered_dialects else "basic"
        self.envelope_keys = tuple(file.protocol.envelope.properties)
        self.endpoints = {endpoint.name: endpoint for endpoint in file.protocol.endpoints}
        self.types = {ref: schema for group in file.groups for ref, schema in group.references()}
        offered = self._offered(function for group in file.groups for function in group.functions)
        self.functions = {function.name: self._trimmed(function) for function in offered}

    def resolve(self, schema: Schema) -> Schema:
        """Return the schema itself, or the type that it refers to."""
        while schema.ref:
            schema = self.types[schema.ref]
        return schema

    def metadata(self) -> list[JsonValue]:
        """Return the reply to get-metadata."""
        return [function.metadata() for function in self.functions.values()]

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Return the names of all arguments and fields whose values must not be shown."""
        arguments = (arg.name for function in self.functions.values() for arg in function.args if arg.secret)
        fields = (name for schema in self.types.values() for name, field in schema.properties.items() if field.secret)
        return frozenset((*arguments, *fields))

    def _offered(self, entries: Iterable[E_]) -> Iterator[E_]:
        return (entry for entry in entries if entry.is_in(self.version))

    def _trimmed(self, function: Function) -> Function:
        return function.model_copy(update={"args": tuple(self._offered(function.args))})


@cache
def load() -> CatalogueFile:
    """Load the catalogue that the package was built with."""
    text = (resources.files("mailstore_sdk") / "_generated" / "catalogue.json").read_bytes()
    return CatalogueFile.model_validate_json(text)


def load_file(path: str | os.PathLike[str]) -> CatalogueFile:
    """Load another catalogue: the ``catalogue.json`` of a generated package.

    Raises:
        ValueError: The file cannot be read, or is invalid.
    """
    try:
        return CatalogueFile.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise ValueError(f"catalogue {path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        raise ValueError(f"{path} is not a catalogue.json of a generated package: {error.errors()[0]['msg']}") from None


@cache
def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
