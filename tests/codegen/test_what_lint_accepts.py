"""What lint accepts can be generated and works; what it refuses gets a message with the place and what to write instead."""

import inspect
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.naming import UnusableNameError, type_name
from mailstore_codegen.catalogue.versions import at
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.write.render import render_package
from mailstore_codegen.write.targets import OutputError
from pydantic import ValidationError

import mailstore_sdk
from tests.support.project import ROOT
from tests.support.small_catalogue import (
    Entry,
    argument,
    catalogue,
    enum,
    files,
    function,
    instance_argument,
    nullable,
    package,
    record,
    ref,
    union,
    write,
)

COLOR = {"Color": enum("red")}


def tree(**types: Entry) -> Entry:
    return files(types, [function()])


def called(*functions: Entry, **types: Entry) -> Entry:
    return files(types, functions)


def given(kind: str, default: object, **more: object) -> Entry:
    return called(function(args=[argument("value", kind, default=default, **more)]), **COLOR)


def field(shape: object) -> Entry:
    return tree(Thing=record({"a": shape}), **COLOR)


LEAF = record({"kind": {"type": "string", "const": "leaf"}}, ["kind"])

REFUSED: dict[str, tuple[Entry, str]] = {
    "two functions in one constant": (
        called(function("GetUser_Info"), function("GetUserInfo", args=[instance_argument()], example={"args": {"instanceID": "a"}})),
        "GetUserInfo and GetUser_Info would both be called GET_USER_INFO in the list of functions",
    ),
    "two functions in one file": (called(function("GetThing"), function("GetthIng")), "would both be called getthing in file names"),
    "two commands": (called(function("GetThing"), function("Other", python_name="get_thing_")), "would both be the command get"),
    "secret number": (field({"type": "integer", "secret": True}), "secret is for a string: write it where the type is string"),
    "format of two types": (field({"type": ["string", "integer"], "format": "date-time"}), "format is for a string"),
    "format next to a reference": (field({**ref("Color"), "format": "date-time"}), "format is for a string"),
    "secret with a format": (field({"type": "string", "format": "date-time", "secret": True}), "a secret is plain text"),
    "reference and type": (field({**ref("Color"), "type": "string"}), "$ref and type in one place: say one of them"),
    "no type in a list": (field({"type": []}), "a list of types names each once, and at least one"),
    "a type twice": (field({"type": ["string", "string"]}), "a list of types names each once"),
    "items of no array": (field({"type": "string", "items": {}}), "an array says what its items are, and nothing else does"),
    "values of no object": (field({"type": "string", "additionalProperties": {}}), "additionalProperties are for an object"),
    "const of a number": (field({"type": "integer", "const": "a"}), "a const is for a plain string"),
    "const in a list": (field({"type": "array", "items": {"type": "string", "const": "a"}}), "a const is for a field of a named type"),
    "one alternative": (field({"anyOf": [{"type": "string"}]}), "anyOf with one alternative: write just that"),
    "two strings": (field({"anyOf": [{"type": "string"}, ref("Color")]}), "alternatives are both JSON of type string"),
    "two objects": (tree(A=record({}), B=record({"c": {"anyOf": [ref("A"), ref("B")]}})), "alternatives are both JSON of type object"),
    "anything or null": (field({"anyOf": [{}, {"type": "null"}]}), "alternatives takes every value"),
    "no value": (tree(Color={**enum(), "enum": []}), "an enum is of type string and lists at least one value"),
    "a text among numbers": (
        tree(Level=enum(1, "2", type="integer", python_names={"1": "A", "2": "B"})),
        "one of type integer whole numbers",
    ),
    "a number without a name": (tree(Level=enum(1, type="integer")), "'1' gives no name for a member: name it under python_names"),
    "an enum of another type": (tree(Level=enum(1, type="number", python_names={"1": "A"})), "one of type integer whole numbers"),
    "an argument's enum of numbers": (
        called(function(args=[argument("a", enum="types/things.yaml#/Level")]), Level=enum(1, type="integer", python_names={"1": "A"})),
        "has numbers: the enum of an argument has texts",
    ),
    "a value twice": (tree(Color=enum("a", "a")), "lists at least one value, each once"),
    "a number as value": (tree(Color=enum(1)), "an enum of type string lists texts, in quotes where one looks like a number"),
    "a value without a name": (tree(Color=enum("")), "'' gives no name for a member: name it under python_names"),
    "a name for no value": (tree(Color=enum("a", python_names={"b": "B"})), "'b' is described but is not a value"),
    "two values of one name": (tree(Color=enum("a", "", python_names={"": "A"})), "would both be called A in Python"),
    "a name in lower case": (tree(Color=enum("", python_names={"": "none"})), "expected upper-case letters, digits and _"),
    "a named map": (
        tree(Map={**record({}), "properties": {}, "additionalProperties": {"type": "integer"}}),
        "a map needs no name: write its shape where it is used",
    ),
    "typed fields in addition to named ones": (
        tree(Thing={**record({"a": {}}), "additionalProperties": {"type": "integer"}}),
        "fields of one type in addition to named ones cannot be typed",
    ),
    "a field of the base class": (tree(Thing=record({"register": {"type": "integer"}})), "would hide the model's own 'register'"),
    "a field called as the first parameter": (tree(Thing=record({"self": {}})), "would hide the model's own 'self': give it a python_name"),
    "a union of one": (tree(Leaf=LEAF, Tree=union("kind", "Leaf")), "anyOf two or more other named types"),
    "default of a datetime": (given("datetime", "2026-01-01T00:00:00"), "a datetime has no default"),
    "default with a shape": (given("json", {"a": 1}, shape={"type": "object", "additionalProperties": {}}), "a json argument with a shape"),
    "default with a comma": (given("list", ["a,b"]), "a comma separates the elements of a list"),
    "a time in a json argument": (
        called(function(args=[argument("a", "json", shape={"type": "array", "items": {"type": "string", "format": "date-time"}})])),
        "a time in a json argument is a field of a named type",
    ),
    "fraction as default": (given("integer", 1.0), "1.0 is written as a fraction"),
    "not a day": (
        called(function(args=[argument("day", "datetime")], example={"args": {"day": "2026-02-31T00:00:00"}})),
        "'2026-02-31T00:00:00' is not a 'date-time'",
    ),
    "a comma in a value of a list": (
        called(function(args=[argument("a", "list", enum="types/things.yaml#/Color")]), Color=enum("a,b", python_names={"a,b": "AB"})),
        "a value holds a comma",
    ),
    "type: int": (
        field({"type": "int"}),
        "found 'int', expected one of string, integer, number, boolean, array, object, null; did you mean",
    ),
    "a misspelled key": (called(function() | {"sumary": "x"}), "sumary: is an unknown key; did you mean 'summary'?"),
    "true as text": (called(function(long_running="yes")), "found 'yes', expected true or false"),
    "a dangling reference of the protocol": (
        {**called(function()), "protocol.yaml": {**files()["protocol.yaml"], "envelope": record({"a": ref("Gone")})}},
        "types/things.yaml#/Gone is not a type of the catalogue",
    ),
    "a protocol without HTTP Basic": (
        {**called(function()), "protocol.yaml": {**files()["protocol.yaml"], "dialects": []}},
        "called basic",
    ),
}
for exported in ("Envelope", "JobStatus", "Window", "Outcome", "TransportError"):
    REFUSED[f"type {exported}"] = (tree(**{exported: record({})}), f"{exported} is a name that")


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_an_invalid_entry_is_refused_with_its_place(tmp_path: Path, content: Entry, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(write(content, tmp_path / "spec"))
    fault = next((fault for fault in caught.value.faults if message in fault.message), None)
    assert fault, f"not found in:\n{caught.value}"
    lines = (tmp_path / fault.file).read_text().splitlines()
    assert 1 <= fault.line <= len(lines)


GROUPS = {
    "functions": "the name of a module that every package has",
    "import": "a keyword of Python",
    "Things": "expected lower-case words",
}


@pytest.mark.parametrize(("name", "reason"), GROUPS.items())
def test_a_group_that_cannot_be_a_module_is_refused_with_the_reason(tmp_path: Path, name: str, reason: str) -> None:
    content = {**files(), f"functions/{name}.yaml": {"group": name, "title": "Things", "functions": [function()]}}
    with pytest.raises(CatalogueError, match=reason):
        load(write(content, tmp_path / "spec"))


def test_types_of_two_files_that_need_each_other_are_refused(tmp_path: Path) -> None:
    one, other = ({"group": g, "title": g, "types": {n: record({"a": nullable(ref(m, h))})}} for g, n, h, m in ("aAbB", "bBaA"))
    content = {**files(None, [function()]), "types/a.yaml": one, "types/b.yaml": other}
    with pytest.raises(CatalogueError, match=r"types of a and b need each other: put them into one file"):
        load(write(content, tmp_path / "spec"))


BROKEN = {
    "a: .inf\n": "inf is not a number in JSON",
    'a: "\\ud83d"\n': "half of a character",
    "a: " + "[" * 60 + "]" * 60 + "\n": "is an unknown key",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items(), ids=["infinite", "surrogate", "deep"])
def test_values_that_json_lacks_are_refused(tmp_path: Path, text: str, message: str) -> None:
    write(called(function()), tmp_path / "spec")
    (tmp_path / "spec" / "functions" / "things.yaml").write_text(text)
    with pytest.raises(CatalogueError, match=re.escape(message)):
        load(tmp_path / "spec")


def test_every_exported_name_is_reserved() -> None:
    of_the_catalogue = {*load(ROOT / "spec").types, "preload"}
    reserved = {name for name in mailstore_sdk.__all__ if not name.endswith("Value")} - of_the_catalogue
    assert {"SPEClient", "Job", "MailStoreError", "Window"} <= reserved
    for name in reserved:
        with pytest.raises(UnusableNameError, match="choose another"):
            type_name(name)


def test_values_that_are_not_names_get_one(tmp_path: Path) -> None:
    names = {"": "EMPTY", "1": "ONE", "with space": "WITH_SPACE", "ä": "AE"}
    color = enum(*names, "plain", python_names=names)
    args = [argument("color", "string", enum="types/things.yaml#/Color", default="")]
    made = package(catalogue({"Color": color}, [function(args=args)]), tmp_path)
    assert {member.name: member.value for member in made.models.Color} == {
        "EMPTY": "",
        "ONE": "1",
        "WITH_SPACE": "with space",
        "AE": "ä",
        "PLAIN": "plain",
    }


def test_an_enum_of_numbers_is_open(tmp_path: Path) -> None:
    level = enum(-1, 0, 2, type="integer", python_names={"-1": "OFF", "0": "LOW", "2": "HIGH"})
    made = package(catalogue({"Level": level, "Thing": record({"level": ref("Level")}, ["level"])}), tmp_path)
    kind, thing = made.models.Level, made.models.Thing
    assert {member.name: member.value for member in kind} == {"OFF": -1, "LOW": 0, "HIGH": 2}
    assert thing(level=2).level is kind.HIGH
    new = thing.model_validate_json('{"level": 7}').level
    assert (new, type(new), new.is_known, kind.LOW.is_known) == (7, kind, False, True)
    assert thing(level=new).to_wire() == {"level": 7}
    assert pickle.loads(pickle.dumps(new)) == 7
    for text in ("true", '"2"', "2.5"):
        with pytest.raises(ValidationError):
            thing.model_validate_json(f'{{"level": {text}}}', strict=True)


DEFAULTS: list[tuple[str, Any]] = [
    ("string", 'an 🦊, "quoted" \\ \u2028'),
    ("list", ["a", "ü"]),
    ("number", 0.5),
    ("integer", 0),
    ("boolean", False),
    ("json", {"a": [1, "ß"]}),
]


@pytest.mark.parametrize(("kind", "value"), DEFAULTS)
def test_a_default_is_sent_as_it_is(tmp_path: Path, kind: str, value: object) -> None:
    made = package(catalogue(None, [function(args=[argument("value", kind, default=value)])]), tmp_path)
    assert inspect.signature(made.SPEClient.get_thing).parameters["value"].default == value


def test_functions_of_different_versions_can_share_a_name(tmp_path: Path) -> None:
    old, new = function("GetThing", until="25.3"), function("getThing", since="27.1")
    made = catalogue(None, [old, new], versions=["25.3", "27.1"])
    assert len(package(at(made, "27.1"), tmp_path).sync.FUNCTIONS) == 1
    with pytest.raises(OutputError, match="GetThing and getThing would both be called GET_THING"):
        render_package(made, "acme_spe")


def test_the_package_counts_its_functions(tmp_path: Path) -> None:
    source = render_package(catalogue(None, [function("GetThing"), function("SetThing")]), "acme_spe")["functions/__init__.py"]
    assert "assert len(FUNCTIONS) == 2" in source


@pytest.mark.parametrize(
    "build", [lambda: catalogue(COLOR), lambda: catalogue(None, [function()]), lambda: catalogue({"Empty": record({})})]
)
def test_a_catalogue_can_have_a_single_entry(tmp_path: Path, build: Callable[[], Any]) -> None:
    assert package(build(), tmp_path)


def test_a_method_can_have_many_secrets(tmp_path: Path) -> None:
    secrets = [argument(f"aSecretWithALongName{letter * 12}", secret=True) for letter in "ABCDE"]
    made = package(catalogue(None, [function(args=secrets)]), tmp_path)
    assert len(inspect.signature(made.SPEClient.get_thing).parameters) == 1 + len(secrets)
