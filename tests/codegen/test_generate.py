"""The generator's output: the same bytes on every machine, no text becomes code, never half written."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.cli.project import main
from mailstore_codegen.generate.templating import environment, python_literal
from mailstore_codegen.write import tree
from mailstore_codegen.write.render import render
from mailstore_codegen.write.targets import OutputError, Targets
from mailstore_codegen.write.tree import differences, write

from tests.support.hostile import HOSTILE
from tests.support.processes import environ
from tests.support.project import GENERATED, ROOT
from tests.support.small_catalogue import SMALL_SPEC

pytestmark = pytest.mark.small_catalogue

Edit = Callable[[str, str, str], None]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


def methods() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in sorted(path for folder in ("sync", "aio", "compat") for path in GENERATED.glob(f"{folder}/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and path.stem != "__init__":
                yield f"{path.parent.name}/{path.name}", node


def statements(source: str) -> list[str]:
    """The statements of a module, whatever the order of its imports."""
    body = ast.parse(source).body
    return sorted(ast.dump(node) for part in body for node in (part.body if isinstance(part, ast.If) else [part]))


def test_check_names_every_file_that_differs(root: Path, edit: Edit) -> None:
    assert run("generate", "--root", str(root)).exit_code == 0
    edit("functions/stores.yaml", "List the archive stores of an instance.", "List the stores.")
    stray = root / "mailstore_sdk" / "_generated" / "by_hand.py"
    stray.write_text("")
    (root / "generated" / "schemas" / "users.json").unlink()
    (root / "spec" / "catalogue.schema.json").write_text("{}")
    result = run("check", "--root", str(root))
    assert result.exit_code == 1
    reported = [line.removeprefix(f"{root}/") for line in result.output.splitlines()[1:]]
    assert reported == [
        "generated/openapi.json: differs from what the generator makes",
        "generated/reference/stores.md: differs from what the generator makes",
        "generated/reference/stores/get_stores.md: differs from what the generator makes",
        "generated/schemas/users.json: is missing",
        "mailstore_sdk/_generated/aio/stores.py: differs from what the generator makes",
        "mailstore_sdk/_generated/by_hand.py: is not generated (any more)",
        "mailstore_sdk/_generated/catalogue.json: differs from what the generator makes",
        "mailstore_sdk/_generated/commands/stores.json: differs from what the generator makes",
        "mailstore_sdk/_generated/compat/mgmt.py: differs from what the generator makes",
        "mailstore_sdk/_generated/compat/spe.py: differs from what the generator makes",
        "mailstore_sdk/_generated/sync/stores.py: differs from what the generator makes",
        "spec/catalogue.schema.json: differs from what the generator makes",
    ]
    assert run("generate", "--root", str(root)).exit_code == 0
    assert not stray.exists()
    assert run("check", "--root", str(root)).exit_code == 0


def test_check_detects_a_changed_template(tmp_path: Path) -> None:
    # What Python compiles comes and goes while other tests run.
    shutil.copytree(ROOT / "codegen", tmp_path / "codegen", ignore=shutil.ignore_patterns("__pycache__"))
    template = tmp_path / "codegen" / "mailstore_codegen" / "generate" / "templates" / "literals.py.jinja"
    template.write_text(template.read_text().replace("{{ name }}Value", "{{ name }}Text"))
    command = [sys.executable, "-m", "mailstore_codegen", "check", "--root", str(ROOT)]
    done = subprocess.run(
        command, check=False, env=environ(PYTHONPATH=str(tmp_path / "codegen")), capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 1
    assert "mailstore_sdk/_generated/literals.py: differs from what the generator makes" in done.stderr


def test_a_faulty_catalogue_changes_nothing(root: Path, edit: Edit) -> None:
    assert run("generate", "--root", str(root)).exit_code == 0
    before = files(root / "mailstore_sdk")
    edit("functions/stores.yaml", "effect: read", "effect: harmless")
    for command in ("generate", "check"):
        result = run(command, "--root", str(root))
        assert result.exit_code == 2
        place = root / "spec" / "functions" / "stores.yaml"
        assert f"the catalogue has 1 fault(s):\n{place}:7: functions.GetStores.effect:" in result.output
    assert files(root / "mailstore_sdk") == before


def test_a_template_that_breaks_the_code_is_reported_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "literals.py.jinja").write_text("def :")
    with pytest.raises(OutputError, match=r"does not pass ruff(?s:.*)literals\.py"):
        render(load(root / "spec"), "mailstore_sdk._generated", templates)
    assert not (root / "mailstore_sdk").exists()


def test_a_template_cannot_use_undefined_names(root: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "literals.py.jinja").write_text("{{ missing_name }}")
    with pytest.raises(Exception, match="'missing_name' is undefined"):
        render(load(root / "spec"), "mailstore_sdk._generated", templates)


def test_a_write_that_fails_leaves_the_old_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    targets = Targets.of_project(root)
    outputs = render(load(root / "spec"), targets.name)
    write(outputs, targets)
    before = files(root)

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(tree.Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        write(outputs, targets)
    monkeypatch.undo()
    assert files(root) == before
    assert differences(outputs, targets) == []


@cache
def harmless_package() -> Mapping[str, str]:
    return render(load(SMALL_SPEC), "hostile").package


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_string_stays_a_string(root: Path, spoil: Callable[[str], None], text: str) -> None:
    spoil(text)
    outputs, harmless = render(load(root / "spec"), "hostile"), harmless_package()
    for path, source in outputs.package.items():
        if path.endswith(".py"):
            assert shape(source) == shape(harmless[path]), path
            assert not any(ord(char) < 32 and char != "\n" for char in source)


def shape(source: str) -> list[str]:
    """The statements and names of a module, without its texts."""
    nodes = [
        node
        for node in ast.walk(ast.parse(source))
        if not isinstance(node, ast.expr | ast.expr_context | ast.arg | ast.arguments | ast.alias)
    ]
    return [type(node).__name__ + getattr(node, "name", "") for node in nodes]


def test_a_literal_is_exactly_its_value() -> None:
    for value in [*HOSTILE, True, None, 5, 1.5, ["a"]]:
        assert ast.literal_eval(python_literal(value)) == value


def test_templates_only_loop_and_print() -> None:
    for name in environment().list_templates():
        source = (ROOT / "codegen" / "mailstore_codegen" / "generate" / "templates" / name).read_text()
        assert source.count("\n") < 80, f"{name} has become a program"


class TestReadability:
    def test_every_method_is_a_docstring_and_one_call(self) -> None:
        found = list(methods())
        functions = list(load(ROOT / "spec").functions)
        walks = [function for function in functions if function.walk]
        assert len(found) == 4 * len(functions) + 2 * len(walks)
        for place, method in found:
            doc, *hiding, call = method.body
            assert ast.get_docstring(method), (place, method.name)
            assert isinstance(doc, ast.Expr)
            assert [type(step) for step in hiding] in ([], [ast.AnnAssign, ast.Delete]), (place, method.name)
            assert isinstance(call, ast.Return), (place, method.name)

    def test_files_stay_small_and_lines_short(self) -> None:
        for path in GENERATED.rglob("*.py"):
            lines = path.read_text().splitlines()
            # An edition of the vendor's wrapper is one file, with three lines for most methods.
            assert len(lines) <= (900 if path.parent.name == "compat" else 700), path
            assert max(map(len, lines)) <= 120, path

    def test_no_name_is_a_number(self) -> None:
        names = [
            node.name
            for path in GENERATED.rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ClassDef)
        ]
        assert len(names) > 20
        assert not [name for name in names if name[-1].isdigit()]

    def test_sync_and_async_methods_differ_only_in_await(self) -> None:
        for path in GENERATED.glob("sync/*.py"):
            sync, aio = path.read_text(), (GENERATED / "aio" / path.name).read_text()
            plain = aio.replace("asynchronous", "synchronous").replace("async def", "def").replace("return await ", "return ")
            plain = re.sub(r"\bAsync(?=Job|Iterator|SPEClient|Instance\b)|\basync_(?=raw_method)", "", plain)
            plain = re.sub(r"\bAsync(?=ClientBase|InstanceBase)", "Sync", plain)
            plain = plain.replace("_generated.aio", "_generated.sync").replace("mailstore_sdk.aio.", "mailstore_sdk.")
            plain = plain.replace("The async client", "The sync client").replace("Async client for", "Client for")
            plain = plain.replace("The tasks of one event loop may", "Threads may")
            assert statements(plain) == statements(sync), path.name
