"""Encode the arguments of a call as a form. No input or output happens here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from difflib import get_close_matches
from enum import Enum
from operator import methodcaller
from sys import float_info
from typing import Any, cast
from urllib.parse import urlencode

from pydantic import JsonValue

from mailstore_sdk.errors import ArgumentError, ErrorContext, ServerActed
from mailstore_sdk.runtime._protocol.replies import result_type
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime.function import Argument, Effect, Function, WireType
from mailstore_sdk.runtime.model import Model, refuse_unknown_keys
from mailstore_sdk.runtime.sanitize import MASK, VALUE_ERRORS, looks_secret, shown_value


def encode_form(function: Function[object], values: Mapping[str, object], arguments: Iterable[Argument] | None = None) -> bytes:
    """Encode arguments as ``application/x-www-form-urlencoded`` in UTF-8.

    Arguments go in the catalogue's order, or as `arguments` has them for one server. None is left out; 0, False and empty
    texts are sent. Datetimes with a zone are converted if the call's own time zone argument is ``UTC``; otherwise that would
    be a guess, and they are refused.

    Raises:
        ArgumentError: A value is invalid, or an argument is missing or unknown.
    """
    known = [argument.name for argument in function.arguments]
    for name, value in values.items():
        if name not in known and value is not None:
            raise ArgumentError(f"{function.name} has no argument {name!r}; expected {', '.join(known) or 'none'}", function=function.name)
    zone = zone_of(values)
    form: list[tuple[str, bytes]] = []
    for argument in ServerFeatures().arguments(function, values) if arguments is None else arguments:
        if (value := values.get(argument.name)) is not None:
            form.append((argument.name, _encode(function, argument, value, zone)))
        elif argument.required:
            raise ArgumentError(f"{function.name} needs {argument.name}: expected {_EXPECTED[argument.kind]}", function=function.name)
    return urlencode(form).encode("ascii")


def whole_seconds(value: object, zone: tzinfo | None, *, is_end: bool = False) -> datetime:
    """Convert a time to the server's form. A date means midnight; a fraction of a second is rounded down, that of an end up.

    A time with a zone is converted to the zone of the call.

    Raises:
        UnfitError: The value is not a time, or it has a zone and the zone of the call is unknown.
    """
    if not isinstance(value, date):
        raise UnfitError(_EXPECTED["datetime"])
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - in the zone of the call
    if moment.tzinfo is not None and zone is None:
        raise UnfitError('a datetime without time zone, in the zone of the call; one with a zone is converted where that is "UTC"')
    try:
        if moment.tzinfo is not None:
            moment = moment.astimezone(zone).replace(tzinfo=None)
        return moment.replace(microsecond=0) + timedelta(seconds=bool(moment.microsecond and is_end))
    except VALUE_ERRORS:
        raise UnfitError("a time in the years 1 to 9999") from None


def zone_of(values: Mapping[str, object]) -> tzinfo | None:
    """Return the time zone of a call if it is UTC; the others have Windows names, which Python does not know."""
    return UTC if isinstance(zone := values.get("timeZoneID", values.get("timeZoneId")), str) and str.__eq__(zone, "UTC") else None


@dataclass(frozen=True, slots=True)
class Call:
    """One function with the arguments of one call, encoded.

    Attributes:
        function: The function.
        path: Path of the URL.
        form: The arguments as they are sent.
        arguments: The arguments in a form that is safe to show.
        secrets: The secrets among the arguments, to be masked if a server echoes them.
    """

    function: Function[object]
    path: str
    form: bytes = field(repr=False)
    arguments: Mapping[str, object]
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, function: Function[object], values: Mapping[str, object], arguments: Iterable[Argument]) -> Call:
        """Create a call of a function under ``/api/invoke/``."""
        path = f"/api/invoke/{function.name}"
        try:
            return cls(
                function, path, encode_form(function, values, arguments), safe_arguments(function, values), secrets_of(function, values)
            )
        except BaseException as error:  # noqa: BLE001 - also that of a signal's handler
            raise error.with_traceback(None) from error.__cause__  # Variables of these frames contain unmasked secrets.

    @classmethod
    def low_level(cls, function: Function[object], values: Mapping[str, object], secrets: tuple[str, ...] = ()) -> Call:
        """Create a call of a function directly under ``/api/``."""
        return cls(function, f"/api/{function.name}", urlencode(values).encode("ascii"), {}, secrets)

    def context(self, server_acted: ServerActed, token: str | None = None) -> ErrorContext:
        """Return the attributes of errors about this call. A call that only reads never changes anything."""
        acted = "no" if self.function.effect is Effect.READ else server_acted
        return {"function": self.function.name, "arguments": self.arguments, "server_acted": acted, "token": token}


def ad_hoc_function(
    name: str, functions: Mapping[str, Function[object]], values: Mapping[str, object], result: object = None
) -> Function[Any]:
    """Describe a function to call by its wire name: as in the catalogue, and unknown arguments by the types of their values.

    A function that the catalogue lacks is not retried. JSON is sent as it is, with fields that the catalogue lacks. The result
    is JSON, too, unless a type is given.

    Raises:
        ArgumentError: The name or the type is invalid, or a value cannot be encoded.
    """
    if not isinstance(cast("object", name), str) or not str.isidentifier(name) or not str.isascii(name):
        raise ArgumentError(f"function cannot be {shown_value(name)}; expected a name as on the wire, such as GetUsers")
    name = str.__str__(name)  # without a class of its own, whose methods could raise anything
    # A high similarity, because related functions have similar names.
    known = functions.get(name) or Function(
        name, Effect.MUTATING, lambda: JsonValue, hint="".join(f" (did you mean {meant}?)" for meant in _meant(name, functions, 0.8))
    )
    arguments = {argument.name: argument._replace(shape=None) for argument in known.arguments}
    for key, value in values.items():
        if key not in arguments and value is not None:
            if meant := _meant(key, arguments, 1):
                raise ArgumentError(f"{name} has no argument {key!r}; expected its name on the wire, {meant[0]}", function=name)
            if (kind := kind_of(value)) is None:
                expected = "a string, a number, True or False, a datetime, a list of strings, a dict or a model"
                raise ArgumentError(f"{name}: {key} cannot be a {type(value).__name__}; expected {expected}", function=name)
            arguments[key] = Argument(key, kind, secret=looks_secret(key))
    return Function(name, known.effect, result_type(result), tuple(arguments.values()), long_running=known.long_running, hint=known.hint)


def _meant(name: str, names: Iterable[str], similarity: float) -> list[str]:
    """Return the name on the wire that is meant, if there is one; its case and underscores do not matter."""
    wire_names = {wire.lower(): wire for wire in names}
    return [wire_names[found] for found in get_close_matches(name.replace("_", "").lower(), wire_names, 1, similarity)]


_KINDS: Mapping[type, WireType] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    datetime: "datetime",
    list: "list",
    tuple: "list",
    dict: "json",
    Model: "json",
}


def kind_of(value: object) -> WireType | None:
    """Return how a value is encoded by its Python type; None if the type does not determine it."""
    return next((_KINDS[base] for base in type(value).__mro__ if base in _KINDS), None)


def safe_arguments(function: Function[object], values: Mapping[str, object]) -> dict[str, object]:
    """Return the arguments in a form that is safe to show: without None and JSON, with secrets masked."""
    hidden = {argument.name: "{…}" if argument.kind == "json" else MASK for argument in _hidden(function)}
    return {name: hidden.get(name, value) for name, value in values.items() if value is not None}


def forget_secrets(function: Function[object], values: MutableMapping[str, object]) -> None:
    """Remove possible secrets after encoding: callers share the mapping, and tracebacks may show its items."""
    for argument in _hidden(function):
        values.pop(argument.name, None)


def secrets_of(function: Function[object], values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the values that are secret according to the catalogue or their names, also inside JSON."""
    return tuple(text for argument in _hidden(function) for text in _secret_texts(values.get(argument.name), secret=argument.secret))


