"""Functions of the catalogue -> the table that the command line interprets: one file a group, and an index.

The command line loads the index for its list of groups and one group's file for a command, so that it starts quickly.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Function, Schema

MOMENT = "2026-01-31T00:00:00"
"""The placeholder for a time in a skeleton."""

SIZES = ("bytes", "KB", "MB", "GB", "TB")

PLACEHOLDERS: Mapping[str, JsonValue] = {"string": "", "integer": 0, "number": 0, "boolean": False, "null": None}


def tables(catalogue: Catalogue) -> dict[str, dict[str, JsonValue]]:
    """Every file of the table by its name."""
    groups = [group for group in catalogue.groups if group.functions]
    index: dict[str, JsonValue] = {
        "groups": {naming.command_group(group.name): group.title for group in groups},
        "functions": {function.name: naming.command_group(group.name) for group in groups for function in group.functions},
        "versions": list(catalogue.protocol.versions),
    }
    return {"index.json": index} | {f"{naming.command_group(group.name)}.json": _group(catalogue, group) for group in groups}


def _group(catalogue: Catalogue, group: Group) -> dict[str, JsonValue]:
    names = naming.commands(group.name, (function.method for function in group.functions))
    return {names[function.method]: _command(catalogue, function) for function in group.functions}


def _command(catalogue: Catalogue, function: Function) -> dict[str, JsonValue]:
    return _shown(
        {
            "function": function.name,
            "summary": _line(function.summary),
            "details": _line(function.details or ""),
            "effect": function.effect.value,
            "access": function.access.value,
            "long_running": function.long_running,
            "since": function.since,
            "until": function.until,
            "arguments": [_argument(catalogue, argument) for argument in function.current_args],
            "secret_fields": list(secret_fields(catalogue, function.result)),
            "sizes": dict(_sizes(catalogue, function.result)) or None,
            "skeleton": {argument.name: _placeholder_of(catalogue, argument) for argument in function.current_args},
        }
    )


def _argument(catalogue: Catalogue, argument: Argument) -> JsonValue:
    known = catalogue.resolve(argument.enum) if argument.enum else Schema()
    return _shown(
        {
            "name": argument.name,
            "option": naming.option(argument.variable),
            "kind": argument.type,
            "required": argument.required and argument.default is None,
            "secret": argument.secret,
            "doc": _line(argument.doc or ""),
            "unit": argument.unit,
            "values": list(known.enum or ()),
            "default": argument.default,
            "since": argument.since,
            "secret_fields": list(secret_fields(catalogue, argument.shape)) if argument.shape else [],
            "document": _document(catalogue, argument.shape or Schema()),
        }
    )


def _document(catalogue: Catalogue, shape: Schema) -> JsonValue:
    """The type of a document, or of its items if it is a list; None without a named type."""
    if ref := shape.ref or (shape.items.ref if shape.items else None):
        incomplete = sorted(name for name in catalogue.closure([ref]) if catalogue.types[name].additional_properties is not None)
        return {"type": referenced(ref), "many": not shape.ref, "incomplete": cast("list[JsonValue]", incomplete)}
    return None


def _shown(entry: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Without what says nothing."""
    return {key: value for key, value in entry.items() if value is False or value not in (None, "", [])}


def _line(text: str) -> str:
    return " ".join(naming.printable(text).split())


def _sizes(catalogue: Catalogue, schema: Schema) -> Iterator[tuple[str, str]]:
    """The fields of a result, or of the rows of one, that are sizes, each with its unit."""
    row = catalogue.resolve(schema.ref) if schema.ref else schema
    if row.items:
        return _sizes(catalogue, row.items)
    return ((name, field.unit) for name, field in row.properties.items() if field.unit in SIZES)


def secret_fields(catalogue: Catalogue, schema: Schema, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The keys, at any depth, whose values are secret."""
    if schema.ref and schema.ref not in seen:
        yield from secret_fields(catalogue, catalogue.resolve(schema.ref), seen | {schema.ref})
    yield from (key for key, child in schema.properties.items() if child.holds_secret)
    for child in schema.children():
        yield from secret_fields(catalogue, child, seen)


def _placeholder_of(catalogue: Catalogue, argument: Argument) -> JsonValue:
    if argument.default is not None:
        return argument.default
    if argument.type == "json":
        return _placeholder(catalogue, argument.shape) if argument.shape else {}
    known = catalogue.resolve(argument.enum).enum if argument.enum else None
    value = known[0] if known else MOMENT if argument.type == "datetime" else PLACEHOLDERS.get(argument.type, "")
    return [value] if argument.type == "list" else value


def _placeholder(catalogue: Catalogue, schema: Schema, seen: frozenset[str] = frozenset()) -> JsonValue:
    """A value of a shape to fill in: empty texts, zeros, the first of known values, one item in a list."""
    if schema.ref:
        return None if schema.ref in seen else _placeholder(catalogue, catalogue.resolve(schema.ref), seen | {schema.ref})
    if schema.any_of:
        return _placeholder(catalogue, schema.any_of[0], seen)
    if schema.const is not None or schema.enum:
        return schema.const if schema.const is not None else (schema.enum or ("",))[0]
    kind = next(iter(schema.types), "null")
    if kind == "array":
        return [_placeholder(catalogue, schema.items or Schema(), seen)]
    if kind == "object":
        return {key: _placeholder(catalogue, child, seen) for key, child in schema.properties.items()}
    return MOMENT if schema.format else PLACEHOLDERS[kind]
