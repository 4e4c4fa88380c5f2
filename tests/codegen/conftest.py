"""A copy of a catalogue that a test can change."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.project import SPEC
from tests.support.small_catalogue import SMALL_SPEC

NOTE = "The first wrapper has no includeSize and later ones send true by default; the SDK sends it only when it is given."

Edit = Callable[[str, str, str], None]


@pytest.fixture
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A project folder with its own copy of spec/, or of the small catalogue if the test has that mark."""
    shutil.copytree(SMALL_SPEC if request.node.get_closest_marker("small_catalogue") else SPEC, tmp_path / "spec")
    return tmp_path


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace a text in a file of the copy; the text must exist."""

    def replace(file: str, old: str, new: str) -> None:
        path = root / "spec" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def spoil(edit: Edit) -> Callable[[str], None]:
    """Insert a string in every kind of place that accepts one."""

    def replace(text: str) -> None:
        quoted = (
            '"'
            + "".join(char if char.isascii() and char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
            + '"'
        )
        edit("functions/stores.yaml", "summary: List the archive stores of an instance.", f"summary: {quoted}")
        edit(
            "functions/stores.yaml",
            "    details: Its messages are not accessible until AttachStore attaches it again; save its paths first.",
            f"    details: {quoted}",
        )
        edit("functions/stores.yaml", "doc: Number of the archive store.", f"doc: {quoted}")
        edit("functions/stores.yaml", f"- {NOTE}", f"- {quoted}")
        edit("functions/stores.yaml", "sources: [wrapper2014,", f"sources: [{quoted}, wrapper2014,")
        for file in ("functions/stores.yaml", "types/stores.yaml"):
            edit(file, "title: Archive stores", f"title: {quoted}")
        edit("types/stores.yaml", "description: One archive store of an instance.", f"description: {quoted}")
        edit("types/stores.yaml", "description: Name of the store.", f"description: {quoted}")
        edit("types/stores.yaml", "current: As normal, and new messages are archived here.", f"current: {quoted}")

    return replace
