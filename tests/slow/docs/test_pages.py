"""Every block of every page is run, and what the page shows is what comes out."""

import re
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest
from pytest_examples import EvalExample

from mailstore_sdk.simulator import Simulator
from tests.slow.docs.generated import Manual, Reference, ReferenceIndex
from tests.slow.docs.project import copy_project
from tests.slow.docs.story import Story
from tests.slow.docs.terminal import Terminal
from tests.support.blocks import PAGES, blocks_of
from tests.support.processes import wait_until
from tests.support.project import ROOT

NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES if "```" in page.read_text("utf-8")]
KINDS: dict[str, type[Story]] = {
    "docs/cli/*": Manual,
    "generated/reference/index.md": ReferenceIndex,
    "generated/reference/*": Reference,
    "*": Story,
}
IN_THE_PROJECT = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/examples.md", "docs/performance.md", "spec/README.md")


def the_demo_shows_everything(story: Story) -> None:
    for line in (
        "SPE 25.3.",
        "test01",
        "alice@test01.example.com",
        "FunctionFailedError: GetUserInfo failed: User zoe does not exist.",
        "400 messages checked...",
        "100 %",
        "succeeded",
        "JobCancelledError: VerifyStore was cancelled",
    ):
        assert line in str(story.output)


def the_program_fits_again(story: Story) -> None:
    """What the type checker found is all that had to be changed."""
    program = (story.folder / "app.py").read_text()
    program = program.replace("compact_store(store.id)", 'compact_store(store.id, "upgrade")')
    program = program.replace("[str(zone.id) for zone in archive.get_time_zones()]", "[str(archive.get_store_usage())]")
    (story.folder / "app.py").write_text(
        f"{program}\n\nwith SPEClient.from_profile('prod') as spe:\n    print(zones(spe.instance('test01')))\n"
    )
    assert story.terminal.run("mypy --strict app.py && python app.py") == ("Success: no issues found in 1 source file\n['0']\n", [])
    server = story.names["server"]
    assert isinstance(server, Simulator)
    server.stop()


def mails_came(story: Story) -> None:
    """One of the program for the night, and one of the workers that do the same."""
    wait_until(lambda: len(story.terminal.inbox.messages) == 2)
    assert [message["Subject"].partition(": ")[2] for message in story.terminal.inbox.messages] == [
        "4, Not finished: 0, Skipped: 3, Without errors: 3",
        "7 stores, 4 with problems",
    ]


def the_clients_have_the_method(story: Story) -> None:
    generated = story.folder / "mailstore_sdk" / "_generated"
    assert "    def get_store_notes(self, id: int) -> list[StoreNote]:" in (generated / "sync" / "stores.py").read_text("utf-8")
    assert "    async def get_store_notes(self, id: int) -> list[StoreNote]:" in (generated / "aio" / "stores.py").read_text("utf-8")
    page = story.folder / "generated" / "reference" / "stores" / "get_store_notes.md"
    assert page.read_text("utf-8").startswith("# `get_store_notes` (GetStoreNotes)")


OUTCOMES: dict[str, Callable[[Story], None]] = {
    "CONTRIBUTING.md": the_clients_have_the_method,
    "README.md": the_demo_shows_everything,
    "docs/examples.md": mails_came,
    "docs/upgrading.md": the_program_fits_again,
}
"""What is true after a page beyond what it shows."""


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A page, with its reader in a folder that has what it takes for granted."""
    name: str = request.param
    if shutil.which("curl") is None and re.search("^curl ", (ROOT / name).read_text("utf-8"), re.MULTILINE):
        pytest.skip("there is no curl on this machine")
    if name in IN_THE_PROJECT:
        copy_project(folder)
    elif name == "docs/evidence.md":
        shutil.copytree(ROOT / "spec", folder / "spec")
    return ROOT / name


def test_the_code_of_a_page_has_the_printed_output(
    page: Path, folder: Path, open_terminal: Callable[[], Terminal], eval_example: EvalExample
) -> None:
    name = page.relative_to(ROOT).as_posix()
    kind = next(kind for pattern, kind in KINDS.items() if fnmatch(name, pattern))
    story = kind(folder, open_terminal, eval_example)
    for block in blocks_of(page):
        story.run(block)
    assert not story.unread, "files that no command reads"
    OUTCOMES.get(name, lambda _: None)(story)
