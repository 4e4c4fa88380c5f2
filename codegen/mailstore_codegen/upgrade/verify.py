"""Compare a live server with the catalogue: call every function that only reads, and check its result.

Only functions with a confirmed effect `read` are called. Values of results are never reported, only where and how they
differ.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, cast

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.json_schema import FORMATS, definitions, plain_schema
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Argument, Effect, Function, Schema
from mailstore_sdk.errors import MailStoreError

CONSTANTS: Mapping[str, object] = {"instanceFilter": "*", "timeZoneId": "$Local", "timeZoneID": "$Local"}
"""Arguments that are valid on any server: all instances, the server's own time zone."""

UNLISTED = " that is not listed, as an enum allows"
SPAN = timedelta(days=7)
MAX_MISFITS = 20
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


class Outcome(StrEnum):
    """The result for one function."""

    FITS = "fits"
    DIFFERS = "differs"
    FAILED = "failed"
    NOT_CALLED = "not called"


@dataclass(frozen=True)
class Finding:
    """The outcome for one function, with details."""

    function: str
    outcome: Outcome
    details: tuple[str, ...] = ()


class Caller(Protocol):
    """The part of a client that `verify` needs."""

    def call(self, function: str, /, **arguments: object) -> JsonValue:
        """Call any function by its wire name."""
        ...


def verify(catalogue: Catalogue, caller: Caller, instance: str | None = None) -> Iterator[Finding]:
    """Call all callable functions and yield the findings, in the order of the calls.

    Args:
        catalogue: The functions of the server's version.
        caller: The client.
        instance: The instance to use; by default the first that seems to be running.
    """
    reading = [function for function in catalogue.functions if function.effect is Effect.READ]
    yield from (Finding(f.name, Outcome.NOT_CALLED, ("its effect is proposed, not confirmed",)) for f in reading if "effect" in f.proposed)
    waiting = [function for function in reading if "effect" not in function.proposed]
    replies: dict[str, JsonValue] = {}
    while ready := [(f, values) for f in waiting if None not in (values := _arguments(f, replies, instance)).values()]:
        for function, values in ready:
            waiting.remove(function)
            yield _call(catalogue, caller, function, values, replies)
    for function in waiting:
        missing = [name for name, value in _arguments(function, replies, instance).items() if value is None]
        yield Finding(function.name, Outcome.NOT_CALLED, (f"no reply has contained a value for {', '.join(missing)}",))


def _call(catalogue: Catalogue, caller: Caller, function: Function, values: Mapping[str, object], replies: dict[str, JsonValue]) -> Finding:
    try:
        result = replies[function.name] = caller.call(function.name, **values)
    except MailStoreError as error:
        return Finding(function.name, Outcome.FAILED, (str(error),))
    found = sorted(set(_misfits(catalogue, function, result)))
    more = (f"and {len(found) - MAX_MISFITS} more places",) if len(found) > MAX_MISFITS else ()
    outcome = Outcome.DIFFERS if any(not place.endswith(UNLISTED) for place in found) else Outcome.FITS
    return Finding(function.name, outcome, (*found[:MAX_MISFITS], *more))


def _arguments(function: Function, replies: Mapping[str, JsonValue], instance: str | None) -> dict[str, object]:
    """Return a value for each required argument; None if one is still unknown."""
    needed = [argument for argument in function.args if argument.required]
    times = [argument.name for argument in needed if argument.type == "datetime"]
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    spans = {name: now if index else now - SPAN for index, name in enumerate(times)}
    given = {**CONSTANTS, **spans} | ({"instanceID": instance} if instance else {})
    return {argument.name: given.get(argument.name, _value(function, argument, replies)) for argument in needed}


def _value(function: Function, argument: Argument, replies: Mapping[str, JsonValue]) -> object:
    if argument.default is not None:
        return argument.default
    return True if argument.type == "boolean" else next(_shown(function, argument, replies), None)


def _shown(function: Function, argument: Argument, replies: Mapping[str, JsonValue]) -> Iterator[str | int]:
    """Yield values that earlier replies had under the argument's name, likeliest first.

    An ``id`` is valid only from replies about the same kind of object: from GetWorkerResults for GetWorkerResultReport.
    """
    words = set(_singular(function.name))
    for name in sorted(replies, key=lambda other: -len(words & set(_singular(other)))):
        if argument.name == "id" and not function.name.startswith(name.removesuffix("s")):
            continue
        reply = replies[name]
        entries = [entry for entry in (reply if isinstance(reply, list) else [reply]) if isinstance(entry, dict)]
        for entry in sorted(entries, key=lambda entry: "running" not in entry.values()):
            value = entry.get(argument.name)
            if isinstance(value, str | int) and value != "" and not isinstance(value, bool):
                yield value


def _singular(name: str) -> list[str]:
    return [word.removesuffix("s") for word in naming.words(name)]


def _misfits(catalogue: Catalogue, function: Function, result: JsonValue) -> Iterator[str]:
    named = definitions(catalogue.types) | {
        name: _by_tag(catalogue, union) for name, union in catalogue.types.items() if union.discriminator
    }
    schema = {**plain_schema(function.result), "$defs": named}
    validator: Any = Draft202012Validator(schema, format_checker=FORMATS)
    for error in validator.iter_errors(result):
        yield from _described(error)


def _by_tag(catalogue: Catalogue, union: Schema) -> dict[str, Any]:
    """Select the type of a union by its tag, as the models do; the last type if no other has the tag."""
    *tagged, last = union.any_of
    chosen = plain_schema(last)
    for arm in reversed(tagged):
        tag = catalogue.resolve(arm.ref or "").properties[union.discriminator or ""].const
        has_tag = {"properties": {union.discriminator: {"const": tag}}, "required": [union.discriminator]}
        chosen = {"if": has_tag, "then": plain_schema(arm), "else": chosen}
    return chosen


def _described(error: Any) -> Iterator[str]:
    """Yield the differences of a result as paths and types, without values; list elements are reported once."""
    place = "".join("[]" if isinstance(step, int) else f".{step}" for step in error.absolute_path).removeprefix(".") or "the result"
    kind, expected, found = error.validator, error.validator_value, error.instance
    if kind == "anyOf":
        # The last type, null, gives no detail; the first reports what is wrong inside.
        inner = [item for item in error.context if item.absolute_path != error.absolute_path]
        if inner:
            yield from _described(inner[0])
            return
        yield f"{place}: fits none of its types; found {_kind(found)}"
    elif kind == "type":
        wanted = expected if isinstance(expected, str) else " or ".join(cast("list[str]", expected))
        yield f"{place}: expected {wanted}, found {_kind(found)}"
    elif kind == "required":
        yield f"{place}: lacks {', '.join(sorted(set(expected) - set(found)))}"
    elif kind == "enum":
        shown = f" {found}" if isinstance(found, str) and _NAME.fullmatch(found) else ""
        yield f"{place}: a value{shown}{UNLISTED}"
    else:
        yield f"{place}: does not fit {kind} {expected if kind == 'format' else ''}".rstrip()


def _kind(value: JsonValue) -> str:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return kinds[type(value)]
