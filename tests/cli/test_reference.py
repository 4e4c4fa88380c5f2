"""The commands that the reference shows, as somebody copies them."""

from __future__ import annotations

import json
import shlex
from typing import Any
from urllib.parse import parse_qsl

import pytest
from mailstore_codegen.examples import command_example, form
from mailstore_codegen.schema import Function

from tests.cli.conftest import Shell
from tests.contract.test_every_function import CATALOGUE, FUNCTIONS

GROUPS = {function.name: group.name for group in CATALOGUE.groups for function in group.functions}


def fields(body: str, secret: set[str]) -> dict[str, Any]:
    """What is sent; in JSON, the order of keys means nothing."""
    sent = dict(parse_qsl(body, keep_blank_values=True))
    return {name: "***" if name in secret else json.loads(text) if text[:1] in ("{", "[") else text for name, text in sent.items()}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_it_sends_what_the_request_of_the_reference_shows(function: Function, nowhere: Shell) -> None:
    command, _, document = command_example(CATALOGUE, GROUPS[function.name], function).partition(" <<'END'\n")
    program, *words = shlex.split(command)
    assert program == "mailstore"
    stdin = document.removesuffix("END") or None
    shown: Any = nowhere.data(*words, "--dry-run", "--output", "json", stdin=stdin)
    secret = {argument.name for argument in function.args if argument.secret}
    wanted = fields(form(function), secret)
    assert fields(shown["body"], secret) == masked(wanted, document)


def masked(wanted: dict[str, Any], document: str) -> dict[str, Any]:
    """A dry run shows no secrets; here only documents that are given by the input hold some."""
    if not document:
        return wanted
    return {name: hide(value) if isinstance(value, dict | list) else value for name, value in wanted.items()}


def hide(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "***" if item == "S3cret!" else hide(item) for key, item in value.items()}
    return [hide(item) for item in value] if isinstance(value, list) else value
