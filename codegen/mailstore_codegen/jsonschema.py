"""The catalogue's types as plain JSON Schema (draft 2020-12), for validation and for other tools."""

from collections.abc import Callable, Mapping
from typing import Any

from mailstore_codegen.catalogue import referenced
from mailstore_codegen.schema import Schema


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
        extend: Keywords that another format has beside these, for each shape.
    """
    plain: dict[str, Any] = {}
    if schema.ref:
        plain["$ref"] = link(schema.ref)
    if schema.type:
        plain["type"] = schema.type if isinstance(schema.type, str) else list(schema.type)
    if schema.description:
        plain["description"] = schema.description
    if schema.format:
        # Whether a datetime is in UTC is a distinction of the catalogue alone.
        plain["format"] = "date-time"
    if schema.const is not None:
        plain["const"] = schema.const
    if schema.enum is not None:
        plain["enum"] = list(schema.enum)
    if schema.properties:
        plain["properties"] = {key: plain_schema(child, link, extend) for key, child in schema.properties.items()}
    if schema.required:
        plain["required"] = list(schema.required)
    if schema.items:
        plain["items"] = plain_schema(schema.items, link, extend)
    if schema.additional_properties:
        plain["additionalProperties"] = plain_schema(schema.additional_properties, link, extend)
    if schema.any_of:
        plain["anyOf"] = [plain_schema(child, link, extend) for child in schema.any_of]
    return {**plain, **extend(schema)}
