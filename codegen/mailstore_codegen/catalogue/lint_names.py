"""Names: each can be used in Python, on the command line and in files, and no two of a kind are the same."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeVar

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.rules import Rules
from mailstore_codegen.catalogue.schema import Argument, Function, FunctionFile, TypeFile
from mailstore_codegen.catalogue.versions import overlap
from mailstore_codegen.catalogue.yaml_file import Document, Fault, Location

T = TypeVar("T")


def _files_are_named_after_their_group(rules: Rules) -> Iterator[Fault]:
    files: list[tuple[Document, FunctionFile | TypeFile]] = [*rules.sources.functions, *rules.sources.types]
    titles: dict[str, str] = {}
    for document, file in files:
        if PurePosixPath(document.file).stem != file.group:
            yield document.fault(("group",), f"group {file.group!r:.60} must be the name of the file, without .yaml")
        else:
            yield from _usable(document, ("group",), naming.group_name, file.group)
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
    for document, place, schema in rules.schemas:
        for key, child in schema.properties.items():
            yield from _usable(document, (*place, "properties", key), child.field_name, key)
        for value in schema.enum or ():
            yield from _usable(document, (*place, "enum"), schema.member_name, value)


def _references_lead_somewhere(rules: Rules) -> Iterator[Fault]:
    for document, place, schema in rules.schemas:
        if schema.ref and schema.ref not in rules.places:
            yield document.fault((*place, "$ref"), f"{schema.ref} is not a type of the catalogue")
    for document, place, argument in rules.arguments():
        if argument.enum and argument.enum not in rules.places:
            yield document.fault((*place, "enum"), f"{argument.enum} is not a type of the catalogue")


def _python_names_do_not_collide(rules: Rules) -> Iterator[Fault]:
    seen: dict[tuple[str, tuple[object, ...]], list[tuple[Document, Function]]] = {}
    for document, _, place, function in rules.functions():
        for kind, name in _derived_names(function):
            others = seen.setdefault((kind, name), [])
            other = next((item for item in others if overlap(item[1], function)), None)
            if other and other[1].name == function.name:
                yield document.fault(place, f"{function.name} is already in {other[0].file}")
            elif other:
                both = f"{function.name} and {other[1].name} would both be called {name[-1]} {kind}"
                yield document.fault(place, f"{both}: {ADVICE[kind]}")
            others.append((document, function))
        for argument in {argument.name: argument for argument in function.args}.values():
            variants = function.variants(argument.name)
            if any(not one.until or not other.since or overlap(one, other) for one, other in pairwise(variants)):
                message = f"{argument.name} is listed {len(variants)} times: until and since say for which versions, oldest first"
                yield document.fault((*place, "args"), message)
        names = sorted({(argument.name, argument.variable) for argument in function.args})
        yield from _collisions(document, (*place, "args"), names, f"arguments of {function.name}")
    for document, place, schema in rules.schemas:
        fields = [(key, child.field_name(key)) for key, child in schema.properties.items()]
        yield from _collisions(document, place, fields, "fields")
        members = [(str(value), schema.member_name(value)) for value in schema.enum or ()]
        yield from _collisions(document, (*place, "enum"), members, "values")


def _commands_do_not_collide(rules: Rules) -> Iterator[Fault]:
    """What two Python names leave open: a group's commands are those of both clients, and some options are the command line's own."""
    commands: dict[tuple[str, str], Function] = {}
    methods: dict[str, list[str]] = {}
    for _, file, _, function in rules.functions():
        methods.setdefault(file.group, []).append(function.method)
    for document, file, place, function in rules.functions():
        command = naming.commands(file.group, methods[file.group])[function.method]
        other = commands.setdefault((file.group, command), function)
        if other.name != function.name and overlap(other, function):
            yield document.fault(place, f"{function.name} and {other.name} would both be the command {command}")
        options = {argument.variable: (argument.name, naming.option(argument.variable)) for argument in function.args}
        yield from _collisions(document, (*place, "args"), options.values(), f"options of {function.name}", "on the command line")


ADVICE = {
    "in Python": "give one of them a python_name",
    "in the list of functions": "give one of them a python_name",
    "in file names": "some file systems ignore case, so keep only one of them",
}


def _derived_names(function: Function) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Names of a function that have to be its alone, by where they are used; file systems may ignore case."""
    yield "in the list of functions", (function.constant,)
    yield "in Python", (function.needs_instance, f"{function.method}()")
    if function.walk:
        yield "in Python", (function.needs_instance, f"{function.walk.name}()")
    yield "in file names", (function.name.lower(),)


def collisions(functions: Iterable[Function]) -> Iterator[str]:
    """Functions of different versions that one package cannot hold together."""
    seen: dict[tuple[str, tuple[object, ...]], str] = {}
    for function in functions:
        for kind, name in _derived_names(function):
            other = seen.setdefault((kind, name), function.name)
            if other != function.name:
                yield f"{other} and {function.name} would both be called {name[-1]} {kind}"


def _function_names(function: Function) -> tuple[str, str, str, str | None]:
    return function.method, function.constant, naming.wrapper_method(function.name), function.walk_method


def _argument_names(argument: Argument) -> tuple[tuple[str, ...], str, str]:
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


FIRST = (_files_are_named_after_their_group, _types_have_one_name, _names_are_usable, _references_lead_somewhere)
THEN = (_python_names_do_not_collide, _commands_do_not_collide)
