"""`mailstore-codegen diff`: the differences between two catalogues and their severity."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.cli.project import main

from tests.support.processes import environ
from tests.support.small_catalogue import SMALL_SPEC

pytestmark = pytest.mark.small_catalogue

Edit = Callable[[str, str, str], None]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def changes(root: Path) -> list[tuple[str, ...]]:
    result = run(SMALL_SPEC, root, "--format", "json")
    assert result.exit_code == 0, result.output
    return [tuple(change.values()) for change in json.loads(result.output) if change["severity"] != "wording"]


STORES, TYPES = "functions/stores.yaml", "types/stores.yaml"
INCLUDE_SIZE = "- name: includeSize\n        type: boolean\n"
EDITS = {
    "function removed": (STORES, "name: GetStores\n", "name: ListStores\n", [
        ("breaking", "removed", "GetStores", "get_stores() is gone"),
        ("compatible", "added", "ListStores", "list_stores(), read"),
    ]),
    "effect": (STORES, "    effect: read\n", "    effect: mutating\n", [("behaviour", "changed", "GetStores", "effect: read -> mutating")]),
    "access": (STORES, "    access: admin\n", "    access: provider\n", [("behaviour", "changed", "GetStores", "access: admin -> provider")]),
    "method": (STORES, "    effect: read\n", "    effect: read\n    python_name: stores\n", [("breaking", "changed", "GetStores", "method: get_stores -> stores")]),
    "result": (STORES, "result: {type: array, items: {$ref: types/stores.yaml#/Store}}", "result: {type: array, items: {type: integer}}", [
        ("breaking", "changed", "GetStores", "returns: list[Store] -> list[int]"),
    ]),
    "long-running": (STORES, "    effect: read\n", "    effect: read\n    long_running: true\n", [
        ("breaking", "changed", "GetStores", "returns: list[Store] -> Job[list[Store]]"),
    ]),
    "argument removed": (STORES, INCLUDE_SIZE, "- name: withSize\n        type: boolean\n", [
        ("breaking", "removed", "GetStores(includeSize)", "parameter include_size"),
        ("compatible", "added", "GetStores(withSize)", "parameter with_size: bool | None = None, optional"),
    ]),
    "argument of another type": (STORES, INCLUDE_SIZE, "- name: includeSize\n        type: string\n", [
        ("breaking", "changed", "GetStores(includeSize)", "type: bool | None -> str | None"),
    ]),
    "wider argument": (STORES, "{name: id, type: integer, required: true, doc: Number of the archive store.}", "{name: id, type: number, required: true}", [
        ("compatible", "changed", None, "type: int -> float"),
    ]),
    "argument gone": (STORES, INCLUDE_SIZE, '- name: includeSize\n        until: "25.3"\n        type: boolean\n', [
        ("breaking", "removed", "GetStores(includeSize)", "parameter include_size"),
    ]),
    "function gone": (STORES, "    effect: read\n", '    effect: read\n    until: "25.3"\n', [("breaking", "removed", "GetStores", "gone after 25.3")]),
    "texts": (STORES, "List the archive stores of an instance.", "List the stores.", []),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), EDITS.values(), ids=EDITS)
def test_each_change_is_reported(root: Path, edit: Edit, file: str, old: str, new: str, expected: list[tuple[str | None, ...]]) -> None:
    edit(STORES, "example: {args: {instanceID: test01, includeSize: true}}", "example: {args: {instanceID: test01}}")
    if "type: string" in new:
        edit(STORES, "        wrapper_default: true\n", "")
    edit(file, old, new)
    found = changes(root)
    if expected and expected[0][2] is None:
        assert [(a, b, d) for a, b, _, d in found] == [(a, b, d) for a, b, _, d in expected]
    else:
        assert found == expected


def test_fields(root: Path, edit: Edit) -> None:
    edit(TYPES, "      error:", "      fault:")
    edit(TYPES, " error,", " fault,")
    edit(TYPES, "      name: {type: string", '      name: {type: [string, "null"]')
    edit(TYPES, 'statisticsCount: {type: [integer, "null"]', "statisticsCount: {type: integer")
    assert changes(root) == [
        ("breaking", "removed", "Store.error", "field"),
        ("breaking", "changed", "Store.name", "type: str -> str | None"),
        ("compatible", "added", "Store.fault", "field str | None"),
        ("compatible", "changed", "Store.statisticsCount", "type: int | None -> int"),
    ]


def test_a_position_taken_by_another_parameter(root: Path, edit: Edit) -> None:
    name = "      - {name: name, type: string, required: true, doc: Name of the store.}\n"
    path = "      - {name: contentPath, type: string"
    edit(STORES, f"{name}      - name: path", "      - name: path")
    edit(STORES, path, name + path)
    found = changes(root)
    assert ("breaking", "changed", "CreateStore(name)", "name was parameter 1, now database_path is") in found
    assert all(severity == "breaking" for severity, *_ in found)


def test_equal_catalogues_and_the_threshold(root: Path, edit: Edit) -> None:
    assert run(SMALL_SPEC, root, "--fail-on", "wording").exit_code == 0
    assert run(SMALL_SPEC, root).output == "No differences.\n"
    edit(STORES, "List the archive stores of an instance.", "List the stores.")
    assert run(SMALL_SPEC, root).exit_code == 0
    assert run(SMALL_SPEC, root, "--fail-on", "compatible").exit_code == 0
    assert run(SMALL_SPEC, root, "--fail-on", "wording").exit_code == 1
    assert run(SMALL_SPEC, root).output == "wording  changed  GetStores  texts or evidence\n"
    assert (
        run(SMALL_SPEC, root, "--format", "markdown").output
        == "### Wording: texts and evidence\n\n- `GetStores` changed: texts or evidence\n"
    )


def test_revisions_of_git(root: Path, edit: Edit) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("there is no git")

    def call(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run([git, "-C", str(root), *who, *arguments], check=True, capture_output=True, env=environ())

    call("init", "--initial-branch=main")
    call("add", "spec")
    call("commit", "-m", "first")
    edit(STORES, "    effect: read\n", "    effect: mutating\n")
    call("commit", "-am", "second")
    reported = "behaviour  changed  GetStores  effect: read -> mutating\n"
    assert run("HEAD~1", "HEAD", "--root", root).output == reported
    assert run("main~1", root, "--root", root, "--fail-on", "breaking").exit_code == 0
    assert run("main~1", root, "--root", root, "--fail-on", "behaviour").exit_code == 1
    for unknown in ("v9", "--output=x", "HEAD:spec"):
        result = run("--root", root, "--", unknown, "HEAD")
        assert result.exit_code == 2
        assert "neither a folder with a catalogue nor a revision" in result.output
    edit(STORES, "effect: mutating", "effect: harmless")
    assert run("HEAD", root, "--root", root).exit_code == 2
