"""Any catalogue and any server's list gets an answer and no traceback; the editors' schema agrees with the loader.

A short run by default. ``FUZZ=10000 pytest -s -n 0 --timeout 0 tests/codegen/test_any_input.py tests/codegen/test_any_catalogue.py`` is
a long one, of catalogues, of servers' lists and of values.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mailstore_codegen.catalogue.load import json_schema, load
from mailstore_codegen.catalogue.server_functions import Aside, MetadataError, parse
from mailstore_codegen.catalogue.yaml_file import CatalogueError
from mailstore_codegen.upgrade.pull import pull

from tests.codegen.catalogues import TRAPS, catalogues
from tests.support.small_catalogue import argument, files, function, write

RUNS = int(os.environ.get("FUZZ", "25"))
quickly = settings(max_examples=RUNS, derandomize="FUZZ" not in os.environ, deadline=None, suppress_health_check=list(HealthCheck))

odd: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        "",
        "x",
        "25.3",
        "string",
        "types/things.yaml#/Gone",
        [],
        ["a"],
        {},
        {"a": 1},
        [[]],
        "\u202e",
        "a" * 200,
        *TRAPS[:20],
    ]
)
SCHEMA = Draft202012Validator(json_schema())


def places(node: object, path: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    """The way to every value in a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, child in inner for place in places(child, (*path, key)))]


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """The files of a catalogue with a few values removed or replaced by odd ones."""
    made = json.loads(json.dumps(draw(catalogues())))
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(sorted(made)))
        place = draw(st.sampled_from(places(made[name])))
        if not place:
            continue
        holder = made[name]
        for step in place[:-1]:
            holder = holder[step]
        if draw(st.booleans()):
            holder[place[-1]] = draw(odd)
        else:
            del holder[place[-1]]
    return made


@quickly
@given(content=spoiled())
def test_any_catalogue_is_accepted_or_refused_with_lines_as_the_editors_schema_says(content: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spec = write(content, Path(folder) / "spec")
        try:
            load(spec)
        except CatalogueError as error:
            for fault in error.faults:
                lines = Path(folder, fault.file).read_text().count("\n") + 1 if Path(folder, fault.file).exists() else 1
                assert 1 <= fault.line <= lines, fault
        else:
            assert all(SCHEMA.is_valid(document) for document in content.values())


listed = st.fixed_dictionaries(
    {"name": st.sampled_from([*TRAPS, "GetThing", "getThing", "GetMore"]) | odd},
    optional={
        "args": odd
        | st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.sampled_from([*TRAPS, "reason", "Reason", "instanceID"]),
                    "type": st.sampled_from(["string", "number", "bool", "json", "JSON", "object", "datetime"]),
                    "nullable": st.booleans() | odd,
                }
            ),
            max_size=3,
        ),
        "path": odd,
    },
)


@quickly
@given(content=st.lists(listed, max_size=5) | odd, version=st.sampled_from(["9.0", "25.3", "26.1", "27.1"]))
def test_any_list_is_pulled_or_refused_and_agrees_afterwards(content: object, version: str) -> None:
    known = [function("GetThing", args=[argument("reason", "integer")]), function("SetThing", since="26.1")]
    with tempfile.TemporaryDirectory() as folder:
        spec = write(files(None, known, ["9.0", "25.3", "26.1"]), Path(folder) / "spec")
        aside: list[Aside] = []
        try:
            functions = parse(json.dumps(content).encode(), aside)
        except MetadataError:
            return
        found = pull(spec, version, functions)
        found.editor.save()
        again = pull(spec, version, functions)
        assert (again.changes, again.editor.changed()) == ([], {})
        assert {entry.place for entry in again.aside} == {entry.place for entry in found.aside}
