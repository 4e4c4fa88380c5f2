"""``constraints.txt`` pins everything that is installed, with names, versions and markers only."""

import re
import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.project import ROOT

LINES = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def required() -> Iterator[Requirement]:
    """The requirements of the package, its extras and the dependency groups."""
    lists = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    requirements = (Requirement(entry) for entries in lists for entry in entries if isinstance(entry, str))
    return (requirement for requirement in requirements if requirement.name != PROJECT["project"]["name"])


def test_each_line_is_a_name_a_version_and_perhaps_a_marker() -> None:
    assert len(LINES) > 100
    assert [line for line in LINES if not re.fullmatch(r"[a-z0-9-]+==[a-z0-9.]+( ; [\w.<>=!' ()]+)?", line)] == []


def test_every_requirement_of_the_project_is_pinned_within_its_range() -> None:
    pins = [Requirement(line) for line in LINES]
    for requirement in required():
        versions = [str(pin.specifier).removeprefix("==") for pin in pins if pin.name == canonicalize_name(requirement.name)]
        assert versions, f"{requirement}: run `make lock`"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: run `make lock`"


def test_every_extra_that_is_named_exists() -> None:
    tracked = [
        path
        for folder in ("docs", "mailstore_sdk", "codegen", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".md", ".py")
    ]
    texts = [path.read_text("utf-8") for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *tracked)]
    named = {extra for text in texts for extras in re.findall(r"mailstore-sdk\[([\w,]+)\]", text) for extra in extras.split(",")}
    assert named == PROJECT["project"]["optional-dependencies"].keys()
