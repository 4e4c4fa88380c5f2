"""The loaded catalogue: frozen, and the only input of the rest of the generator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mailstore_codegen.catalogue.schema import Function, FunctionFile, Protocol, Schema, TypeFile
from mailstore_codegen.catalogue.server_functions import ServerFunctions
from mailstore_codegen.catalogue.yaml_file import Document


@dataclass(frozen=True)
class Group:
    """Functions and types that an administrator thinks of together."""

    name: str
    title: str
    functions: tuple[Function, ...] = ()
    types: Mapping[str, Schema] = field(default_factory=dict[str, Schema])


@dataclass(frozen=True)
class Catalogue:
    """Everything that is known about the API: what every other part of the generator reads."""

    protocol: Protocol
    groups: tuple[Group, ...]

    @property
    def functions(self) -> Iterator[Function]:
        """All functions, by group and name."""
        return (function for group in self.groups for function in group.functions)

    @cached_property
    def types(self) -> Mapping[str, Schema]:
        """All types by name."""
        return {name: schema for group in self.groups for name, schema in group.types.items()}

    @cached_property
    def group_of_type(self) -> Mapping[str, str]:
        """The group of each type."""
        return {name: group.name for group in self.groups for name in group.types}

    def resolve(self, reference: str) -> Schema:
        """The type that a reference names."""
        return self.types[referenced(reference)]

    def closure(self, references: Iterable[str]) -> frozenset[str]:
        """The names of the types that are referenced, and of all that they consist of."""
        waiting, found = list(references), set[str]()
        while waiting:
            name = referenced(waiting.pop())
            if name not in found:
                found.add(name)
                waiting += self.types[name].references()
        return frozenset(found)

    @cached_property
    def sent(self) -> frozenset[str]:
        """The names of the types that callers create: those of arguments, and what they consist of."""
        return self.closure(ref for function in self.functions for argument in function.args for ref in argument.references())


@dataclass(frozen=True)
class Sources:
    """The parsed files of a catalogue with their documents, for errors with line numbers."""

    protocol: tuple[Document, Protocol]
    functions: tuple[tuple[Document, FunctionFile], ...]
    types: tuple[tuple[Document, TypeFile], ...]
    dumps: Mapping[str, ServerFunctions] = field(default_factory=dict[str, ServerFunctions])

    @property
    def versions(self) -> tuple[str, ...]:
        """Server versions that may be named: those of the protocol and those whose list of functions is kept."""
        return (*self.protocol[1].versions, *self.dumps)


def referenced(reference: str) -> str:
    """``types/stores.yaml#/Store`` -> ``Store``."""
    return reference.rpartition("/")[2]
