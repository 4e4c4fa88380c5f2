"""A server's own list of its functions (get-metadata), read as what it is: untrusted.

Nothing but names on an allow-list, types that the catalogue has a word for, and yes or no is taken from it; a list that
holds anything else is refused whole, with the entries named.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue
from pydantic_core import from_json

from mailstore_codegen.catalogue import naming

MAX_BYTES = 4_000_000
MAX_FUNCTIONS = 2_000
MAX_ARGUMENTS = 100
"""Far beyond any real server: SPE 25.3 has some 130 functions with at most 20 arguments each."""

MAX_TOLD = 20
"""How many faults are told of one list."""

INVOKE = "/api/invoke/"

WIRE_TYPES: Mapping[str, tuple[str, ...]] = {
    "string": ("string", "datetime", "list"),
    "number": ("number", "integer"),
    "integer": ("integer",),
    "bool": ("boolean",),
    "boolean": ("boolean",),
    "json": ("json",),
    "datetime": ("datetime",),
    "list": ("list",),
}
"""A type as a server tells it -> the catalogue's types that it may stand for, the likeliest first."""


class MetadataError(Exception):
    """The list is refused; the text names the entries and what is wrong with each."""


@dataclass(frozen=True)
class ToldArgument:
    """One argument as the server tells it."""

    name: str
    type: str
    nullable: bool


@dataclass(frozen=True)
class ToldFunction:
    """One function as the server tells it."""

    name: str
    args: tuple[ToldArgument, ...] = ()


Told = Mapping[str, ToldFunction]
"""A server's functions by name, in its order."""


def parse(content: bytes) -> Told:
    """Read the text of a get-metadata reply: a list, or an envelope around it.

    Raises:
        MetadataError: It is too large, not JSON, or holds an entry that is refused.
    """
    if len(content) > MAX_BYTES:
        raise MetadataError(f"the list has {len(content):,} bytes: at most {MAX_BYTES:,} are read")
    try:
        value = cast("JsonValue", from_json(content.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False))
    except ValueError as error:
        raise MetadataError(f"the list is not JSON: {error}") from None
    return read(value["result"] if isinstance(value, dict) and "result" in value else value)


def read(value: JsonValue) -> Told:
    """Check and take over the content of a get-metadata reply.

    Raises:
        MetadataError: As of `parse`.
    """
    if not isinstance(value, list):
        raise MetadataError(f"expected a list of functions, found {_kind(value)}")
    if len(value) > MAX_FUNCTIONS:
        raise MetadataError(f"the list has {len(value):,} functions: at most {MAX_FUNCTIONS:,} are read")
    faults = list(_faults(value, "function", _function_faults))
    if faults:
        more = f"\n... and {len(faults) - MAX_TOLD} more" if len(faults) > MAX_TOLD else ""
        raise MetadataError("\n".join(faults[:MAX_TOLD]) + more)
    functions = [_function(cast("dict[str, JsonValue]", entry)) for entry in value]
    return {function.name: function for function in functions}


def dump(told: Told) -> str:
    """The list as a file to keep: what was read, and no more."""
    content = [
        {"name": function.name, "args": [{"name": arg.name, "type": arg.type, "nullable": arg.nullable} for arg in function.args]}
        for function in told.values()
    ]
    return json.dumps(content, indent=1) + "\n"


def _function(entry: Mapping[str, JsonValue]) -> ToldFunction:
    args = cast("list[dict[str, str]]", entry.get("args") or [])
    return ToldFunction(str(entry["name"]), tuple(ToldArgument(arg["name"], arg["type"].lower(), bool(arg["nullable"])) for arg in args))


_Faults = Callable[[Mapping[str, JsonValue], str], Iterator[str]]


def _faults(entries: Sequence[JsonValue], what: str, inner: _Faults) -> Iterator[str]:
    """What is wrong with each entry of a list of named things."""
    seen: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        place = f"{what} {number}"
        if not isinstance(entry, dict):
            yield f"{place}: expected an object, found {_kind(entry)}"
            continue
        name = entry.get("name")
        if not isinstance(name, str):
            yield f"{place}: its name is {_kind(name)}"
        elif not naming.WIRE_NAME.fullmatch(name):
            shown = f"{name[:60]!a} ({len(name):,} characters)"
            yield f"{place}: its name {shown} is refused: expected a letter, then letters, digits or _, at most 100"
        elif name.lower() in seen:
            yield f"{place}: {name} is listed already, as {seen[name.lower()]}"
        else:
            seen[name.lower()] = name
            yield from inner(entry, name)


def _function_faults(entry: Mapping[str, JsonValue], name: str) -> Iterator[str]:
    args, path = entry.get("args"), entry.get("path")
    if path is not None and path != f"{INVOKE}{name}":
        yield f"function {name}: it stands at {str(path)[:60]!a}, but functions are called at {INVOKE} only"
    if args is None:
        return
    if not isinstance(args, list):
        yield f"function {name}: its args are {_kind(args)}, not a list"
    elif len(args) > MAX_ARGUMENTS:
        yield f"function {name}: it has {len(args):,} arguments: at most {MAX_ARGUMENTS} are read"
    else:
        yield from (f"function {name}, {fault}" for fault in _faults(args, "argument", _argument_faults))


def _argument_faults(entry: Mapping[str, JsonValue], name: str) -> Iterator[str]:
    kind, nullable = entry.get("type"), entry.get("nullable")
    if not isinstance(kind, str) or kind.lower() not in WIRE_TYPES:
        shown = f"{kind[:60]!a}" if isinstance(kind, str) else _kind(kind)
        yield f"argument {name}: its type is {shown}: expected one of {', '.join(WIRE_TYPES)}"
    if not isinstance(nullable, bool):
        yield f"argument {name}: nullable is {_kind(nullable)}, not true or false"


def _kind(value: JsonValue) -> str:
    kinds = {"dict": "an object", "list": "a list", "str": "a text", "bool": "true or false", "NoneType": "nothing"}
    return kinds.get(type(value).__name__, "a number")
