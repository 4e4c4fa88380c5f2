"""Fill, check and trim values by the JSON schemas of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from mailstore_sdk.simulator.catalogue import ANYTHING, Catalogue, Schema
from mailstore_sdk.simulator.errors import Refusal

_MINIMAL: Mapping[str, JsonValue] = {"string": "", "integer": 0, "number": 0, "boolean": False}

_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"-?[0-9]{1,18}")

_IS: Mapping[str, Callable[[JsonValue], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def fill(catalogue: Catalogue, schema: Schema) -> JsonValue:
    """Return the smallest valid value: null where it is allowed, empty lists, required keys only."""
    schema = catalogue.resolve(schema)
    if schema.any_of:
        return _smallest([fill(catalogue, choice) for choice in schema.any_of])
    if not schema.types or "null" in schema.types:
        return None
    kind = schema.types[0]
    if kind == "object":
        return {name: fill(catalogue, schema.properties.get(name, ANYTHING)) for name in schema.required}
    if kind == "array":
        return []
    if schema.enum:
        return schema.enum[0]
    return "2000-01-01T00:00:00" if schema.format else _MINIMAL[kind]


def _smallest(choices: list[JsonValue]) -> JsonValue:
    return None if None in choices else choices[0]


def check(catalogue: Catalogue, value: JsonValue, schema: Schema, path: str) -> None:
    """Check required keys and the types of values.

    Enums are not checked: most enums in JSON are open, since the catalogue knows only the observed values.

    Raises:
        Refusal: The value is invalid; the message names the place.
    """
    schema = catalogue.resolve(schema)
    if schema.any_of:
        _check_any(catalogue, value, schema, path)
        return
    if schema.types and not any(_IS[kind](value) for kind in schema.types):
        raise Refusal(f"The value of {path} is not of type {' or '.join(schema.types)}.", "System.FormatException")
    if isinstance(value, dict):
        _check_object(catalogue, value, schema, path)
    elif isinstance(value, list) and schema.items:
        for index, item in enumerate(value):
            check(catalogue, item, schema.items, f"{path}[{index}]")


def _check_any(catalogue: Catalogue, value: JsonValue, schema: Schema, path: str) -> None:
    refusal: Refusal | None = None
    for choice in schema.any_of:
        try:
            check(catalogue, value, choice, path)
        except Refusal as error:
            refusal = refusal or error
        else:
            return
    if refusal:
        raise refusal


def _check_object(catalogue: Catalogue, value: dict[str, JsonValue], schema: Schema, path: str) -> None:
    for name in schema.required:
        if name not in value:
            raise Refusal(f"The value of {path} has no {name}.", "System.FormatException")
    for name, inner in value.items():
        check(catalogue, inner, schema.properties.get(name, ANYTHING), f"{path}.{name}")


def converted(catalogue: Catalogue, value: JsonValue, schema: Schema) -> JsonValue:
    """Convert the string form of a boolean or a number, unless the schema allows strings."""
    schema = _shape(catalogue, schema)
    if isinstance(value, list):
        return [converted(catalogue, item, schema.items or ANYTHING) for item in value]
    if isinstance(value, dict):
        return {name: converted(catalogue, inner, schema.properties.get(name, ANYTHING)) for name, inner in value.items()}
    if not isinstance(value, str) or "string" in schema.types:
        return value
    if "boolean" in schema.types and value in _BOOLEANS:
        return _BOOLEANS[value]
    return int(value) if "integer" in schema.types and _INTEGER.fullmatch(value) else value


def _shape(catalogue: Catalogue, schema: Schema) -> Schema:
    """Resolve references; of a choice, which is one shape or null in the catalogue, return the shape."""
    schema = catalogue.resolve(schema)
    return next((catalogue.resolve(choice) for choice in schema.any_of if choice.types != ("null",)), schema)


def trim(catalogue: Catalogue, value: JsonValue, schema: Schema) -> JsonValue:
    """Remove the fields that a server of the catalogue's version does not have."""
    schema = _shape(catalogue, schema)
    if isinstance(value, list):
        return [trim(catalogue, item, schema.items or ANYTHING) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {name: schema.properties.get(name, ANYTHING) for name in value}
    kept = {name: field for name, field in fields.items() if field.is_in(catalogue.version)}
    return {name: trim(catalogue, value[name], field) for name, field in kept.items()}
