"""A list of functions from a hostile server is refused with the names of the entries, or is harmless."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.server_functions import MAX_BYTES, MAX_FUNCTIONS, MetadataError, parse
from mailstore_codegen.cli.project import main

from tests.support.processes import environ
from tests.support.small_catalogue import metadata


def argument(name: object = "id", kind: object = "number", nullable: object = True) -> dict[str, object]:
    return {"name": name, "type": kind, "nullable": nullable}


def listed(*functions: object) -> bytes:
    return json.dumps(list(functions)).encode()


def named(name: object) -> bytes:
    return listed({"name": "GetUsers", "args": []}, {"name": name, "args": []})


PAYLOAD = "__import__('os').system('touch owned')"
NAMES = {
    "quotes": 'Get"Users',
    "a docstring's end": f'"""\n{PAYLOAD}\n"""',
    "an apostrophe": "Get'Users",
    "a newline": "GetUsers\nimport os",
    "a newline at the end": "GetThings\n",
    "backslashes": "Get\\x41",
    "braces": "Get{7*7}",
    "template": "{{ cycler.__init__.__globals__.os.abort() }}",
    "a call": PAYLOAD,
    "a dunder": "__class__",
    "a leading underscore": "_call",
    "dunders inside": "x.__class__",
    "a path": "../../etc/passwd",
    "a digit first": "1Get",
    "a space": "Get Users",
    "nothing": "",
    "a null byte": "Get\0Users",
    "a Cyrillic look-alike": "G\u0435tUsers",
    "a fullwidth letter": "\uff27etUsers",
    "a ligature that Python folds": "Get\ufb01le",
    "a combining mark": "Ge\u0301tUsers",
    "a right-to-left mark": "GetUsers\u202e",
    "a digit that is no ASCII": "Get\u0661",
    "too long": "G" * 101,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_an_invalid_name_is_refused_and_shown_in_ascii(name: str) -> None:
    for content, place in (
        (named(name), "function 2: its name "),
        (listed({"name": "GetUsers", "args": [argument(), argument(name)]}), "function GetUsers, argument 2: its name "),
    ):
        with pytest.raises(MetadataError) as caught:
            parse(content)
        reported = str(caught.value)
        assert reported.startswith(place + ascii(name[:60]))
        assert reported.isascii()
        assert reported.isprintable()


REFUSED = {
    "not JSON": (b"{", "not JSON"),
    "not UTF-8": (b'["\xff"]', "not JSON"),
    "deep": (b"[" * 100_000, "not JSON"),
    "not a list": (b'{"a": 1}', "expected a list of functions, found an object"),
    "nothing": (b"[]", "the list has no functions"),
    "an envelope without a list": (b'{"result": null}', "expected a list"),
    "not a number": (b"NaN", "not JSON"),
    "not an entry": (listed(["GetUsers"]), "function 1: expected an object, found a list"),
    "no name": (listed({"args": []}), "function 1: its name is nothing"),
    "not a name": (named(5), "function 2: its name is a number"),
    "1 MB names": (named("A" * 1_000_000), "function 2: its name 'AAAA"),
    "10,000 functions": (listed(*({"name": f"Get{n}", "args": []} for n in range(10_000))), "the list has 10,000 functions: at most 2,000"),
    "too many bytes": (b" " * (MAX_BYTES + 1), "bytes: at most 4,000,000"),
    "too many arguments": (listed({"name": "Get", "args": [argument(f"a{n}") for n in range(101)]}), "function Get: it has 101 arguments"),
    "a name twice": (listed({"name": "GetUsers"}, {"name": "GetUsers"}), "function 2: GetUsers is listed already, as GetUsers"),
    "a name twice but for case": (listed({"name": "GetUsers"}, {"name": "getusers"}), "getusers is listed already, as GetUsers"),
    "an argument twice": (
        listed({"name": "Get", "args": [argument("ID"), argument("id")]}),
        "function Get, argument 2: id is listed already, as ID",
    ),
    "not arguments": (listed({"name": "Get", "args": "id"}), "function Get: its args are a text, not a list"),
    "an unknown type": (
        listed({"name": "Get", "args": [argument(kind="object; drop")]}),
        "function Get, argument id: its type is 'object; drop'",
    ),
    "not a type": (listed({"name": "Get", "args": [argument(kind=["string"])]}), "its type is a list: expected one of string,"),
    "neither nullable nor not": (listed({"name": "Get", "args": [argument(nullable="no")]}), "nullable is a text, not true or false"),
    "another path": (listed({"name": "Get", "path": "/api/../admin"}), "function Get: its path is '/api/../admin'"),
    "a path of another kind": (listed({"name": "Get", "path": {"a": 1}}), "function Get: its path is"),
}


@pytest.mark.parametrize(("content", "reported"), REFUSED.values(), ids=REFUSED)
def test_an_invalid_list_is_refused(content: bytes, reported: str) -> None:
    with pytest.raises(MetadataError) as caught:
        parse(content)
    assert reported in str(caught.value)
    assert len(str(caught.value)) < 5_000


def test_only_the_first_of_many_faults_are_reported() -> None:
    with pytest.raises(MetadataError) as caught:
        parse(listed(*({"name": f"Get {n}"} for n in range(MAX_FUNCTIONS))))
    assert str(caught.value).count("is refused") == 20
    assert str(caught.value).endswith("\n... and 1980 more")


def test_a_list_in_an_envelope_is_accepted() -> None:
    assert parse(b'{"error": null, "statusCode": "succeeded", "result": %s}' % named("GetStores")) == parse(named("GetStores"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_that_windows_wrote_is_accepted(encoding: str) -> None:
    assert parse(named("GetStores").decode().encode(encoding)) == parse(named("GetStores"))


@pytest.fixture
def pulled(root: Path) -> Result:
    """The accepted part of a list with many names that have a meaning in Python."""
    words = ("class", "import", "lambda", "async", "match", "None", "True", "print", "exec", "eval", "open", "type", "object", "super")
    reported = metadata()
    reported += [
        {"name": f"Set{word.capitalize()}", "args": [argument(word, "string", nullable=False) for word in words]} for word in words
    ]
    reported += [
        {"name": word.capitalize(), "args": [argument(word, "json")], "path": f"/api/invoke/{word.capitalize()}", "x": PAYLOAD}
        for word in words
    ]
    file = root / "27.1.json"
    file.write_text(json.dumps(reported))
    return CliRunner().invoke(main, ["pull", str(file), "--spec", str(root / "spec"), "--write", "--save"])


WATCHED = """
import importlib, pkgutil, sys

