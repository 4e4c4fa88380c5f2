"""The catalogue's types as plain JSON Schema (draft 2020-12), for validation and for other tools."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from jsonschema import FormatChecker

from mailstore_codegen.catalogue.model import referenced
from mailstore_codegen.catalogue.schema import Schema


def definitions(types: Mapping[str, Schema]) -> dict[str, Any]:
    """All types as the content of ``$defs``."""
    return {name: plain_schema(schema) for name, schema in types.items()}


def local_reference(reference: str) -> str:
    """``types/stores.yaml#/Store`` -> ``#/$defs/Store``."""
    return f"#/$defs/{referenced(reference)}"


def plain_schema(
    schema: Schema,
    link: Callable[[str], str] = local_reference,
    extend: Callable[[Schema], Mapping[str, Any]] = lambda _: {},
) -> dict[str, Any]:
    """One shape without the catalogue's own keywords.

    Args:
        schema: The shape, with all that is inside it.
        link: How a reference is written.
        extend: Additional keywords of another format, for each shape.
    """

    def inner(child: Schema | None) -> dict[str, Any] | None:
        return None if child is None else plain_schema(child, link, extend)

    keywords = {
        "$ref": link(schema.ref) if schema.ref else None,
        "type": list(schema.type) if isinstance(schema.type, tuple) else schema.type,
        "description": schema.description,
        # Whether a datetime is in UTC is a distinction of the catalogue alone.
        "format": "date-time" if schema.format else None,
        "const": schema.const,
        "enum": None if schema.enum is None else list(schema.enum),
        "properties": {key: inner(child) for key, child in schema.properties.items()} or None,
        "required": list(schema.required) or None,
        "items": inner(schema.items),
        "additionalProperties": inner(schema.additional_properties),
        "anyOf": [inner(child) for child in schema.any_of] or None,
    }
    return {key: value for key, value in keywords.items() if value is not None} | dict(extend(schema))


FORMATS = FormatChecker(formats=())
"""The formats that the catalogue has."""


@FORMATS.checks("date-time", raises=ValueError)
def _is_datetime(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))
