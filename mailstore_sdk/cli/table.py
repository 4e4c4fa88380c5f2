"""The generated table of commands: groups, functions, arguments, as the catalogue has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict, cast

if TYPE_CHECKING:
    from pydantic import JsonValue

INSTANCE = "instanceID"
"""The wire name of the argument that selects one instance."""


class Document(TypedDict):
    """What is known of a JSON argument: its model, whether it is a list of them, and the types whose fields are not all known."""

    type: str
    many: bool
    incomplete: list[str]


class Argument(TypedDict):
    """One argument of a function; what says nothing is absent."""

    name: str
    option: str
    kind: Literal["string", "integer", "number", "boolean", "datetime", "json", "list"]
    required: bool
    secret: bool
    doc: NotRequired[str]
    unit: NotRequired[str]
    values: NotRequired[list[str]]
    default: NotRequired[JsonValue]
    since: NotRequired[str]
    until: NotRequired[str]
    secret_fields: NotRequired[list[str]]
    document: NotRequired[Document]


class Entry(TypedDict):
    """One function as a command."""

    function: str
    summary: str
    details: NotRequired[str]
    effect: Literal["read", "idempotent", "mutating", "destructive"]
    access: Literal["admin", "provider"]
    long_running: bool
    since: NotRequired[str]
    until: NotRequired[str]
    arguments: NotRequired[list[Argument]]
    secret_fields: NotRequired[list[str]]
    sizes: NotRequired[dict[str, str]]
    skeleton: dict[str, JsonValue]


class Index(TypedDict):
    """Titles of the groups, the group of each function, and the server versions that the catalogue knows."""

    groups: dict[str, str]
    functions: dict[str, str]
    versions: list[str]


def index() -> Index:
    """The list of groups and functions."""
    return cast("Index", _read("index"))


def group(name: str) -> Mapping[str, Entry]:
    """The commands of a group by their names."""
    return cast("Mapping[str, Entry]", _read(name))


def entry_of(function: str) -> Entry | None:
    """A function by its wire name; None where the catalogue does not know it."""
    home = index()["functions"].get(function)
    return next((entry for entry in group(home).values() if entry["function"] == function), None) if home else None


def command_of(name: str) -> tuple[str, str] | None:
    """The group and the command of a function, whether it is named as on the wire or as a command."""
    wanted = _letters(name)
    home = next((home for function, home in index()["functions"].items() if _letters(function) == wanted), None)
    found = find(home, name) if home else None
    return (home, found[0]) if home and found else None


def find(home: str, name: str) -> tuple[str, Entry] | None:
    """A command of a group by its name, or by the name of its function, as on the wire or in small letters with hyphens."""
    entries, wanted = group(home), _letters(name)
    if name in entries:
        return name, entries[name]
    return next(((command, entry) for command, entry in entries.items() if _letters(entry["function"]) == wanted), None)


def arguments(entry: Entry) -> list[Argument]:
    """The arguments in the catalogue's order."""
    return entry.get("arguments", [])


def positional(entry: Entry) -> list[Argument]:
    """The positional arguments: those that are required, except secrets, switches and documents."""
    return [item for item in arguments(entry) if item["required"] and _may_be_positional(item)]


def leading_option(entry: Entry) -> list[Argument]:
    """The function's own first argument if it is optional: it may be positional too, such as the filter of a list."""
    own = [item for item in arguments(entry) if item["name"] != INSTANCE]
    return [item for item in own[:1] if not item["required"] and _may_be_positional(item)]


def _may_be_positional(argument: Argument) -> bool:
    return not argument["secret"] and argument["kind"] not in ("boolean", "json")


def _letters(name: str) -> str:
    return name.replace("-", "").lower()


@cache
def _read(name: str) -> object:
    return json.loads(get_data("mailstore_sdk._generated", f"commands/{name}.json") or b"")
