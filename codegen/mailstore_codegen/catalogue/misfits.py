"""Describe errors in a YAML file: what is wrong, what was expected, what was probably meant."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast, get_args

from pydantic import JsonValue, ValidationError

from mailstore_codegen.catalogue.schema import VERSION, Entry
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location

EXPECTED: Mapping[str, str] = {
    "string_type": "text (in quotes where it looks like a number)",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "string_too_short": "text that is not empty",
}
"""What was expected, by the kind of error."""

PATTERNS: Mapping[str, str] = {
    rf"^{VERSION.pattern}$": 'a version in quotes, such as "25.3"',
    r"\S": "text that is not empty",
}
"""What was expected, by the pattern that a text does not match."""

UNIONS = frozenset({"one", "many"})
"""Steps of a location that are not in the file."""


def misfits(document: Document, kind: type[Entry], error: ValidationError) -> Iterator[Fault]:
    """Yield a fault for each error, with its place and line."""
    for detail in error.errors(include_url=False):
        location: Location = tuple(step for step in detail["loc"] if step not in UNIONS)
        place = ".".join(_named(document.content, location))
        yield document.fault(location, f"{place}: {_sentence(kind, location, detail)}")


def _named(node: JsonValue, location: Location) -> Iterator[str]:
    """The steps of a location; an entry of a list that has a name is named instead of counted."""
    for step in location:
        node = _inside(node, step)
        name = node.get("name") if isinstance(step, int) and isinstance(node, dict) else None
        yield name if isinstance(name, str) and name else str(step)


def _inside(node: JsonValue, step: int | str) -> JsonValue:
    """The entry at a step; None if it is missing."""
    if isinstance(node, dict):
        return node.get(str(step))
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def _sentence(kind: type[Entry], location: Location, detail: Any) -> str:
    context, found = detail.get("ctx", {}), detail["input"]
    shown = "" if isinstance(found, dict | list) else f"found {found!r:.80}, "
    if detail["type"] == "missing":
        return "is missing"
    if detail["type"] == "extra_forbidden":
        return _unknown_key(str(location[-1]), sorted(_keys(kind, location[:-1])))
    if detail["type"] in ("literal_error", "enum"):
        known = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown}expected one of {', '.join(known)}{_did_you_mean(str(cast('object', found)), known)}"
    if detail["type"] == "string_pattern_mismatch":
        return f"{shown}expected {PATTERNS.get(context['pattern'], 'text that matches ' + context['pattern'])}"
    return f"{shown}expected {EXPECTED[detail['type']]}" if detail["type"] in EXPECTED else f"{shown}{detail['msg']}"


def _unknown_key(key: str, known: list[str]) -> str:
    return "is an unknown key" + (_did_you_mean(key, known) or f": expected one of {', '.join(known)}")


def _did_you_mean(word: str, known: list[str]) -> str:
    like = next((name for name in known if len(word) > 1 and name.startswith(word)), None)
    close = [like] if like else get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _keys(kind: type[Entry], location: Location) -> set[str]:
    """The keys that the entry at a location may have."""
    for step in location:
        field = next((info for name, info in kind.model_fields.items() if step in (name, info.alias)), None)
        if field is not None:
            kind = next(_entries(field.annotation), kind)
    return {info.alias or name for name, info in kind.model_fields.items()}


def _entries(hint: object) -> Iterator[type[Entry]]:
    if isinstance(hint, type) and issubclass(hint, Entry):
        yield hint
    for inner in get_args(hint):
        yield from _entries(inner)