def _hidden(function: Function[object]) -> list[Argument]:
    """Return the arguments that are or may contain secrets."""
    return [argument for argument in function.arguments if argument.secret or argument.kind == "json"]


def _secret_texts(value: object, *, secret: bool) -> Iterator[str]:
    value = cast("object", value if isinstance(value, dict | list) else getattr(value, "to_wire", lambda: value)())
    if isinstance(value, Mapping):
        for name, inner in cast("Mapping[str, object]", value).items():
            yield from _secret_texts(inner, secret=secret or looks_secret(name))
    elif isinstance(value, list | tuple):
        for inner in cast("Sequence[object]", value):
            yield from _secret_texts(inner, secret=secret)
    elif secret and isinstance(value, str):
        yield value


def _encode(function: Function[object], argument: Argument, value: object, zone: tzinfo | None) -> bytes:
    try:
        return _text_of(argument, value, zone).encode("utf-8")
    except ArgumentError:
        raise
    except UnfitError as unfit:
        problem = str(unfit)
    except UnicodeEncodeError:
        problem = "valid Unicode"
    except VALUE_ERRORS:
        problem = _EXPECTED[argument.kind]
    # JSON may contain a secret, and an invalid value may be the secret of another argument.
    hidden = argument.kind == "json" or any(other.secret for other in function.arguments)
    shown = f"the value given (of type {type(value).__name__}, hidden as it may be a secret)" if hidden else shown_value(value)
    raise ArgumentError(f"{function.name}: {argument.name} cannot be {shown}; expected {problem}", function=function.name)


class UnfitError(Exception):
    """A value does not fit its argument; the message says what was expected."""


_EXPECTED: Mapping[WireType, str] = {
    "string": "a string",
    "integer": "an int",
    "number": "a number",
    "boolean": "True or False",
    "datetime": "a datetime, or a date for its midnight",
    "json": "a model or JSON data",
    "list": "a list of strings",
}


def _text_of(argument: Argument, value: object, zone: tzinfo | None) -> str:
    match argument.kind, value:
        case "string", _:
            return _member(argument, value)
        case "boolean", bool():
            return str(value).lower()
        case ("integer", int(n)) | ("number", int(n) | float(n)) if not isinstance(n, bool) and abs(n) <= float_info.max:
            return str(value)
        case "datetime", _:
            return whole_seconds(value, zone, is_end=argument.name == "toExcluding").isoformat()
        case "list", Sequence() if not isinstance(value, str | bytes):
            texts = [_member(argument, item) for item in cast("Sequence[object]", value)]
            if any("," in text for text in texts):
                raise UnfitError("strings without a comma, which separates them on the wire")
            return ",".join(texts)
        case "json", _:
            if argument.shape is not None:
                refuse_unknown_keys(argument.shape(), value)
            return json.dumps(value, default=methodcaller("to_wire"), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        case _:
            raise UnfitError(_EXPECTED[argument.kind])


def _member(argument: Argument, text: object) -> str:
    if not isinstance(text, str):
        raise UnfitError(_EXPECTED[argument.kind])
    if isinstance(text, Enum) or argument.enum is None:
        return str(text)
    known = [str(member) for member in argument.enum()]
    if text not in known:
        raise UnfitError(f"one of {', '.join(known)} ({argument.enum().__name__}(…) sends another string)")
    return text
