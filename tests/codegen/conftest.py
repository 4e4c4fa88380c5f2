"""A copy of the project's catalogue that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Edit = Callable[[str, str, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with its own copy of spec/."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    return tmp_path


@pytest.fixture
def edit(root: Path) -> Edit:
    """Replace a text in a file of the copy; the text must be there."""

    def replace(file: str, old: str, new: str) -> None:
        path = root / "spec" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
