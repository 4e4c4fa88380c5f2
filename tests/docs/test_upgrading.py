"""The page on upgrades is a story: its commands, files and outputs, in one folder and one after the other."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unmeasured import environ

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "upgrading.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Story:
    """What has happened so far: files in a folder, names of the Python blocks, output of the last commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, object] = {}
        self.output = ""
        self.checked: list[str] = []
        self.environment = environ(
            MAILSTORE_SPE_CONFIG="profiles.toml",
            MAILSTORE_SPE_PASSWORD="admin",
            PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        )

    def shell(self, commands: str) -> None:
        done = subprocess.run(
            commands,
            shell=True,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.output = done.stdout
        self.checked += [done.stdout] if "mypy" in commands else []

    def compare(self, told: str) -> None:
        """The text of the page is the output, but for lines left out where it has an ellipsis."""
        pattern = re.escape(told).replace(re.escape("…\n"), r"(?:.*\n)*?")
        assert re.fullmatch(pattern, self.output), f"expected:\n{told}\nfound:\n{self.output}"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    shutil.copytree(ROOT / "spec", folder / "spec", ignore=shutil.ignore_patterns("versions"))
    before = Path.cwd()
    os.chdir(folder)
    try:
        made = Story(folder)
        tell(made)
        yield made
    finally:
        os.chdir(before)
        if "server" in made.names:
            made.names["server"].stop()


def tell(story: Story) -> None:
    for block in BLOCK.finditer(PAGE):
        language, text = block.groups()
        if language == "console" and not text.startswith("pip"):
            story.shell(text)
        elif language == "text":
            story.compare(text)
        elif language == "python" and PAGE[: block.start()].rstrip().endswith("`app.py`:"):
            (story.folder / "app.py").write_text(text)
        elif language == "python":
            exec(text, story.names)
        elif language == "yaml":
            entry = (story.folder / "spec" / "functions" / "stores.yaml").read_text()
            assert "".join(f"  {line}\n" for line in text.splitlines()) in entry


def test_the_page_happens_as_it_says(story: Story) -> None:
    assert (story.folder / "spec" / "versions" / "27.1.json").exists()


def test_mypy_names_just_the_lines_that_broke(story: Story) -> None:
    lines = (story.folder / "app.py").read_text().splitlines()
    broken = {number for number, line in enumerate(lines, 1) if "get_time_zones(" in line or "compact_store(" in line}
    before, after = story.checked[:2]
    assert "error" not in before
    assert {int(number) for number in re.findall(r"^app\.py:(\d+): error", after, re.MULTILINE)} == broken


def test_a_program_for_the_new_version_fits_again_and_runs(story: Story) -> None:
    app = (story.folder / "app.py").read_text()
    app = app.replace("compact_store(store.id)", 'compact_store(store.id, "upgrade")')
    app = app.replace("[str(zone.id) for zone in archive.get_time_zones()]", "[str(archive.get_store_usage())]")
    app += "\n\nif __name__ == '__main__':\n    with SPEClient.from_profile('prod') as spe:\n        print(spe, zones(spe.instance('test01')))\n"
    (story.folder / "new_app.py").write_text(app)
    story.shell("mypy --strict new_app.py && python new_app.py")
    assert re.fullmatch(r"Success.*\nSPEClient\('https://localhost:\d+', username='admin'\) \['0'\]\n", story.output), story.output
