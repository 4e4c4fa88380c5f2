"""The second check: what a generated module must not contain, whatever its source."""

import re
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.cli.project import main
from mailstore_codegen.write.render import render_package
from mailstore_codegen.write.source_guard import violations
from mailstore_codegen.write.targets import OutputError

from tests.support.project import GENERATED

BAD = {
    "import os": "the module: the statement 'import os'",
    "import typing as _typing, os": "the statement 'import typing as _typing, os'",
    "from os import system": "an import of 'system' from 'os'",
    "from ..other import x": "an import from 'other'",
    "from importlib import reload": "an import of 'reload' from 'importlib'",
    "from typing import *": "an import of '*'",
    "from enum import Enum": "an import of 'Enum'",
    "print(1)": "the statement 'print(1)'",
    "x = eval('1')": "the module, x: a call of 'eval'",
    "x = getattr(a, b)": "a call of 'getattr'",
    "x = globals()['a']()": "a call of \"globals()['a']\"",
    "x = Field(default_factory=lambda: open('x'))": "the function \"lambda: open('x')\"",
    "x = Field(lambda a: a)": "the function 'lambda a: a'",
    "x = a.__class__": "the name '__class__'",
    "x = __import__": "the name '__import__'",
    "x = [i for i in y]": "ListComp is nothing",
    "x = (y := 1)": "NamedExpr is nothing",
    "x = y + 1": "Add is nothing",
    "for x in y: pass": "For is nothing",
    "while x: pass": "While is nothing",
    "try: pass\nexcept A: pass": "Try is nothing",
    "with x: pass": "With is nothing",
    "del x[0]": "the statement",
    "assert x": "the statement 'assert x'",
    "if True: pass": "the condition 'True'",
    "if TYPE_CHECKING: pass\nelse: pass": "the condition 'TYPE_CHECKING'",
    "raise SystemExit": "the statement 'raise SystemExit'",
    "class A(metaclass=B): pass": "a class with decorators, keywords or bases",
    "class A(B()): pass": "a class with decorators, keywords or bases",
    "@x\nclass A: pass": "a class with decorators",
    "@x\ndef f(): pass": "a function with decorators",
    "def f(a=b): pass": "the default 'b'",
    "class A:\n    def f(self, *, a=g()): pass": "f: a call of 'g'",
}


@pytest.mark.parametrize(("source", "reported"), BAD.items(), ids=BAD)
def test_the_guard_refuses_other_statements(source: str, reported: str) -> None:
    found = list(violations(source, "acme_spe"))
    assert any(reported in fault for fault in found), found
    assert all(re.match(r"\d+: ", fault) for fault in found)


def test_the_guard_accepts_the_generators_output() -> None:
    for path in GENERATED.rglob("*.py"):
        assert list(violations(path.read_text(), "mailstore_sdk._generated")) == [], path


@pytest.mark.small_catalogue
def test_the_guard_catches_text_that_a_filter_misses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulates a gap in the filter for docstrings."""
    functions = root / "spec" / "functions" / "stores.yaml"
    payload = '"List the stores.\\"\\"\\"\\n        __import__(\\"os\\").abort()\\n        \\"\\"\\""'
    functions.write_text(functions.read_text().replace("summary: List the archive stores of an instance.", f"summary: {payload}"))
    monkeypatch.setattr("mailstore_codegen.generate.templating.docstring", lambda text: text)
    monkeypatch.setattr("mailstore_codegen.generate.docstrings.wrapped", lambda text, indent=0: iter([text]))
    with pytest.raises(OutputError, match=r"(?s)refused, nothing was written:\n.*/stores\.py:\d+: get_stores: .*__import__"):
        render_package(load(root / "spec"), "acme_spe")


@pytest.mark.small_catalogue
class TestTemplates:
    def generate(self, root: Path, templates: Path) -> str:
        arguments = ["generate", "--root", str(root), "--out", str(root), "--package", "acme_spe", "--templates", str(templates)]
        return CliRunner().invoke(main, arguments).output

    def test_a_teams_template_replaces_ours(self, root: Path, tmp_path: Path) -> None:
        templates = tmp_path / "templates"
        templates.mkdir()
        (templates / "own_package.py.jinja").write_text(
            "import os\n\nfrom {{ package }}.sync import SPEClient\n\nHERE = os.getcwd()\nprint(SPEClient)\n"
        )
        assert "files written" in self.generate(root, templates)
        assert "HERE = os.getcwd()" in (root / "acme_spe" / "__init__.py").read_text()

    def test_a_templates_output_must_be_python(self, root: Path, tmp_path: Path) -> None:
        templates = tmp_path / "templates"
        templates.mkdir()
        (templates / "own_package.py.jinja").write_text("def :")
        assert "does not pass ruff" in self.generate(root, templates)
        assert not (root / "acme_spe").exists()

    def test_a_template_that_replaces_no_other_is_refused(self, root: Path, tmp_path: Path) -> None:
        templates = tmp_path / "templates"
        templates.mkdir()
        (templates / "client.jinja").write_text("")
        assert "client.jinja replaces no template: expected client.py.jinja, clients.py.jinja," in self.generate(root, templates)

    FAULTS: ClassVar[dict[str, str]] = {
        "one\n{% if %}": r"own_package\.py\.jinja:2: Expected an expression",
        "one\ntwo\n{{ nothing.there }}": r"own_package\.py\.jinja:3: 'nothing' is undefined",
        "{{ 1 / 0 }}": r"own_package\.py\.jinja:1: division by zero",
    }

    @pytest.mark.parametrize(("text", "message"), FAULTS.items(), ids=["syntax", "name", "value"])
    def test_a_fault_in_a_template_has_a_file_and_a_line(self, root: Path, tmp_path: Path, text: str, message: str) -> None:
        templates = tmp_path / "templates"
        templates.mkdir()
        (templates / "own_package.py.jinja").write_text(text)
        assert re.search(message, self.generate(root, templates))
        assert not (root / "acme_spe").exists()
