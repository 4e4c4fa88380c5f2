"""Rules that one entry alone cannot show: references, collisions, examples, versions, wording."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, TypeVar

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.json_schema import definitions, plain_schema
from mailstore_codegen.catalogue.model import Sources, referenced
from mailstore_codegen.catalogue.schema import Argument, Effect, Evidence, Function, FunctionFile, Schema, TypeFile
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location

T = TypeVar("T")
INSTANCE_ARGUMENT = "instanceID"


@dataclass(frozen=True)
class Rules:
    """The whole catalogue as the rules see it."""

    sources: Sources

    @cached_property
    def places(self) -> dict[str, str]:
        """Each type's reference: ``types/stores.yaml#/Store`` -> ``Store``."""
        return {f"types/{file.group}.yaml#/{name}": name for _, file in self.sources.types for name in file.types}

    @cached_property
    def types(self) -> dict[str, Schema]:
        """All types by name."""
        return {name: schema for _, file in self.sources.types for name, schema in file.types.items()}

    @cached_property
    def definitions(self) -> dict[str, Any]:
        """All types as JSON Schema, for what refers to them."""
        return definitions(self.types)

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """Known server versions, oldest first."""
        return tuple(sorted(set(self.sources.versions), key=lambda version: [int(part) for part in version.split(".")]))

    def functions(self) -> Iterator[tuple[Document, FunctionFile, Location, Function]]:
        """Every function with where it stands."""
        for document, file in self.sources.functions:
            for index, function in enumerate(file.functions):
                yield document, file, ("functions", index), function

    def schemas(self) -> Iterator[tuple[Document, Location, Schema]]:
        """Every schema node of the catalogue with where it stands."""
        for document, file in self.sources.types:
            for name, schema in file.types.items():
                yield from _walk(document, ("types", name), schema)
        for document, _, place, function in self.functions():
            yield from _walk(document, (*place, "result"), function.result)
            for index, argument in enumerate(function.args):
                if argument.shape:
                    yield from _walk(document, (*place, "args", index, "shape"), argument.shape)


def lint(sources: Sources) -> list[Fault]:
    """Every fault that the files have together."""
    rules = Rules(sources)
    faults = [fault for rule in _FIRST for fault in rule(rules)]
    # The other rules follow references and names, so they would stumble over what the first ones found.
    return faults or [fault for rule in _THEN for fault in rule(rules)]


def _files_are_named_after_their_group(rules: Rules) -> Iterator[Fault]:
    files: list[tuple[Document, FunctionFile | TypeFile]] = [*rules.sources.functions, *rules.sources.types]
    titles: dict[str, str] = {}
    for document, file in files:
        if PurePosixPath(document.file).stem != file.group or not naming.GROUP_NAME.fullmatch(file.group):
            yield document.fault(("group",), f"group {file.group!r:.60} must be lower case and the name of the file")
        if titles.setdefault(file.group, file.title) != file.title:
            yield document.fault(
                ("title",), f"title {file.title!r} differs from {titles[file.group]!r}, the group's title in its other file"
            )


def _types_have_one_name(rules: Rules) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for document, file in rules.sources.types:
        for name in file.types:
            place: Location = ("types", name)
            try:
                naming.type_name(name)
            except naming.UnusableNameError as error:
                yield document.fault(place, str(error))
            if name.lower() in seen:
                yield document.fault(place, f"type {name} is already in {seen[name.lower()]} (case does not count)")
            seen[name.lower()] = document.file


