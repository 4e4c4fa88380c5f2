"""The catalogue against the collected facts, field by field.

``facts.json`` holds what sources say of each function: arguments, allowed values, whether it only reads, whether it is
long-running. Nothing in the catalogue may differ from it, except what `DELIBERATE` lists with its reason.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Argument, Effect, Function

from tests.support.facts import DELIBERATE, FACTS
from tests.support.project import SPEC

TYPES = {"list-as-comma-string": {"list"}, "number": {"integer", "number"}}
"""Types of the catalogue for a type of the facts, where the names differ."""


@cache
def catalogue() -> Catalogue:
    """The checked-in catalogue."""
    return load(SPEC)


@cache
def facts() -> Mapping[str, Any]:
    """The facts by function."""
    return {fact["name"]: fact for fact in FACTS}


@cache
def differences() -> Mapping[tuple[str, str], str]:
    """Every difference by function and aspect, including the deliberate ones."""
    functions = {function.name: function for function in catalogue().functions}
    return {(name, aspect): text for name in facts().keys() & functions.keys() for aspect, text in compare(facts()[name], functions[name])}


def compare(fact: Mapping[str, Any], function: Function) -> Iterator[tuple[str, str]]:
    """The differences between the facts on a function and its entry in the catalogue: aspect, then both values."""
    wanted = [argument["name"] for argument in fact["args"]]
    found = [argument.name for argument in function.args]
    if found != wanted:
        yield "args", f"{found} instead of {wanted}"
    arguments = {argument.name: argument for argument in function.args}
    for argument in fact["args"]:
        if argument["name"] in arguments:
            yield from compare_argument(argument, arguments[argument["name"]])
    if (function.effect is Effect.READ) != fact["reads_only"]:
        yield "effect", f"{function.effect} instead of reads_only={fact['reads_only']}"
    if function.long_running != (fact["long_running"] in ("yes", "likely")):
        yield "long_running", f"{function.long_running} instead of {fact['long_running']}"
    if function.needs_instance != fact["needs_instance"]:
        yield "needs_instance", f"{function.needs_instance} instead of {fact['needs_instance']}"


def compare_argument(fact: Mapping[str, Any], argument: Argument) -> Iterator[tuple[str, str]]:
    """The differences in one argument."""
    where = f"args.{argument.name}"
    if argument.type not in TYPES.get(fact["type"], {fact["type"]}):
        yield f"{where}.type", f"{argument.type} instead of {fact['type']}"
    if argument.required != fact["required"]:
        yield f"{where}.required", f"{argument.required} instead of {fact['required']}"
    if found := allowed_values(argument, fact.get("enum")):
        yield f"{where}.enum", f"{found} instead of {fact.get('enum')}"


def allowed_values(argument: Argument, wanted: list[str] | list[int] | None) -> str | None:
    """The values that the catalogue allows, if they are not the expected ones."""
    if wanted and isinstance(wanted[0], int):
        # Numbers cannot be enum types; the text lists them.
        text = (argument.doc or "").replace(",", " ").replace(".", " ").replace(" or ", " ").split()
        listed = [int(word) for word in text if word.isdigit()]
        return None if listed == wanted else str(listed)
    found = list(catalogue().resolve(argument.enum).enum or ()) if argument.enum else None
    return None if found == wanted else str(found)


def test_the_catalogue_has_exactly_the_known_functions() -> None:
    assert sorted(function.name for function in catalogue().functions) == sorted(facts())


@pytest.mark.parametrize("name", sorted(facts()))
def test_a_function_agrees_with_the_facts(name: str) -> None:
    found = {aspect: text for (function, aspect), text in differences().items() if function == name}
    assert {aspect: text for aspect, text in found.items() if (name, aspect) not in DELIBERATE} == {}


def test_every_deliberate_difference_exists() -> None:
    assert DELIBERATE.keys() - differences().keys() == set()


def test_only_required_arguments_have_a_default() -> None:
    # For other arguments the server's default is better than a guess.
    optional = [
        (function.name, argument.name)
        for function in catalogue().functions
        for argument in function.args
        if argument.default is not None and not argument.required
    ]
    assert optional == []


def test_passwords_and_keys_are_marked_as_secret() -> None:
    words = ("password", "passphrase", "encryptionKey", "secret")
    fields = [(name, key, child.secret) for name, schema in catalogue().types.items() for key, child in schema.properties.items()]
    arguments = [(function.name, argument.name, argument.secret) for function in catalogue().functions for argument in function.args]
    open_secrets = [(owner, name) for owner, name, secret in fields + arguments if not secret and name in words]
    assert open_secrets == []


def test_the_page_of_evidence_lists_exactly_what_is_unknown() -> None:
    page = (SPEC.parent / "docs" / "evidence.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    listed = [name for row in rows for name in re.findall("`([A-Z][A-Za-z]+)`", row.split("|")[1])]
    assert sorted(listed) == sorted(
        function.name for function in catalogue().functions if "unknown" in (function.evidence.args, function.evidence.result)
    )
