"""Every Python block in README and docs runs against the simulator and prints what it says; every command exists.

``test_contributing`` follows CONTRIBUTING.md, whose blocks go into files.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from mailstore_codegen.cli import main as generator
from pytest_examples import CodeExample, EvalExample, find_examples

from mailstore_sdk.profiles import from_file
from mailstore_sdk.simulator import Simulator
from tests.unmeasured import environ

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "spec").glob("*.md"))]
EXAMPLES = list(find_examples(*PAGES))
WITH_PYTHON = [page for page in PAGES if any(example.path == page and example.prefix == "python" for example in EXAMPLES)]


# The blocks of upgrading.md need its commands in between: test_upgrading runs them.
@pytest.mark.parametrize("page", [page for page in WITH_PYTHON if page.name != "upgrading.md"], ids=lambda page: page.name)
def test_the_python_blocks_of_a_page_run_one_after_the_other(page: Path, eval_example: EvalExample, tmp_path: Path) -> None:
    blocks = [example for example in EXAMPLES if example.path == page and example.prefix == "python"]
    module: dict[str, object] = {}
    for block in blocks:
        if "def test_" in block.source:
            run_as_tests(block, tmp_path)
        else:
            module = eval_example.run_print_check(block, module_globals=module)


def run_as_tests(block: CodeExample, folder: Path) -> None:
    script = folder / "test_block.py"
    script.write_text(block.source)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(script)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 0, done.stdout


def test_every_block_says_what_it_is() -> None:
    assert {example.prefix for example in EXAMPLES} <= {"python", "console", "yaml", "text"}


def test_every_profile_of_the_pages_is_valid(tmp_path: Path) -> None:
    blocks = [block for page in PAGES for block in re.findall(r"^```toml\n(.+?)^```", page.read_text(), re.MULTILINE | re.DOTALL)]
    assert blocks
    for block in blocks:
        file = tmp_path / "profiles.toml"
        file.write_text(block)
        for name in tomllib.loads(block)["profiles"]:
            assert from_file(name, file)["username"] == "admin"


def test_every_link_leads_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_of_the_pages_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"^make ([a-z-]+)", page.read_text(), re.MULTILINE):
            assert f"\n{target}:" in makefile, f"{page.name}: make {target}"
        told = set(re.findall(r"^mailstore-codegen ([a-z]+)", page.read_text(), re.MULTILINE))
        assert told <= set(generator.list_commands(click.Context(generator))), f"{page.name}: mailstore-codegen {told}"


class TestTour:
    """``examples/tour.py`` as `make demo` runs it."""

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in environ().items() if not name.startswith("SPE_")}
        command = [sys.executable, str(ROOT / "examples" / "tour.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**clean, "COLUMNS": "120", **settings})

    def test_it_shows_everything_on_the_simulator(self) -> None:
        done = self.run()
        assert done.returncode == 0, done.stderr
        for line in (
            "SPE 25.3.",
            "test01",
            "alice@test01.example.com",
            "FunctionFailedError: GetUserInfo failed: User nobody does not exist.",
            "400 messages checked...",
            "100 %",
            "succeeded",
            "JobCancelledError: VerifyStore was cancelled",
        ):
            assert line in done.stdout

    def test_another_server_is_only_read(self, spe_simulator: Simulator) -> None:
        server = spe_simulator
        settings = {"SPE_URL": server.url, "SPE_USER": "admin", "SPE_PASSWORD": "admin", "SPE_THUMBPRINT": server.thumbprint}
        done = self.run(**settings)
        assert done.returncode == 0, done.stderr
        assert {call.function for call in server.calls} == {
            "GetEnvironmentInfo",
            "GetServiceStatus",
            "GetInstances",
            "GetUsers",
            "GetUserInfo",
        }
        self.run("--write", **settings)
        assert "VerifyStore" in {call.function for call in server.calls}

    def test_an_error_is_a_sentence_without_a_traceback(self, spe_simulator: Simulator) -> None:
        done = self.run(SPE_URL=spe_simulator.url, SPE_USER="admin", SPE_PASSWORD="wrong", SPE_THUMBPRINT=spe_simulator.thumbprint)
        assert done.returncode == 1
        assert "AuthenticationError: GetEnvironmentInfo: the server does not accept the user name or password" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        done = self.run(SPE_URL="localhost")
        assert done.returncode == 1
        assert "set SPE_USER and SPE_PASSWORD too" in done.stderr
