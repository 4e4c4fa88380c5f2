"""The blocks of code of all pages, in order."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.support.project import ROOT

NOT_OURS = shutil.ignore_patterns(".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()))
"""Files in the folder of the project that are not part of it."""

TOP = sorted({path.name for path in ROOT.iterdir()} - NOT_OURS(str(ROOT), [path.name for path in ROOT.iterdir()]))
PAGES = sorted(
    page for name in TOP for page in ((ROOT / name).rglob("*.md") if (ROOT / name).is_dir() else ROOT.glob(name)) if page.suffix == ".md"
)


@dataclass(frozen=True)
class Block:
    """A block of code on a page.

    Attributes:
        page: The page.
        line: The line on which it begins.
        heading: The heading above it.
        language: What it says it is; empty for one that is only indented.
        title: The file that it belongs to, as the site shows it above the block; empty for a block that is run.
        text: What it holds.
    """

    page: Path
    line: int
    heading: str
    language: str
    title: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    found: list[Block] = []
    heading = before = ""
    for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        if before == "heading_open":
            heading = token.content
        before = token.type
        if token.type in ("fence", "code_block"):
            language, _, options = token.info.partition(" ")
            title = re.fullmatch(r'(?:title="([^"]+)")?', options)
            assert title, f"{page.name}: {token.info}"
            found.append(Block(page, (token.map or [0])[0] + 1, heading, language, title[1] or "", token.content))
    return found
