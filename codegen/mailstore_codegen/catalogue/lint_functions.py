"""Functions: arguments, defaults, examples and versions agree with each other."""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from mailstore_codegen.catalogue.json_schema import FORMATS, plain_schema
from mailstore_codegen.catalogue.model import referenced
from mailstore_codegen.catalogue.rules import Rules
from mailstore_codegen.catalogue.schema import Argument, Effect, Evidence, Function, Schema
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location

INSTANCE_ARGUMENT = "instanceID"


def _arguments_are_sound(rules: Rules) -> Iterator[Fault]:
    for document, place, argument in rules.arguments():
        index = place[-1]
        if argument.name == INSTANCE_ARGUMENT and (index or not argument.required or argument.type != "string"):
            yield document.fault(place, "instanceID selects the instance: it is the first argument, a required string")
        for key, message in _argument_faults(rules, argument):
            yield document.fault((*place, key), message)


def _argument_faults(rules: Rules, argument: Argument) -> Iterator[tuple[str, str]]:
    if argument.enum and argument.type not in ("string", "list"):
        yield "enum", f"an enum is for a string or a list, not for type {argument.type}"
    if argument.enum and not rules.types[referenced(argument.enum)].enum:
        yield "enum", f"{argument.enum} is not an enum"
    elif argument.enum and rules.types[referenced(argument.enum)].type != "string":
        yield "enum", f"{argument.enum} has numbers: the enum of an argument has texts"
    elif (
        argument.enum and argument.type == "list" and any("," in str(value) for value in rules.types[referenced(argument.enum)].enum or ())
    ):
        yield "enum", "a value holds a comma, which separates the elements of a list"
    if argument.shape and argument.type != "json":
        yield "shape", f"a shape is for a json argument, not for type {argument.type}"
    if argument.shape and _holds_time(argument.shape):
        yield "shape", "a time in a json argument is a field of a named type, which says how it is written: describe the shape as a type"
    yield from _default_faults(rules, argument)


def _holds_time(schema: Schema) -> bool:
    return schema.format is not None or any(map(_holds_time, schema.children()))


def _default_faults(rules: Rules, argument: Argument) -> Iterator[tuple[str, str]]:
    for key, value in (("default", argument.default), ("wrapper_default", argument.wrapper_default)):
        if value is not None and argument.secret:
            yield key, f"{argument.name} is secret: it cannot have a default"
        elif value is not None:
            for misfit in (*_misfits(rules, _argument_schema(argument), value), *_inexpressible(argument, value)):
                yield key, f"the {key.replace('_', ' ')} is invalid: {misfit}"
    if argument.default is not None and argument.type == "datetime":
        yield "default", "a datetime has no default: a moment that is right today is wrong tomorrow; let the caller give it"
    if argument.default is not None and argument.shape not in (None, Schema()):
        yield "default", "a json argument with a shape has no default: describe in doc what the server does without it"


def _inexpressible(argument: Argument, value: JsonValue) -> Iterator[str]:
    """Check what JSON Schema allows but a signature cannot express or a form cannot contain."""
    if argument.type == "integer" and isinstance(value, float):
        yield f"{value!r} is written as a fraction"
    if argument.type == "list" and isinstance(value, list) and any("," in str(item) for item in value):
        yield "a comma separates the elements of a list, so no element can hold one"


def _examples_fit(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        here = (*place, "example", "args")
        known = {argument.name: argument for argument in function.args}  # the newest entry of each name
        for name in function.example.args.keys() - known.keys():
            yield document.fault((*here, name), f"the example has {name!r}, which {function.name} does not take")
        for name, argument in known.items():
            if name in function.example.args:
                value = function.example.args[name]
                for misfit in (*_misfits(rules, _argument_schema(argument), value), *_inexpressible(argument, value)):
                    yield document.fault((*here, name), f"the example's {name} is invalid: {misfit}")
            elif argument.required and argument.default is None and not argument.until:
                yield document.fault((*place, "example"), f"the example lacks the required argument {name!r}")


def _versions_are_known_and_ordered(rules: Rules) -> Iterator[Fault]:
    for document, place, entry in _dated(rules):
        unknown = [version for version in (entry.since, entry.until) if version and version not in rules.versions]
        for version in unknown:
            yield document.fault(place, f"version {version} is not in protocol.yaml")
        if entry.since and entry.until and not unknown and rules.versions.index(entry.since) > rules.versions.index(entry.until):
            yield document.fault(place, f"since {entry.since} is later than until {entry.until}")


def _the_protocol_is_complete(rules: Rules) -> Iterator[Fault]:
    document, protocol = rules.sources.protocol
    if "basic" not in {dialect.name for dialect in protocol.dialects}:
        yield document.fault(("dialects",), "no dialect is called basic: every request of the examples uses HTTP Basic")
    if not protocol.versions:
        yield document.fault(("versions",), "name at least one version of the server")
    for number, endpoint in enumerate(protocol.endpoints):
        if endpoint.path in {other.path for other in protocol.endpoints[:number]}:
            yield document.fault(("endpoints", number, "path"), f"{endpoint.path} is listed already")


def _results_say_what_is_known(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        open_result = function.result == Schema()
        if open_result != (function.evidence.result is Evidence.UNKNOWN):
            yield document.fault((*place, "result"), "a result of unknown shape is {} with evidence unknown, and the other way round")


def _destructive_functions_explain_themselves(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        if function.effect is Effect.DESTRUCTIVE and not function.details:
            yield document.fault(place, f"{function.name} is destructive: its details say what is lost")


def _dated(rules: Rules) -> Iterator[tuple[Document, Location, Function | Argument | Schema]]:
    for document, _, place, function in rules.functions():
        yield document, place, function
        for index, argument in enumerate(function.args):
            yield document, (*place, "args", index), argument
    yield from rules.schemas


def _argument_schema(argument: Argument) -> dict[str, Any]:
    named = {"$ref": f"#/$defs/{referenced(argument.enum)}"} if argument.enum else {"type": "string"}
    if argument.type == "json":
        return plain_schema(argument.shape) if argument.shape else {}
    if argument.type == "list":
        return {"type": "array", "items": named}
    if argument.type == "datetime":
        return {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}
    return named if argument.type == "string" else {"type": argument.type}


def _misfits(rules: Rules, schema: dict[str, Any], value: JsonValue) -> Iterator[str]:
    validator = Draft202012Validator({**schema, "$defs": rules.definitions}, format_checker=FORMATS)
    errors: Iterator[Any] = validator.iter_errors(value)  # pyright: ignore[reportUnknownMemberType] - one of its overloads is untyped
    return (f"{error.message:.200}" for error in errors)


def _walks_have_a_time_range(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        if not (walk := function.walk):
            continue
        times = [argument.name for argument in function.own_args if argument.required and argument.type == "datetime"]
        for key, name in (("start", walk.start), ("end", walk.end)):
            if name not in times:
                expected = ", ".join(times) or "none"
                yield document.fault((*place, "walk", key), f"{name} is not a required datetime argument: expected {expected}")
        if function.result.types != ("array",):
            yield document.fault((*place, "walk"), f"{function.name} returns no array whose rows {walk.name} could yield")


RULES = (
    _walks_have_a_time_range,
    _arguments_are_sound,
    _examples_fit,
    _versions_are_known_and_ordered,
    _the_protocol_is_complete,
    _results_say_what_is_known,
    _destructive_functions_explain_themselves,
)
