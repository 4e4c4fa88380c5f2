"""A server's own list of its functions (get-metadata), treated as untrusted.

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
from mailstore_sdk.runtime.text_files import decoded

MAX_BYTES = 4_000_000
MAX_FUNCTIONS = 2_000
MAX_ARGUMENTS = 100
"""Far beyond any real server: SPE 25.3 has some 130 functions with at most 20 arguments each."""

MAX_TOLD = 20
"""How many errors are reported for one list."""

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
"""A type as a server reports it -> the catalogue's types that it may mean, the likeliest first."""


class MetadataError(Exception):
    """The list is refused; the text names the entries and what is wrong with each."""


@dataclass(frozen=True)
class ServerArgument:
    """One argument as the server reports it."""

    name: str
    type: str
    nullable: bool


@dataclass(frozen=True)
class ServerFunction:
    """One function as the server reports it."""

    name: str
    args: tuple[ServerArgument, ...] = ()


ServerFunctions = Mapping[str, ServerFunction]
"""A server's functions by name, in its order."""


@dataclass(frozen=True)
class Aside:
    """Something that is put aside for a person to settle.

    Attributes:
        place: The function, or the entry of the list.
        reason: What is wrong with it.
        snippet: What the server says, or how the catalogue would say it.
        function: The name of the function that the place is in; empty if it has none.
    """

    place: str
    reason: str
    snippet: str
    function: str = ""


def parse(content: bytes, aside: list[Aside] | None = None) -> ServerFunctions:
    """Read the text of a get-metadata reply: a list, or an envelope around it.

    Args:
        content: The text.
        aside: Where entries go that are refused; without it one of them refuses the list.

    Raises:
        MetadataError: It is too large, not JSON, or holds an entry that is refused.
    """
    if len(content) > MAX_BYTES:
        raise MetadataError(f"the list has {len(content):,} bytes: at most {MAX_BYTES:,} are read")
    try:
        value = cast("JsonValue", from_json(decoded(content), allow_inf_nan=False))
    except ValueError as error:
        raise MetadataError(f"the list is not JSON: {error}") from None
    return read(value["result"] if isinstance(value, dict) and "result" in value else value, aside)


def read(value: JsonValue, aside: list[Aside] | None = None) -> ServerFunctions:
    """Check and take over the content of a get-metadata reply.

    Raises:
        MetadataError: As of `parse`.
    """
    if not isinstance(value, list):
        raise MetadataError(f"expected a list of functions, found {_kind(value)}")
    if not value:
        raise MetadataError("the list has no functions: expected those that the server offers")
    if len(value) > MAX_FUNCTIONS:
        raise MetadataError(f"the list has {len(value):,} functions: at most {MAX_FUNCTIONS:,} are read")
    checked = list(_checked(value, "function", _function_faults))
    refused = [(entry, faults) for entry, faults in checked if faults]
    if aside is not None:
        aside += [_aside(entry, faults) for entry, faults in refused]
    elif refused:
        faults = [fault for _, found in refused for fault in found]
        more = f"\n... and {len(faults) - MAX_TOLD} more" if len(faults) > MAX_TOLD else ""
        raise MetadataError("\n".join(faults[:MAX_TOLD]) + more)
    functions = [_function(cast("dict[str, JsonValue]", entry)) for entry, faults in checked if not faults]
    return {function.name: function for function in functions}


def _aside(entry: JsonValue, faults: list[str]) -> Aside:
    place, _, reason = faults[0].partition(": ")
    name = entry.get("name") if isinstance(entry, dict) else None
    return Aside(place, "; ".join((reason, *faults[1:])), f"{json.dumps(entry):.300}", name if isinstance(name, str) else "")


def dump(reported: ServerFunctions) -> str:
    """The list as a file to keep: what was read, and no more."""
    content = [
        {"name": function.name, "args": [{"name": arg.name, "type": arg.type, "nullable": arg.nullable} for arg in function.args]}
        for function in reported.values()
    ]
    return json.dumps(content, indent=1) + "\n"


def _function(entry: Mapping[str, JsonValue]) -> ServerFunction:
    args = cast("list[dict[str, str]]", entry.get("args") or [])
    return ServerFunction(
        str(entry["name"]), tuple(ServerArgument(arg["name"], arg["type"].lower(), bool(arg["nullable"])) for arg in args)
    )


_Faults = Callable[[Mapping[str, JsonValue], str], Iterator[str]]


def _checked(entries: Sequence[JsonValue], what: str, inner: _Faults) -> Iterator[tuple[JsonValue, list[str]]]:
    """Each entry of a list of named things, with what is wrong with it."""
    seen: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        faults = list(_entry_faults(entry, f"{what} {number}", seen, inner))
        if not faults and isinstance(entry, dict):
            seen[str(entry["name"]).lower()] = str(entry["name"])
        yield entry, faults


def _entry_faults(entry: JsonValue, place: str, seen: Mapping[str, str], inner: _Faults) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{place}: expected an object, found {_kind(entry)}"
        return
    name = entry.get("name")
    if not isinstance(name, str):
        yield f"{place}: its name is {_kind(name)}"
    elif not naming.WIRE_NAME.fullmatch(name):
        shown = f"{name[:60]!a} ({len(name):,} characters)"
        yield f"{place}: its name {shown} is refused: expected a letter, then letters, digits or _, at most 100"
    elif name.lower() in seen:
        yield f"{place}: {name} is listed already, as {seen[name.lower()]}"
    else:
        yield from inner(entry, name)


def _function_faults(entry: Mapping[str, JsonValue], name: str) -> Iterator[str]:
    args, path = entry.get("args"), entry.get("path")
    if path is not None and path != f"{INVOKE}{name}":
        yield f"function {name}: its path is {str(path)[:60]!a}, but functions are called at {INVOKE} only"
    if args is None:
        return
    if not isinstance(args, list):
        yield f"function {name}: its args are {_kind(args)}, not a list"
    elif len(args) > MAX_ARGUMENTS:
        yield f"function {name}: it has {len(args):,} arguments: at most {MAX_ARGUMENTS} are read"
    else:
        for _, faults in _checked(args, "argument", _argument_faults):
            yield from (f"function {name}, {fault}" for fault in faults)


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
