"""The order of generated classes is stable: a new type adds a class and moves no other."""

import ast
from collections.abc import Mapping

import pytest
from mailstore_codegen.generate.models import render_models

from tests.support.small_catalogue import GROUP, Entry, catalogue, enum, nullable, record, ref


def made(*refs: str) -> Entry:
    return record({f"field{name}": nullable(ref(name)) for name in refs})


KNOWN: Mapping[str, tuple[str, ...]] = {
    "Golf": ("Hotel",),
    "Alpha": ("Golf", "Delta"),
    "Beta": (),
    "Delta": ("Echo",),
    "Echo": ("Delta",),
    "Foxtrot": ("Beta", "Foxtrot"),
    "Hotel": (),
}


def classes(types: Mapping[str, Entry]) -> list[tuple[str, list[str]]]:
    """The classes of the generated module in their order, with their fields."""
    body = ast.parse(render_models(catalogue(types))[GROUP]).body
    found = [node for node in body if isinstance(node, ast.ClassDef)]
    return [(node.name, [ast.unparse(field) for field in node.body if isinstance(field, ast.AnnAssign)]) for node in found]


PART = {"Middle": made("Middle")}
ADDED: dict[str, tuple[dict[str, Entry], set[str]]] = {
    "an enum that others need": ({"{new}": enum("red")}, {"Alpha", "Delta", "Hotel"}),
    "one with a part of its own": ({"{new}": made("Middle"), **PART}, set()),
    "one with a part that others need": ({"{new}": made("Middle"), **PART}, {"Alpha", "Hotel"}),
    "one that needs others": ({"{new}": made("Delta", "Golf"), **PART}, set()),
}


@pytest.mark.parametrize("name", ["Aaron", "Charlie", "Zulu"])
@pytest.mark.parametrize("kind", ADDED)
def test_a_new_type_changes_only_its_own_place_and_its_users(kind: str, name: str) -> None:
    entries, users = ADDED[kind]
    new = {key.format(new=name): entry for key, entry in entries.items()}
    before = {key: made(*refs) for key, refs in KNOWN.items()}
    after = {key: made(*refs, *([name] if key in users else [])) for key, refs in KNOWN.items()}
    found = classes({**after, **new})
    assert new.keys() <= dict(found).keys()
    own = f"field_{name.lower()}:"
    others = [(key, [line for line in fields if not line.startswith(own)]) for key, fields in found if key not in new]
    expected = classes(before)
    if (kind, name) == ("one that needs others", "Aaron"):  # comes first, together with the classes that it needs
        assert sorted(others) == sorted(expected)
        assert [key for key, _ in others if key not in ("Delta", "Golf", "Hotel")] == ["Alpha", "Beta", "Echo", "Foxtrot"]
    else:
        assert others == expected


def test_classes_are_sorted_by_name_except_those_that_others_need() -> None:
    expected = ["Delta", "Hotel", "Golf", "Alpha", "Beta", "Echo", "Foxtrot"]
    assert [name for name, _ in classes({name: made(*refs) for name, refs in KNOWN.items()})] == expected