def _names_are_usable(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        yield from _usable(document, place, _function_names, function)
        for index, argument in enumerate(function.args):
            yield from _usable(document, (*place, "args", index), _argument_names, argument)
    for document, place, schema in rules.schemas():
        for key, child in schema.properties.items():
            yield from _usable(document, (*place, "properties", key), child.field_name, key)
        for value in schema.enum or ():
            yield from _usable(document, (*place, "enum"), naming.enum_member, value)


def _references_lead_somewhere(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas():
        if schema.ref and schema.ref not in rules.places:
            yield document.fault((*place, "$ref"), f"{schema.ref} names no type")
    for document, _, place, function in rules.functions():
        for index, argument in enumerate(function.args):
            if argument.enum and argument.enum not in rules.places:
                yield document.fault((*place, "args", index, "enum"), f"{argument.enum} names no type")


def _python_names_do_not_collide(rules: Rules) -> Iterator[Fault]:
    methods: dict[tuple[bool, str], str] = {}
    wire: dict[str, str] = {}
    for document, _, place, function in rules.functions():
        if function.name in wire:
            yield document.fault(place, f"{function.name} is already in {wire[function.name]}")
            continue
        wire[function.name] = document.file
        key = (function.needs_instance, function.method)
        if key in methods:
            yield document.fault(place, f"{function.name} and {methods[key]} would both be called {function.method}() in Python")
        methods[key] = function.name
        names = [(argument.name, argument.variable) for argument in function.args]
        yield from _collisions(document, (*place, "args"), names, f"arguments of {function.name}")
    for document, place, schema in rules.schemas():
        fields = [(key, child.field_name(key)) for key, child in schema.properties.items()]
        yield from _collisions(document, place, fields, "fields")
        members = [(value, naming.enum_member(value)) for value in schema.enum or ()]
        yield from _collisions(document, (*place, "enum"), members, "values")


def _commands_do_not_collide(rules: Rules) -> Iterator[Fault]:
    """What two Python names leave open: a group's commands are those of both clients, and some options are the command line's own."""
    commands: dict[tuple[str, str], Function] = {}
    for document, file, place, function in rules.functions():
        other = commands.setdefault((file.group, function.method), function)
        if other.needs_instance != function.needs_instance:
            yield document.fault(place, f"{function.name} and {other.name} would both be the command {naming.kebab_case(function.method)}")
        options = {argument.variable: (argument.name, naming.option(argument.variable)) for argument in function.args}
        yield from _collisions(document, (*place, "args"), options.values(), f"options of {function.name}", "on the command line")


def _arguments_are_sound(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        for index, argument in enumerate(function.args):
            here = (*place, "args", index)
            if argument.name == INSTANCE_ARGUMENT and (index or not argument.required or argument.type != "string"):
                yield document.fault(here, "instanceID selects the instance: it is the first argument, a required string")
            yield from _argument_faults(rules, document, here, argument)


def _argument_faults(rules: Rules, document: Document, place: Location, argument: Argument) -> Iterator[Fault]:
    if argument.enum and not rules.types[referenced(argument.enum)].enum:
        yield document.fault((*place, "enum"), f"{argument.enum} is not an enum")
    for key, value in (("default", argument.default), ("wrapper_default", argument.wrapper_default)):
        if value is not None and argument.secret:
            yield document.fault((*place, key), f"{argument.name} is secret: it cannot have a default")
        elif value is not None:
            for misfit in _misfits(rules, _argument_schema(argument), value):
                yield document.fault((*place, key), f"the {key.replace('_', ' ')} does not fit: {misfit}")


def _examples_fit(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        here = (*place, "example", "args")
        known = {argument.name: argument for argument in function.args}
        for name in function.example.args.keys() - known.keys():
            yield document.fault((*here, name), f"the example has {name!r}, which {function.name} does not take")
        for name, argument in known.items():
            if name in function.example.args:
                value = function.example.args[name]
                for misfit in _misfits(rules, _argument_schema(argument), value):
                    yield document.fault((*here, name), f"the example's {name} does not fit: {misfit}")
            elif argument.required and argument.default is None and not argument.until:
                yield document.fault((*place, "example"), f"the example lacks the required argument {name!r}")


def _versions_are_known_and_ordered(rules: Rules) -> Iterator[Fault]:
    for document, place, entry in _dated(rules):
        unknown = [version for version in (entry.since, entry.until) if version and version not in rules.versions]
        for version in unknown:
            yield document.fault(place, f"version {version} is not in protocol.yaml")
        if entry.since and entry.until and not unknown and rules.versions.index(entry.since) > rules.versions.index(entry.until):
            yield document.fault(place, f"since {entry.since} is later than until {entry.until}")


def _what_needs_a_name_has_one_and_says_what_it_is(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas():
        if not _is_named(place):
            if schema.enum is not None:
                yield document.fault(place, "an enum needs a name: give it a type of its own and refer to it")
            if schema.properties:
                yield document.fault(place, "an object with fields needs a name: give it a type of its own and refer to it")
            continue
        if not schema.description:
            yield document.fault(place, f"type {place[1]} has no description")
        if not schema.evidence:
            yield document.fault(place, f"type {place[1]} does not say how it is known (evidence)")


def _types_do_not_hide_classes(rules: Rules) -> Iterator[Fault]:
    camel = {naming.camel_case(file.group) for _, file in rules.sources.functions}
    taken = {f"{side}{group}": "the class of a group's functions" for side in ("Server", "Instance") for group in camel}
    taken |= {f"{name}Value": f"the literal type of {name}" for name, schema in rules.types.items() if schema.enum}
    for document, file in rules.sources.types:
        for name, schema in file.types.items():
            if name in taken:
                yield document.fault(("types", name), f"type {name} would be called as {taken[name]} is")
            if not schema.discriminator and schema.type != ("object" if schema.enum is None else "string"):
                yield document.fault(("types", name), f"type {name} is no object, no enum of strings and no union: it needs no name")


def _schemas_are_sound(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas():
        for key in schema.required:
            if key not in schema.properties:
                yield document.fault((*place, "required"), f"required field {key!r} is not among the properties")
        for value in schema.enum_docs.keys() - set(schema.enum or ()):
            yield document.fault((*place, "enum_docs", value), f"{value!r} is described but is not a value")
        if schema.properties and "object" not in schema.types:
            yield document.fault(place, "a schema with properties is of type object")
        if "array" in schema.types and not schema.items:
            yield document.fault(place, "an array says what its items are; {} where nobody knows")
        if schema.format and "string" not in schema.types:
            yield document.fault((*place, "format"), "a format is for a string")
        if schema.const is not None and schema.type != "string":
            yield document.fault((*place, "const"), "a const is for a string")


def _unions_can_be_told_apart(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas():
        key = schema.discriminator
        if key is None:
            continue
        here = (*place, "discriminator")
        if not _is_named(place) or not schema.any_of or not all(arm.ref for arm in schema.any_of):
            yield document.fault(here, "a discriminator is for a named type that is anyOf other named types")
            continue
        tags: list[str | None] = []
        for arm in schema.any_of:
            target = rules.types[referenced(arm.ref or "")]
            tag = target.properties.get(key)
            if tag is None or tag.type != "string" or key not in target.required:
                yield document.fault(here, f"{arm.ref} lacks {key!r} as a required string")
            else:
                tags.append(tag.const)
        for tag_value in {value for value in tags if tags.count(value) > 1}:
            yield document.fault(
                here, f"{key!r} is {tag_value!r} in more than one type" if tag_value else f"{key!r} is open in more than one type"
            )
        if None in tags[:-1]:
            yield document.fault(here, "the type for unknown texts stands last")


def _results_say_what_is_known(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        open_result = function.result == Schema()
        if open_result != (function.evidence.result is Evidence.UNKNOWN):
            yield document.fault((*place, "result"), "a result of unknown shape is {} with evidence unknown, and the other way round")


def _destructive_functions_explain_themselves(rules: Rules) -> Iterator[Fault]:
    for document, _, place, function in rules.functions():
        if function.effect is Effect.DESTRUCTIVE and not function.details:
            yield document.fault(place, f"{function.name} is destructive: its details say what is lost")


_Rule = Callable[[Rules], Iterator[Fault]]

_FIRST: tuple[_Rule, ...] = (
    _files_are_named_after_their_group,
    _types_have_one_name,
    _names_are_usable,
    _references_lead_somewhere,
)
_THEN: tuple[_Rule, ...] = (
    _python_names_do_not_collide,
    _commands_do_not_collide,
    _arguments_are_sound,
    _examples_fit,
    _versions_are_known_and_ordered,
    _what_needs_a_name_has_one_and_says_what_it_is,
    _types_do_not_hide_classes,
    _schemas_are_sound,
    _unions_can_be_told_apart,
    _results_say_what_is_known,
    _destructive_functions_explain_themselves,
)


def _is_named(place: Location) -> bool:
    return place[0] == "types" and len(place) == len(("types", "name"))


def _walk(document: Document, place: Location, schema: Schema) -> Iterator[tuple[Document, Location, Schema]]:
    yield document, place, schema
    for key, child in schema.properties.items():
        yield from _walk(document, (*place, "properties", key), child)
    for index, child in enumerate(schema.any_of):
        yield from _walk(document, (*place, "anyOf", index), child)
    if schema.items:
        yield from _walk(document, (*place, "items"), schema.items)
    if schema.additional_properties:
        yield from _walk(document, (*place, "additionalProperties"), schema.additional_properties)


def _function_names(function: Function) -> tuple[str, str, str]:
    return function.method, naming.constant(function.name), naming.wrapper_method(function.name)


def _argument_names(argument: Argument) -> tuple[list[str], str, str]:
    return naming.words(argument.name), argument.variable, naming.wrapper_parameter(argument.name)


def _usable(document: Document, place: Location, name: Callable[[T], object], what: T) -> Iterator[Fault]:
    try:
        name(what)
    except naming.UnusableNameError as error:
        yield document.fault(place, str(error))


def _collisions(
    document: Document, place: Location, names: Iterable[tuple[str, str]], what: str, where: str = "in Python"
) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for wire, name in names:
        if name in seen:
            yield document.fault(place, f"{what}: {seen[name]} and {wire} would both be called {name} {where}")
        seen[name] = wire


def _dated(rules: Rules) -> Iterator[tuple[Document, Location, Function | Argument | Schema]]:
    for document, _, place, function in rules.functions():
        yield document, place, function
        for index, argument in enumerate(function.args):
            yield document, (*place, "args", index), argument
    yield from rules.schemas()


def _argument_schema(argument: Argument) -> dict[str, Any]:
    named = {"$ref": f"#/$defs/{referenced(argument.enum)}"} if argument.enum else {"type": "string"}
    if argument.type == "json":
        return plain_schema(argument.shape) if argument.shape else {}
    if argument.type == "list":
        return {"type": "array", "items": named}
    if argument.type == "datetime":
        return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}
    return named if argument.type == "string" else {"type": argument.type}


def _misfits(rules: Rules, schema: dict[str, Any], value: JsonValue) -> Iterator[str]:
    validator = Draft202012Validator({**schema, "$defs": rules.definitions})
    errors: Iterator[Any] = validator.iter_errors(value)  # pyright: ignore[reportUnknownMemberType] - one of its overloads is untyped
    return (f"{error.message:.200}" for error in errors)
