"""Convert the body of a request to typed arguments, at least as strictly as the server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NoReturn, TypeVar, cast
from urllib.parse import parse_qsl

from pydantic import JsonValue

from mailstore_sdk.simulator import schema
from mailstore_sdk.simulator.catalogue import ANYTHING, Argument, Catalogue, WireType
from mailstore_sdk.simulator.errors import Refusal

T = TypeVar("T")
Form = Mapping[str, str]

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 1_000
_DEEPEST = 64
"""Maximum nesting depth of JSON, that of .NET's JSON libraries."""

_WITH_TEXTS = ("properties",)
"""JSON arguments that accept strings for booleans and numbers: a tool in use creates profiles that way."""

_LONGEST_SHOWN = 5_000
_MASK = "***"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_INTEGER = re.compile(r"-?[0-9]{1,400}")
_NUMBER = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")


class MalformedFormError(Exception):
    """The body is not a form in UTF-8; SPE's reaction is unknown, the simulator answers 400."""


def parse_form(content_type: str, body: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form. A body of another type, such as JSON, has none.

    Raises:
        MalformedFormError: A broken percent escape, text that is not UTF-8, or far too many fields.
    """
    if content_type.partition(";")[0].strip().lower() != FORM_TYPE:
        return []
    try:
        text = body.decode("utf-8")
        fields = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise MalformedFormError("The form is not valid UTF-8, or has too many fields.") from None
    if _BAD_ESCAPE.search(text):
        raise MalformedFormError("The form has a broken percent escape.")
    return fields


def masked(catalogue: Catalogue, arguments: Iterable[Argument], fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the fields as strings for a log: without secrets and values of unknown names, and shortened."""
    types = {argument.name: argument.type for argument in arguments if not argument.secret}

    def show(name: str, text: str) -> str:
        if name not in types or is_secret(catalogue, name):
            return _MASK
        return _masked_json(catalogue, text) if types[name] == "json" else text

    return {shortened(name): shortened(show(name, text)) for name, text in fields}


def shortened(text: str) -> str:
    """Return the text, or the beginning if it is very long."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def is_secret(catalogue: Catalogue, name: str) -> bool:
    """Return whether the value of an argument or field with this name must not be shown."""
    return name in catalogue.secrets or "password" in name.lower()


def _masked_json(catalogue: Catalogue, text: str) -> str:
    try:
        return json.dumps(_without_secrets(catalogue, json.loads(text)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return _MASK


def _without_secrets(catalogue: Catalogue, value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_without_secrets(catalogue, item) for item in value]
    if not isinstance(value, dict):
        return value
    shown = {name: inner for name, inner in value.items() if not is_secret(catalogue, name)}
    return dict.fromkeys(value, _MASK) | {name: _without_secrets(catalogue, inner) for name, inner in shown.items()}


class Arguments:
    """Typed arguments of one call, with one reader for each type."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def _get(self, name: str, kind: type[T]) -> T:
        value = self._values[name]
        if not isinstance(value, kind):
            raise TypeError(f"argument {name} is no {kind.__name__}")
        return value

    def text(self, name: str) -> str:
        """Return a string argument that was sent."""
        return self._get(name, str)

    def optional_text(self, name: str) -> str | None:
        """Return a string argument, or None if it was not sent."""
        return self.text(name) if name in self else None

    def integer(self, name: str) -> int:
        """Return an integer argument that was sent."""
        return self._get(name, int)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean argument."""
        return self._get(name, bool) if name in self else default

    def moment(self, name: str) -> datetime:
        """Return a datetime argument that was sent."""
        return self._get(name, datetime)

    def texts(self, name: str) -> list[str]:
        """Return a list argument that was sent."""
        return cast("list[str]", self._get(name, list))

    def json(self, name: str) -> JsonValue:
        """Return a json argument that was sent."""
        return cast("JsonValue", self._values[name])

    def json_object(self, name: str) -> dict[str, JsonValue]:
        """Return a json argument that was sent and whose shape is an object."""
        return cast("dict[str, JsonValue]", self._get(name, dict))


def typed(catalogue: Catalogue, arguments: Iterable[Argument], fields: list[tuple[str, str]]) -> Arguments:
    """Convert the fields of a form to the arguments of a call.

    The real server's reaction to an unknown or repeated argument is unknown; the simulator refuses both, since either is a
    mistake of the caller.

    Raises:
        Refusal: An argument is missing, unknown, given twice, or does not fit its type.
    """
    known = {argument.name: argument for argument in arguments}
    form = dict(fields)
    for argument in known.values():
        if argument.required and argument.name not in form:
            raise Refusal(f"Missing API argument {argument.name}.")
    for name in form:
        if name not in known:
            raise Refusal(f"Unknown API argument {name}.")
    if len(form) < len(fields):
        names = [name for name, _ in fields]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal(f"API argument {twice} was given more than once.")
    return Arguments({name: _READERS[known[name].type](catalogue, known[name], text) for name, text in form.items()})


def _text(catalogue: Catalogue, argument: Argument, text: str) -> str:
    if argument.enum and text not in catalogue.types[argument.enum].enum:
        raise Refusal(f"Requested value '{text}' was not found.", "System.ArgumentException")
    return text


def _list(catalogue: Catalogue, argument: Argument, text: str) -> list[str]:
    # A space after the comma was accepted by a real server.
    items = [item.strip() for item in text.split(",")] if text else []
    return [_text(catalogue, argument, item) for item in items]


def _integer(_catalogue: Catalogue, _argument: Argument, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        _refuse_number()
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise Refusal("Value was either too large or too small for an Int64.", "System.OverflowException")
    return value


def _number(_catalogue: Catalogue, _argument: Argument, text: str) -> float:
    return float(text) if _NUMBER.fullmatch(text) else _refuse_number()


def _refuse_number() -> NoReturn:
    raise Refusal("Input string was not in a correct format.", "System.FormatException")


def _boolean(_catalogue: Catalogue, _argument: Argument, text: str) -> bool:
    if text not in ("true", "false"):
        raise Refusal("String was not recognized as a valid Boolean.", "System.FormatException")
    return text == "true"


def _datetime(_catalogue: Catalogue, _argument: Argument, text: str) -> datetime:
    # A monitoring script in use sends dates that end in CR LF, so the server most likely trims them.
    text = text.strip()
    try:
        if _DATETIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise Refusal("String was not recognized as a valid DateTime.", "System.FormatException")


def _json(catalogue: Catalogue, argument: Argument, text: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(text, parse_constant=_refuse_constant)
        # A reply cannot contain half of a surrogate pair or a number that overflows a float.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        _check_depth(value)
        if argument.name in _WITH_TEXTS:
            value = schema.converted(catalogue, value, argument.shape or ANYTHING)
        schema.check(catalogue, value, argument.shape or ANYTHING, argument.name)
    except (ValueError, RecursionError):
        raise Refusal(f"The value of {argument.name} is not valid JSON.", "System.FormatException") from None
    return value


def _check_depth(value: JsonValue) -> None:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
    if level:
        raise ValueError(value)


def _inside(value: JsonValue) -> Iterable[JsonValue]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_READERS: Mapping[WireType, Callable[[Catalogue, Argument, str], object]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "datetime": _datetime,
    "json": _json,
    "list": _list,
}
