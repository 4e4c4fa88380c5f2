"""Catalogue schemas -> Python types: the one place where the type of an argument, a field or a result is decided.

Signatures, descriptors, models, `diff` and the reference all use it, so they cannot disagree.
"""

import ast
from collections.abc import Iterator
from functools import cache

from mailstore_codegen.catalogue.model import referenced
from mailstore_codegen.catalogue.schema import Argument, JsonType, Schema

MODEL_MODULE = "mailstore_sdk.runtime.model"

SCALARS: dict[JsonType, str] = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

DATETIMES = {"date-time": "WireDatetime", "call-date-time": "CallDatetime", "utc-date-time": "UtcDatetime"}
STAND_INS = {"JsonValue": "pydantic.JsonValue"} | {name: f"{MODEL_MODULE}.{name}" for name in ("SecretText", *DATETIMES.values())}
"""Types that JSON Schema has no word for, by their names: where each is imported from."""


def stand_in(schema: Schema) -> str | None:
    """The name of the `STAND_INS` that a shape is, null aside."""
    if schema.secret:
        return "SecretText"
    if schema.format:
        return DATETIMES[schema.format]
    return None if schema.ref or schema.type or schema.any_of else "JsonValue"


def python_type(schema: Schema, prefix: str = "") -> str:
    """The Python type of a shape; `prefix` goes in front of the names of models and stand-ins."""
    return " | ".join(dict.fromkeys(_arms(schema, prefix)))


def field_type(owner: Schema, key: str) -> str:
    """The Python type of a model's field: None too where the key may be absent."""
    hint = python_type(owner.properties[key])
    return hint if key in owner.required or "None" in arms(hint) else f"{hint} | None"


def argument_type(argument: Argument) -> str:
    """The Python type of an argument that is given."""
    name = referenced(argument.enum) if argument.enum else None
    text = f"{name} | {name}Value" if name else "str"
    if argument.type == "json":
        return python_type(argument.shape or Schema())
    simple = {
        "string": text,
        "list": f"Sequence[{text}]",
        "integer": "int",
        "number": "float",
        "boolean": "bool",
        "datetime": "date | datetime",
    }
    return simple[argument.type]


@cache
def arms(hint: str) -> frozenset[str]:
    """The arms of a type, each in one spelling; a list of something is one arm."""
    return frozenset(_alternatives(ast.parse(hint, mode="eval").body))


def _arms(schema: Schema, prefix: str) -> Iterator[str]:
    if schema.ref:
        yield prefix + referenced(schema.ref)
    for arm in schema.any_of:
        yield from _arms(arm, prefix)
    if not (schema.ref or schema.any_of or schema.type):
        yield f"{prefix}JsonValue"
    for kind in schema.types:
        yield _kind(schema, kind, prefix)


def _kind(schema: Schema, kind: JsonType, prefix: str) -> str:
    if kind == "array":
        return f"list[{python_type(schema.items or Schema(), prefix)}]"
    if kind == "object":
        return f"dict[str, {python_type(schema.additional_properties or Schema(), prefix)}]"
    if kind != "string":
        return SCALARS[kind]
    if schema.const is not None:
        return f"Literal[{schema.const!r}]"
    if name := stand_in(schema):
        return prefix + name
    return "str"


def _alternatives(node: ast.expr) -> Iterator[str]:
    """The arms of a type however it is written: with ``|``, as ``Optional[…]``, in quotes, with facts of ``Annotated``."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield from _alternatives(left)
            yield from _alternatives(right)
        case ast.Constant(value=str(text)):
            yield from arms(text)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            yield from _alternatives(inner)
            yield "None"
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            yield from _alternatives(inner)
        case ast.Subscript(value=ast.Name(id="list" | "dict" as outer), slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            yield f"{outer}[{', '.join(' | '.join(sorted(_alternatives(part))) for part in parts)}]"
        case _:
            yield ast.unparse(node)