events = []


def watch(event, arguments):
    if event.startswith(("os.", "socket.", "subprocess.", "shutil.", "urllib.", "ctypes.", "code.__new__")) and event not in ("os.listdir", "os.scandir"):
        events.append(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        events.append(event)


import mailstore_sdk.client, mailstore_sdk.aio.client  # what any package imports

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
sys.addaudithook(watch)
package = importlib.import_module("hostile_spe")
for module in pkgutil.walk_packages(package.__path__, "hostile_spe."):
    importlib.import_module(module.name)
for name in package.models.__all__:
    getattr(package.models, name)
print(len(importlib.import_module("hostile_spe.functions").FUNCTIONS), events)
open("probe", "w").close()
assert events == ["open"], "the watch sees nothing"
"""


@pytest.mark.small_catalogue
def test_names_with_a_meaning_in_python_are_harmless(root: Path, pulled: Result) -> None:
    assert pulled.exit_code == 0, pulled.output
    arguments = ["generate", "--spec", str(root / "spec"), "--spe-version", "27.1", "--out", str(root), "--package", "hostile_spe"]
    made = CliRunner().invoke(main, arguments)
    assert made.exit_code == 0, made.output
    package = root / "hostile_spe"
    sources = {path: path.read_text() for path in package.rglob("*.py")}
    assert not any(PAYLOAD in source for source in (*sources.values(), (package / "catalogue.json").read_text()))
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source, str(path))):
            assert not isinstance(node, ast.Global | ast.With | ast.Try | ast.For | ast.While)
            assert not isinstance(node, ast.Import) or ast.unparse(node) == "import typing as _typing"
    methods = {node.name for node in ast.walk(ast.parse(sources[package / "sync" / "system.py"])) if isinstance(node, ast.FunctionDef)}
    assert {"class_", "import_", "lambda_", "none", "exec", "set_class"} <= methods
    done = subprocess.run([sys.executable, "-c", WATCHED, str(root)], capture_output=True, text=True, check=False, env=environ(), cwd=root)
    reported = json.loads((root / "27.1.json").read_text())
    assert done.stdout == f"{len(reported)} []\n", done.stderr
    assert done.returncode == 0, done.stderr
    assert not list(root.rglob("owned"))
