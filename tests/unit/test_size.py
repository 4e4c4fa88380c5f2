"""The size of the hand-written runtime: a budget that is only ever lowered."""

import ast
import io
import tokenize
from pathlib import Path

from tests.support.project import ROOT

SDK = ROOT / "mailstore_sdk"
BUDGET = 2921
"""Lines of code of all runtime modules together. Lower it when they become fewer; never raise it."""
GENERATED = {SDK / path.name for path in SDK.glob("aio/*.py")} - {SDK / "__init__.py"} | {*SDK.glob("runtime/_transport/sync*.py")}
"""Modules next to those written by hand."""
LONGEST = 400
"""Lines of a single module, comments and docstrings included."""

NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def code_lines(source: str) -> int:
    """Count the lines that hold code: no blank lines, comments and docstrings."""
    docstrings = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    code = {line for token in tokens if token.type not in NO_CODE for line in range(token.start[0], token.end[0] + 1)}
    return len(code - docstrings)


def test_only_code_is_counted() -> None:
    source = '"""Docstring\nof two lines."""\n\n# comment\nfirst = (\n    1,  # why\n\n    2,\n)\n"""What first is."""\ntext = """a\nb"""\n'
    assert code_lines(source) == 4 + 2


def test_the_runtime_keeps_to_its_budget() -> None:
    modules = {path.relative_to(SDK).as_posix(): path.read_text("utf-8") for path in runtime_modules()}
    sizes = {name: code_lines(source) for name, source in modules.items()}
    assert len(sizes) > 20
    assert sum(sizes.values()) <= BUDGET, f"{sum(sizes.values())} lines of code; make something shorter: {sizes}"
    assert {name: lines for name, source in modules.items() if (lines := len(source.splitlines())) > LONGEST} == {}


def runtime_modules() -> list[Path]:
    """The modules written by hand that are loaded with a client: those at the top of the package and those in ``runtime/``."""
    return sorted({*SDK.glob("*.py"), *SDK.glob("aio/*.py"), *SDK.glob("runtime/**/*.py")} - GENERATED)
