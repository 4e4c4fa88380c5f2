"""The steps of CONTRIBUTING.md, taken as they are written: the function of its text is added to a copy of the project."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mailstore_codegen.catalogue import load
from mailstore_codegen.cli import main

from tests.codegen.test_catalogue_against_facts import compare
from tests.unmeasured import environ

ROOT = Path(__file__).parents[2]
STEPS = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Add a function")[2].partition("\n## ")[0]
PLACE = re.compile(r"`((?:spec|mailstore_sdk|tests)/[\w/]+\.\w+)`")
BLOCK = re.compile(r"^```(\w+)\n(.+?)^```$", re.MULTILINE | re.DOTALL)
SCRIPT = """
from mailstore_sdk import SPEClient
from mailstore_sdk.simulator import Simulator

with Simulator() as server, SPEClient(server.url, username="admin", password="admin", ca_file=server.ca_file) as spe:
    print({expression})
"""


def blocks() -> list[tuple[str, str, str]]:
    """Every block of the steps: the last file named before it, its language, its text."""
    return [(PLACE.findall(STEPS[: found.start()])[-1], found[1], found[2]) for found in BLOCK.finditer(STEPS)]


def text_of(language: str) -> str:
    return next(text for _, kind, text in blocks() if kind == language)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project after the steps up to `make generate`, and the simulator's."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("spec", "mailstore_sdk"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for place, language, text in blocks():
        if language == "yaml":
            with (root / place).open("a", encoding="utf-8") as file:
                file.write(f"\n{text}")
    handlers(root, text_of("python"))
    run("generate", root)
    return root


def handlers(root: Path, function: str) -> None:
    """Add a behaviour to the simulator, before the list that it is put on."""
    path = root / next(place for place, language, _ in blocks() if language == "python")
    before, list_of_them, after = path.read_text("utf-8").partition("HANDLERS: Mapping[str, Handler] = {\n")
    path.write_text(f'{before}{function}\n\n{list_of_them}    "GetStoreNotes": get_store_notes,\n{after}', "utf-8")


def run(command: str, root: Path) -> None:
    done = CliRunner().invoke(main, [command, "--root", str(root)])
    assert done.exit_code == 0, done.output


def test_the_generated_files_are_up_to_date_then(project: Path) -> None:
    run("check", project)


def test_each_client_has_the_method_and_the_reference_a_section(project: Path) -> None:
    generated = project / "mailstore_sdk" / "_generated"
    assert "    def get_store_notes(self, id: int) -> list[StoreNote]:" in (generated / "sync" / "stores.py").read_text("utf-8")
    assert "    async def get_store_notes(self, id: int) -> list[StoreNote]:" in (generated / "aio" / "stores.py").read_text("utf-8")
    assert "class StoreNote(Model):" in (generated / "models" / "stores.py").read_text("utf-8")
    assert "## `get_store_notes` (GetStoreNotes)" in (project / "generated" / "reference" / "stores.md").read_text("utf-8")


def test_the_facts_of_the_text_are_those_of_its_entry(project: Path) -> None:
    fact = json.loads(text_of("json"))
    function = next(function for function in load(project / "spec").functions if function.name == fact["name"])
    assert list(compare(fact, function)) == []


def test_the_call_of_the_text_gives_what_it_says(project: Path) -> None:
    call, _, result = text_of("text").partition("\n")
    script = SCRIPT.format(expression=call.removeprefix(">>> "))
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environ(PYTHONPATH=str(project)))
    assert done.stdout == result, done.stderr
