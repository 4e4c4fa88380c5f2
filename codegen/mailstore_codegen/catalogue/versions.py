"""The catalogue of one server version, and what kept lists of functions say about versions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from mailstore_codegen.catalogue.model import Catalogue, Group
from mailstore_codegen.catalogue.schema import Argument, Example, Function, Schema
from mailstore_codegen.catalogue.server_functions import ServerFunctions

D = TypeVar("D", Function, Argument, Schema)
Dumps = Mapping[str, ServerFunctions]
"""Kept lists of functions by server version."""


def number(version: str) -> tuple[int, ...]:
    """``25.3`` -> (25, 3), which sorts."""
    return tuple(int(part) for part in version.split("."))


def before(version: str, versions: Iterable[str]) -> str | None:
    """The newest of the versions that are older than `version`."""
    return max((other for other in versions if number(other) < number(version)), key=number, default=None)


def offered(entry: Function | Argument | Schema, version: str) -> bool:
    """Whether a server of this version has it."""
    known = entry.since is None or number(entry.since) <= number(version)
    return known and (entry.until is None or number(version) <= number(entry.until))


def overlap(one: Function | Argument, other: Function | Argument) -> bool:
    """Whether a server version may have both."""
    return not any(a.until and b.since and number(a.until) < number(b.since) for a, b in ((one, other), (other, one)))


def at(catalogue: Catalogue, version: str) -> Catalogue:
    """The catalogue as a server of one version is: without functions, arguments and fields of others.

    What is there has no end, so that methods have it, and what a later version brings changes nothing. Types stay, so that
    no reference dangles.
    """
    groups = (_group_at(group, version) for group in catalogue.groups)
    versions = tuple(other for other in catalogue.protocol.versions if number(other) <= number(version))
    return Catalogue(catalogue.protocol.model_copy(update={"versions": versions}), tuple(groups))


def _group_at(group: Group, version: str) -> Group:
    functions = tuple(_function_at(function, version) for function in group.functions if offered(function, version))
    return replace(group, functions=functions, types={name: _type_at(schema, version) for name, schema in group.types.items()})


def _function_at(function: Function, version: str) -> Function:
    args = tuple(argument.model_copy(update={"until": None}) for argument in function.args if offered(argument, version))
    names = {argument.name for argument in args}
    example = Example(args={name: value for name, value in function.example.args.items() if name in names})
    return function.model_copy(update={"args": args, "example": example, "until": None})


def _type_at(schema: Schema, version: str) -> Schema:
    properties = {name: child.model_copy(update={"until": None}) for name, child in schema.properties.items() if offered(child, version)}
    required = tuple(name for name in schema.required if name in properties)
    return schema.model_copy(update={"properties": properties, "required": required})


def dated(catalogue: Catalogue, dumps: Dumps) -> Catalogue:
    """The catalogue with ``since`` and ``until`` as the kept lists say, where they say something."""
    if not dumps:
        return catalogue
    versions = sorted({*catalogue.protocol.versions, *dumps}, key=number)
    groups = tuple(
        replace(group, functions=tuple(_dated_function(function, dumps, versions) for function in group.functions))
        for group in catalogue.groups
    )
    return Catalogue(catalogue.protocol.model_copy(update={"versions": tuple(versions)}), groups)


def _dated_function(function: Function, dumps: Dumps, versions: list[str]) -> Function:
    lists = {
        version: {arg.name for arg in reported[function.name].args} for version, reported in dumps.items() if function.name in reported
    }
    # If facts of an argument differ by version, it has several entries; each is in all lists of its versions.
    args = tuple(
        _dated(argument, {version: argument.name in names for version, names in lists.items()}, versions)
        if len(function.variants(argument.name)) == 1
        else argument
        for argument in function.args
    )
    listed = {version: function.name in reported for version, reported in dumps.items()}
    return _dated(function.model_copy(update={"args": args}), listed, versions)


def _dated(entry: D, listed: Mapping[str, bool], versions: list[str]) -> D:
    """One entry with its span of versions, given the lists that contain it; a list takes precedence over other sources."""
    order = sorted(listed, key=number)
    having = [version for version in order if listed[version]]
    span = _seen_span(entry, having, order) if having else (entry.since, _end_before_lists(entry, order, versions))
    return entry.model_copy(update={"since": span[0], "until": span[1]})


def _seen_span(entry: Function | Argument | Schema, having: list[str], order: list[str]) -> tuple[str | None, str | None]:
    first, last = having[0], having[-1]
    since, until = entry.since, entry.until
    if order[0] != first or (since and number(first) < number(since)):
        since = first
    lacking = next((version for version in order if number(version) > number(last)), None)
    if lacking:
        reported = until is not None and number(last) <= number(until) < number(lacking)
        until = until if reported else last
    elif until and number(until) < number(last):
        until = None
    return since, until


def _end_before_lists(entry: Function | Argument | Schema, order: list[str], versions: list[str]) -> str | None:
    """The end of something that no list has: before the first list that should have it."""
    start = number(entry.since) if entry.since else ()
    lacking = next((version for version in order if number(version) >= start), None)
    end = before(lacking, versions) if lacking else None
    if end is None or number(end) < start:
        return entry.until  # a list contradicts another source: a person decides
    return min(filter(None, (entry.until, end)), key=number)
