"""Both YAML readers return the same data for a file."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mailstore_codegen.catalogue import yaml_fast
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.catalogue.yaml_file import CatalogueError, Document

from tests.codegen.conftest import Edit
from tests.support.project import ROOT

FILES = sorted((ROOT / "spec").rglob("*.yaml"))
BLOCKS = [block for file in FILES for block in re.split(r"\n\n+", file.read_text(encoding="utf-8"))]
"""Entries of the catalogue."""

OTHERS = (
    "a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\nc: 'it''s'\nd: \"q\\n\\x41\\\n   z\"\n",
    "a: {b: c, d: [e, f], g: }\nh: {i, j: }\nk: [l: m, {n: o}, ? p : q]\n",
    "? a\n: b\n? c\n",
    "a: 'x\n  y\n\n  z'\nb: x\n  y\n\n  z # w\n# v\nc:\n# u\n  d: e\n",
    "a: |+\n  x\n\n\nb: >2\n   x\n  y\nc: |1-\n x\n",
    "a: &x b\nc: *x\nd: &y {e: f}\n<<: *y\n",
    "%YAML 1.1\n---\na: yes\n...\n",
    "a: !!str 1\nb: ! c\nd: !!map {e: f}\n",
    "a: http://x:80/y?z=1#w\nb: {c: http://x:80/y, d: 'e:f'}\n",
)
"""YAML of a kind that the catalogue has little of."""

SCALARS = (
    "yes", "no", "on", "off", "y", "N", "true", "True", "TRUE", "false", "tRue", "null", "Null", "NULL", "nul", "~", "",
    "0", "-0", "+1", "-1", "012", "0o17", "0x1F", "0b1", "1_000", "1:20", "1e3", "12E4", "1.", ".5", "1.5", "-.inf", ".nan", "9" * 30,
    "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00 +1", "25.3", "<<", "=", "$ref", "/api", "a:b", "a: b", "a #b", "a#b", "-", "?", ":",
    "@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "\u00e9", "\u2028", "\x85", "\ufeff", "a\tb", "\t", "a\u00a0b", "---", "...", "true\n", "a\nb",
)  # fmt: skip
PIECES = (*SCALARS, *":,-?[]{}#&*!|>'\"%@` \n", "\n  ", "  ", ": ", "- ", "# ", "\r", "\\", "\\u", "''", "\x0c", "\x07")


def by_the_other(text: str) -> object:
    """The data that the reader of YAML 1.2 finds in a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        return Document("x.yaml", text).content


def agree(text: str) -> bool:
    """Return whether both can read a text; if so, their data must be equal."""
    try:
        content = yaml_fast.read(text)
    except yaml_fast.DisputedError:
        return False
    try:
        other = by_the_other(text)
    except (CatalogueError, NotImplementedError):  # the fast reader cannot read all of YAML
        return False
    assert repr(content) == repr(other)
    return True


def test_both_readers_agree_on_the_catalogue_and_the_fast_one_reads_most_of_it() -> None:
    quickly = [agree(file.read_text(encoding="utf-8")) for file in FILES]
    assert sum(quickly) > 0.9 * len(FILES)


