"""Check JSON arguments against the models of the typed methods, before anything is sent.

A document that contradicts a model is rejected: a value of another type, a missing field, or an unknown one. A document that
may be right is sent with a warning: a value that an enum does not list, since enums list what was seen, and a field
similar to a listed one in a type whose list of fields is known to be incomplete.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal, cast, get_args, get_origin

import click
from pydantic import JsonValue, TypeAdapter, ValidationError

from mailstore_sdk._generated import models
from mailstore_sdk.cli.data import is_list, is_object
from mailstore_sdk.cli.table import Argument
from mailstore_sdk.cli.terminal import notify
from mailstore_sdk.runtime.model import Model, StrEnum, item_type, member_type, model_type
from mailstore_sdk.runtime.sanitize import looks_secret

EXPECTED = {
    "string_type": "a string",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "union_tag_invalid": "an object",
}
"""The expected value for each type of validation error."""

ALIKE = 0.8
"""The similarity from which one name may be a misspelling of another."""


@dataclass(frozen=True)
class Oddity:
    """A deviation in a document, with its path; only a fault is certainly wrong."""

    text: str
    is_fault: bool = True


@dataclass(frozen=True)
class Rules:
    """Rules for a whole document.

    Attributes:
        incomplete: The types whose list of fields is known to be incomplete.
        secret: The fields whose values are not shown.
    """

    incomplete: Sequence[str]
    secret: Sequence[str]

    def shown(self, place: str, value: object) -> str:
        """Format a value for a message, without secrets."""
        name = place.rpartition(".")[2].partition("[")[0]
        if name in self.secret or looks_secret(name):
            return "this secret value"
        if is_object(value):
            return "an object"
        return "a list" if is_list(value) else f"{json.dumps(value, ensure_ascii=False, default=str):.60}"


def check(arguments: Sequence[Argument], values: Mapping[str, object], *, refuse: bool) -> None:
    """Reject documents that contradict their models, and warn about other deviations.

    Args:
        arguments: What the table knows of the function's arguments.
        values: The documents, among other values.
        refuse: Whether to reject contradictions; otherwise they are only reported.

    Raises:
        UsageError: A document contradicts its model.
    """
    for argument in arguments:
        name, document = argument["name"], argument.get("document")
        if not document or name not in values:
            continue
        model = cast("object", getattr(models, document["type"]))
        rules = Rules(document["incomplete"], argument.get("secret_fields", []))
        faults: list[str] = []
        for oddity in _in_value(rules, list.__class_getitem__(model) if document["many"] else model, values[name], name):
            if oddity.is_fault and refuse:
                faults.append(oddity.text)
            else:
                notify(f"Warning: {oddity.text}")
        if faults:
            raise click.UsageError("\n  ".join([f"{name} is invalid:", *faults, "If your server accepts it, send it with mailstore call."]))


def _in_value(rules: Rules, kind: object, value: object, place: str) -> Iterator[Oddity]:
    model, item = model_type(member_type(kind, cast("JsonValue", value))), item_type(kind)
    if model and is_object(value):
        yield from _in_tags(kind, value, place)
        yield from _in_object(rules, model, value, place)
    elif item and is_list(value):
        for number, part in enumerate(value):
            yield from _in_value(rules, item, part, f"{place}[{number}]")
    else:
        yield from _in_leaf(rules, kind, value, place)


def _in_object(rules: Rules, model: type[Model], value: Mapping[str, object], place: str) -> Iterator[Oddity]:
    known = {info.alias or name: info for name, info in model.model_fields.items()}
    for name in value:
        if name not in known:
            alike = get_close_matches(name, known.keys() - value.keys(), 1, ALIKE)
            yield from _unknown(rules, model.__name__, f"{place}.{name}", alike, known)
    for name, info in known.items():
        if name in value:
            yield from _in_value(rules, info.annotation, value[name], f"{place}.{name}")
        elif info.is_required():
            yield Oddity(f"{place}.{name} is missing")


def _unknown(rules: Rules, model: str, place: str, alike: Sequence[str], known: Iterable[str]) -> Iterator[Oddity]:
    """Report an unknown field."""
    meant, expected = "".join(f"; did you mean {name}?" for name in alike), f"; expected one of {', '.join(known)}"
    if model not in rules.incomplete:
        yield Oddity(f"{place} is not a field of {model}{meant or expected}")
    elif meant:
        yield Oddity(f"{place} is not among the known fields of {model}{meant}", is_fault=False)


def _in_tags(kind: object, value: Mapping[str, object], place: str) -> Iterator[Oddity]:
    """Report an unknown discriminator value of a union."""
    for key, known in _tags(kind).items():
        if isinstance(value.get(key), str) and value[key] not in known:
            yield _unlisted(f"{place}.{key}", value[key], known)


def _tags(kind: object) -> Mapping[str, list[str]]:
    """The known discriminator values, by their key."""
    tags: dict[str, list[str]] = {}
    for arm in get_args(get_args(kind)[0]) if get_origin(kind) is Annotated else ():
        for name, info in cast("type[Model]", get_args(arm)[0]).model_fields.items():
            if get_origin(info.annotation) is Literal:
                tags.setdefault(info.alias or name, []).extend(get_args(info.annotation))
    return tags


def _in_leaf(rules: Rules, kind: object, value: object, place: str) -> Iterator[Oddity]:
    try:
        found = TypeAdapter(cast("type[object]", kind)).validate_json(json.dumps(value, default=str), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        expected = EXPECTED.get(first["type"], first["msg"].removeprefix("Input should be "))
        yield Oddity(f"{place} cannot be {rules.shown(place, value)}: expected {expected}")
    else:
        if isinstance(found, StrEnum) and found not in list(type(found)):
            yield _unlisted(place, value, [str(member) for member in type(found)])


def _unlisted(place: str, value: object, known: Sequence[str]) -> Oddity:
    text = json.dumps(value, ensure_ascii=False)
    return Oddity(f"{place} is {text}, which the catalogue does not list; known values: {', '.join(known)}", is_fault=False)
