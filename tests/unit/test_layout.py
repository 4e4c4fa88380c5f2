"""The layout of the tests: a folder uses its own helpers and those of ``tests/support``, and never another test module."""

import ast
from pathlib import Path

from tests.support.project import ROOT


def imported(module: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(module.read_text("utf-8"))))
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return names | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def allowed(name: str, module: Path) -> bool:
    own = ".".join(module.relative_to(ROOT).parent.parts)
    return name.startswith((f"{own}.", "tests.support.")) and not name.rpartition(".")[2].startswith("test_")


def test_a_folder_imports_only_its_own_helpers_and_those_of_support() -> None:
    modules = sorted((ROOT / "tests").rglob("*.py"))
    assert len(modules) > 100
    wrong = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules
        for name in imported(module)
        if name.startswith("tests.") and not allowed(name, module)
    ]
    assert wrong == []
