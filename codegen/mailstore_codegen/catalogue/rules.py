"""The whole catalogue as the rules of lint see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mailstore_codegen.catalogue.json_schema import definitions
from mailstore_codegen.catalogue.model import Sources
from mailstore_codegen.catalogue.schema import Argument, Function, FunctionFile, Schema
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location


@dataclass(frozen=True)
class Rules:
    """The whole catalogue as the rules see it."""

    sources: Sources

    @cached_property
    def places(self) -> dict[str, str]:
        """Each type's reference: ``types/stores.yaml#/Store`` -> ``Store``."""
        return {f"types/{file.group}.yaml#/{name}": name for _, file in self.sources.types for name in file.types}

    @cached_property
    def types(self) -> dict[str, Schema]:
        """All types by name."""
        return {name: schema for _, file in self.sources.types for name, schema in file.types.items()}

    @cached_property
    def definitions(self) -> dict[str, Any]:
        """All types as JSON Schema, for what refers to them."""
        return definitions(self.types)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Known server versions, oldest first."""
        return tuple(sorted(set(self.sources.versions), key=lambda version: [int(part) for part in version.split(".")]))

    def functions(self) -> Iterator[tuple[Document, FunctionFile, Location, Function]]:
        """Every function with its location."""
        for document, file in self.sources.functions:
            for index, function in enumerate(file.functions):
                yield document, file, ("functions", index), function

    def arguments(self) -> Iterator[tuple[Document, Location, Argument]]:
        """Every argument, those of the protocol's own calls too."""
        for document, _, place, function in self.functions():
            for index, argument in enumerate(function.args):
                yield document, (*place, "args", index), argument
        document, protocol = self.sources.protocol
        for number, endpoint in enumerate(protocol.endpoints):
            for index, argument in enumerate(endpoint.args):
                yield document, ("endpoints", number, "args", index), argument

    @cached_property
    def schemas(self) -> list[tuple[Document, Location, Schema]]:
        """Every schema node of the catalogue with its location."""
        return list(self._schemas())

    def _schemas(self) -> Iterator[tuple[Document, Location, Schema]]:
        for document, file in self.sources.types:
            for name, schema in file.types.items():
                yield from _walk(document, ("types", name), schema)
        for document, _, place, function in self.functions():
            yield from _walk(document, (*place, "result"), function.result)
        for document, place, argument in self.arguments():
            if argument.shape:
                yield from _walk(document, (*place, "shape"), argument.shape)
        document, protocol = self.sources.protocol
        for key, field in protocol.envelope.properties.items():
            yield from _walk(document, ("envelope", "properties", key), field)
        for number, endpoint in enumerate(protocol.endpoints):
            if endpoint.result:
                yield from _walk(document, ("endpoints", number, "result"), endpoint.result)


Rule = Callable[[Rules], Iterator[Fault]]


def is_named(place: Location) -> bool:
    """Whether a schema is itself a named type."""
    return place[0] == "types" and len(place) == len(("types", "name"))


def _walk(document: Document, place: Location, schema: Schema) -> Iterator[tuple[Document, Location, Schema]]:
    yield document, place, schema
    for key, child in schema.properties.items():
        yield from _walk(document, (*place, "properties", key), child)
    for index, child in enumerate(schema.any_of):
        yield from _walk(document, (*place, "anyOf", index), child)
    if schema.items:
        yield from _walk(document, (*place, "items"), schema.items)
    if schema.additional_properties:
        yield from _walk(document, (*place, "additionalProperties"), schema.additional_properties)
