"""The published package: its files, its page on a package index, and the wheel installed alone."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import mailstore_sdk

NAME = "mailstore-sdk"

pytestmark = pytest.mark.xdist_group("wheel")


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def dependencies(name: str, extra: str = "") -> dict[str, Distribution]:
    """Return the installed distributions that this one requires with an extra, and those that they require."""
    found: dict[str, Distribution] = {}
    waiting = [(name, {"", extra})]
    while waiting:
        owner, extras = waiting.pop()
        for requirement in map(Requirement, distribution(owner).requires or ()):
            wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)
            if wanted and requirement.name not in found:
                found[requirement.name] = distribution(requirement.name)
                waiting.append((requirement.name, {"", *requirement.extras}))
    return found


def installed(wheel: Path, environment: Path, extra: str = "") -> Path:
    """Install the wheel and its dependencies into a new environment, and return the folder of its programs."""
    run(sys.executable, "-m", "venv", "--without-pip", environment, folder=environment)
    programs = environment / "bin"
    options = ["--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    done = run(sys.executable, "-m", "pip", "--python", programs / "python", "install", *options, wheel, folder=environment)
    assert done.returncode == 0, done.stderr
    # The dependencies come from the current environment, so that nothing is downloaded.
    packages = next(environment.glob("lib/*/site-packages"))
    here = Path(str(distribution("pydantic").locate_file("")))
    files = {path for needed in dependencies(NAME, extra).values() for path in needed.files or ()}
    for name in {path.parts[0] for path in files} - {"..", "__pycache__"}:
        (packages / name).symlink_to(here / name)
    for path in files:
        if path.parts[-2:] == ("bin", path.name) and not (programs / path.name).exists():
            (programs / path.name).symlink_to(here / path)
    return programs


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel and its dependencies, without extras."""
    return installed(wheel, tmp_path_factory.mktemp("alone"))


def test_the_wheel_has_exactly_the_files_that_it_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    page = {f"mailstore_sdk/simulator/page/{name}" for name in ("index.html", "page.css", "page.js")}
    needed = {
        "mailstore_sdk/py.typed",
        "mailstore_sdk/_generated/catalogue.json",
        "mailstore_sdk/cli/report/templates/page.html.jinja",
        "mailstore_codegen/generate/templates/client.py.jinja",
    }
    assert needed | page <= set(names)
    assert {name.partition("/")[0] for name in names} == {
        "mailstore_sdk",
        "mailstore_codegen",
        f"mailstore_sdk-{mailstore_sdk.__version__}.dist-info",
    }


def test_the_source_distribution_can_be_developed(wheel: Path) -> None:
    (archive,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        names = {name.partition("/")[2] for name in content.getnames()}
    assert {"Makefile", "constraints.txt", "spec/README.md", "tests/conftest.py", "docs/start.md", "SECURITY.md"} <= names


def test_a_package_index_accepts_both(wheel: Path) -> None:
    done = run(sys.executable, "-m", "twine", "check", "--strict", *wheel.parent.iterdir(), folder=wheel.parent)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


def test_the_page_on_an_index_has_no_dead_link(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        metadata = content.read(f"mailstore_sdk-{mailstore_sdk.__version__}.dist-info/METADATA").decode("utf-8")
    message = Parser().parsestr(metadata)
    page = str(message.get_payload())
    assert "# mailstore-sdk" in page
    assert "Getting started" in page
    assert [link for link in re.findall(r"\]\(([^)]*)\)", page) if not link.startswith("https://")] == []
    assert set(message.get_all("Provides-Extra", ())) == {"cli", "codegen", "profiles", "simulator", "socks"}


def test_the_wheel_works_alone(alone: Path) -> None:
    code = (
        "import asyncio, mailstore_sdk as m\n"
        "for name in m.__all__: getattr(m, name)\n"
        "with m.SPEClient('spe.invalid', username='a', password='b', retries=0) as spe:\n"
        "    try: spe.get_instances('*')\n"
        "    except m.HostNotFoundError as error: print(type(error).__name__)\n"
    )
    done = run(alone / "python", "-W", "error", "-c", code, folder=alone)
    assert done.stdout.strip() == "HostNotFoundError", done.stderr


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        (("mailstore",), "cli"),
        (("python", "-m", "mailstore_sdk"), "cli"),
        (("mailstore-codegen",), "codegen"),
        (("python", "-m", "mailstore_codegen"), "codegen"),
        (("python", "-m", "mailstore_sdk.simulator"), "simulator"),
    ],
    ids=["mailstore", "mailstore_sdk", "mailstore-codegen", "mailstore_codegen", "simulator"],
)
def test_a_program_without_its_extra_says_which_one_it_needs(alone: Path, command: tuple[str, ...], extra: str) -> None:
    done = run(alone / command[0], *command[1:], "--help", folder=alone)
    assert done.returncode == 1
    assert re.fullmatch(rf".+ needs \w+: pip install 'mailstore-sdk\[{extra}\]'\n", done.stderr), done.stderr


def test_a_team_starts_a_project_with_the_wheel_and_generates_its_package(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    programs, project = installed(wheel, tmp_path_factory.mktemp("team"), "codegen"), tmp_path_factory.mktemp("project")
    for command in (("init", "--package", "acme_spe", "--spe-version", "25.3"), ("generate",), ("check",)):
        done = run(programs / "mailstore-codegen", *command, folder=project)
        assert done.returncode == 0, done.stderr
    assert done.stdout == "The generated files are up to date.\n"
    code = (
        "import acme_spe\n"
        "from acme_spe.functions import FUNCTIONS\n"
        "with acme_spe.SPEClient('spe.invalid', username='a', password='b') as spe:\n"
        "    print(len(FUNCTIONS) > 100, spe.instance('test01').get_users.__name__)\n"
    )
    done = run(programs / "python", "-W", "error", "-c", code, folder=project)
    assert done.stdout.strip() == "True get_users", done.stderr