@given(
    st.sampled_from(SCALARS) | st.text("aeEntfNTFxo0129_+-.:~ ", max_size=6), st.sampled_from(["a: {}", "a: [{}]", "a: {{b: {}}}", "{}: a"])
)
def test_both_readers_agree_on_scalars(scalar: str, place: str) -> None:
    agree(place.format(scalar))


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A text with some typing errors."""
    text = draw(st.sampled_from([*BLOCKS, *OTHERS]))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(PIECES)) + text[place + draw(st.integers(0, 2)) :]
    return text


def test_both_readers_agree_on_edited_text() -> None:
    compared: list[bool] = []
    given(edited())(lambda text: compared.append(agree(text)))()
    assert sum(compared) > len(compared) / 10


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        *[(word, word) for word in ("yes", "no", "on", "off", "y", "1:20", "25.3.1", "2026-01-31", "nul")],
        *[("true", True), ("False", False), ("TRUE", True), ("null", None), ("Null", None), ("~", None), ("", None)],
        *[("0", 0), ("-7", -7), ("+1", 1), ("012", 12), ("0o17", 15), ("0x1F", 31), ("1_000", 1000), ("9" * 30, 10**30 - 1)],
        *[("1e3", 1000.0), (".5", 0.5), ("12E4", 120000.0)],
        *[("'1'", "1"), ('"true"', "true"), ("'null'", "null"), ("!!str 1", "1"), ('!!int "1"', 1), ("&x b", "b")],
        *[("b\u2028c", "b\u2028c")],
    ],
)
def test_scalars_follow_yaml_1_2(scalar: str, value: object) -> None:
    assert repr(Document("x.yaml", f"a: {scalar}").content) == repr({"a": value})


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("%YAML 1.1\n---\na: yes", {"a": True}),
        ("a: &x b\nc: *x", {"a": "b", "c": "b"}),
        ("a: &x {b: c}\nd: {<<: *x, e: f}", {"a": {"b": "c"}, "d": {"e": "f", "b": "c"}}),
        ("2: a\ntrue: b", {"2": "a", "True": "b"}),
        ("\n\ufeffa: b", {"\ufeffa": "b"}),
        (">-\n# a", "# a"),
    ],
)
def test_everything_else_follows_yaml_1_2(text: str, content: object) -> None:
    assert repr(Document("x.yaml", text).content) == repr(content)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: b\nc: d\na: e\n", 3, 'found duplicate key "a" with value "e" (original value: "b")'),
        ("a: b\nc: [d\n", 3, "expected ',' or ']', but got '<stream end>'"),
        ("a: b\n\tc: d\n", 2, "found character '\\t' that cannot start any token; indent with spaces"),
        ("a: b\n---\nc: d\n", 2, "but found another document"),
        ("a: b\r---\nc: d\n", 2, "but found another document"),
        ("{a: b}\n...\n...\n", 3, "but found another document"),
        ("{a: b}\n}\n", 2, "expected '<document start>', but found ('}',)"),
        ("a: [b\tc]\n", 1, "expected ',' or ']', but got '<scalar>'"),
        ("a: b\n\u2028c: d\n", 2, "mapping values are not allowed here"),
        ("a: b\n\u2029c: d\n", 2, "mapping values are not allowed here"),
        ("a: |#\n  b\n", 1, "expected chomping or indentation indicators, but found '#'"),
        ("a: b\n\x85c: d\n", 2, "mapping values are not allowed here"),
    ],
)
def test_invalid_yaml_is_reported_with_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        _ = Document("x.yaml", text).content
    [fault] = caught.value.faults
    assert (fault.line, fault.message) == (line, f"not YAML: {problem}")


@pytest.mark.parametrize("ours", ["  c: d\n", ""])
def test_a_merge_conflict_is_reported_where_it_begins(ours: str) -> None:
    text = f"a:\n  b: c\n<<<<<<< HEAD\n{ours}=======\n  c: e\n>>>>>>> other\n"
    with pytest.raises(CatalogueError, match="^x.yaml:3: a merge conflict begins here: keep the lines of one side"):
        _ = Document("x.yaml", text).content


DEEP = ["a: " + "[" * 3000 + "]" * 3000, "a: " + "{b: " * 3000 + "}" * 3000, "- " * 3000 + "a", "---\n" + "- " * 3000 + "a"]


@pytest.mark.parametrize("text", DEEP)
def test_deep_nesting_is_reported(text: str) -> None:
    with pytest.raises(CatalogueError, match="^x.yaml:1: nested too deeply$"):
        _ = Document("x.yaml", text).content


def test_a_file_for_the_slow_reader_is_loaded_and_its_faults_are_reported(root: Path, edit: Edit) -> None:
    before = load(root / "spec")
    file = "functions/stores.yaml"
    edit(file, "group: stores", "--- # stores\ngroup: stores")
    assert load(root / "spec") == before
    edit(file, "effect: read", "effect: harmless")
    lines = (root / "spec" / file).read_text(encoding="utf-8").splitlines()
    with pytest.raises(CatalogueError, match=rf"^spec/{file}:{lines.index('    effect: harmless') + 1}: functions\.GetStores\.effect: "):
        load(root / "spec")
