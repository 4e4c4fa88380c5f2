"""Both type checkers accept what users write with the package and reject what is wrong. `make check` runs them on the package itself."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from mailstore_codegen.catalogue.load import load
from mailstore_codegen.generate.examples import python_example
from mailstore_codegen.write.render import render_package
from mailstore_codegen.write.tree import write_package

import mailstore_sdk
from tests.support.blocks import PAGES, blocks_of
from tests.support.processes import environ
from tests.support.project import ROOT
from tests.support.small_catalogue import SMALL_SPEC

REJECTED = ROOT / "tests" / "slow" / "typing" / "rejected.py"


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ())


def pyright(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ())


def expected() -> set[int]:
    return {number for number, line in enumerate(REJECTED.read_text().splitlines(), 1) if line.endswith("# refused")}


def test_mypy_rejects_exactly_the_wrong_lines() -> None:
    done = mypy("--strict", str(REJECTED))
    found = {int(number) for number in re.findall(r"rejected\.py:(\d+): error:", done.stdout)}
    assert found == expected(), done.stdout


def test_pyright_rejects_exactly_the_wrong_lines(tmp_path: Path) -> None:
    shutil.copy(REJECTED, tmp_path)
    config = {"include": ["rejected.py"], "typeCheckingMode": "strict", "reportUnusedExpression": False, "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    done = pyright("--project", str(tmp_path), "--outputjson")
    found = {entry["range"]["start"]["line"] + 1 for entry in json.loads(done.stdout)["generalDiagnostics"] if entry["severity"] == "error"}
    assert found == expected(), done.stdout


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_users_project_sees_the_types_without_any_setting(tmp_path: Path, checker: str) -> None:
    script = tmp_path / "app.py"
    script.write_text(
        "from mailstore_sdk import SPEClient\n\n\n"
        "def main(spe: SPEClient) -> int:\n"
        "    reveal_type(spe.instance('test01').get_stores())\n"
        "    return sum(store.statistics_count or 0 for store in spe.instance('test01').get_stores())\n"
    )
    command = [sys.executable, "-m", checker, *(["--strict"] if checker == "mypy" else ["--pythonpath", sys.executable]), str(script)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environ(MYPYPATH=""))
    assert done.returncode == 0, done.stdout
    assert "list[mailstore_sdk._generated.models.stores.Store]" in done.stdout or "list[Store]" in done.stdout


def test_a_star_import_brings_every_public_name(tmp_path: Path) -> None:
    names = sorted(mailstore_sdk.__all__)
    script = tmp_path / "star.py"
    script.write_text(f"from mailstore_sdk import *\n\nprint({', '.join(names)})\n")
    done = mypy("--strict", str(script))
    assert done.returncode == 0, done.stdout
    assert subprocess.run([sys.executable, str(script)], check=False, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def every_method(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script that calls every method as its documentation shows it, next to the packages of teams, one without functions."""
    catalogue = load(ROOT / "spec")
    lines = ["from mailstore_sdk import Instance, SPEClient"]
    for function in catalogue.functions:
        example = textwrap.indent(python_example(catalogue, function), "    ")
        lines.append(f"\n\ndef call_{function.method}(spe: SPEClient, archive: Instance) -> None:\n{example}")
    script = tmp_path_factory.mktemp("script") / "every_method.py"
    script.write_text("\n".join(lines))
    small = load(SMALL_SPEC)
    without_functions = replace(small, groups=tuple(replace(group, functions=()) for group in small.groups))
    for name, chosen in (("acme_spe", small), ("empty_spe", without_functions)):
        write_package(render_package(chosen, name), script.with_name(name))
    return script


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_a_script_that_calls_every_method_and_the_package_of_a_team_are_accepted(every_method: Path, checker: str) -> None:
    strict = every_method.with_name("pyrightconfig.json")
    strict.write_text(json.dumps({"typeCheckingMode": "strict", "reportUnusedVariable": False}))
    done = mypy("--strict", str(every_method.parent)) if checker == "mypy" else pyright("--project", str(strict))
    assert done.returncode == 0, done.stdout
    assert every_method.read_text().count("def call_") >= 130


def test_code_copied_from_the_pages_is_accepted(tmp_path: Path) -> None:
    """Return the code of a page as one script, on its own lines. `every_method` has the examples of the reference."""
    scripts: list[str] = []
    for page in PAGES:
        code = [block for block in blocks_of(page) if block.language == "python" and not block.title]
        if code and "reference" not in page.parts:
            script = tmp_path / f"{page.stem.lower()}_page.py"
            text = ""
            for block in code:
                text += "\n" * (block.line - text.count("\n")) + block.text
            script.write_text(text)
            scripts.append(str(script))
    assert len(scripts) > 10
    done = mypy("--strict", *scripts)
    assert done.returncode == 0, done.stdout
