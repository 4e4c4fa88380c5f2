"""Make a site from pages that also read well in the repository, on any Git host.

Every page keeps its path in the repository, so that its links work in both places; only its address in the site is
shorter. The pages of functions get anchors and tabs, which plain Markdown does not have.
"""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import cycle
from pathlib import Path
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

Section = dict[str, list[str]]
"""A section of the navigation, as in mkdocs.yml: its title and its pages."""

Entry = str | dict[str, str] | dict[str, list["Entry"]]
"""A page, a page with a title of its own, or a section."""

ROOT = Path(__file__).parents[2]

PUBLISHED = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "SECURITY.md",
    "docs/**/*.*",
    "examples/**/*.py",
    "generated/**/*.*",
    "spec/**/*.*",
)
"""What the site has, pages and the files that they link to."""

NOT_PUBLISHED = ("*.pyc", "docs/_site/*.py")

PLACES = {
    "docs/cli/": "commands/",  # cli/ is the address of the guide
    "docs/": "",
    "generated/reference/": "reference/",
    "spec/README.md": "catalogue.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
"""Where paths with this beginning are in the site; all others stay the same."""

FUNCTIONS = "generated/reference/"
MANUAL = "docs/cli/"
API = "docs/api/"

ROWS_SHOWN = {f"{FUNCTIONS}index.md": 999, f"{FUNCTIONS}*.md": 3, "*": 40}
"""How many rows a table may have before it is folded, by the page; the first pattern that matches applies."""
ITEMS_SHOWN = 1
"""How many parameters, errors and attributes of a class or method are shown before they are folded."""

ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
CODE = re.compile(r"(`+).+?\1")
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
CELL = re.compile(r"<td\b")
LONG_CODE = re.compile(r"(?<=<code>)[^<]{26,}(?=</code>)")
BREAK = re.compile(r"(?<=[\w)\]])(?=\.\w)|(?<=\w\()(?=\w)|(?<=\w=)(?=\S)")
"""Where a long code span in a table may break: before a dot, and after a parenthesis or an equals sign."""
SECTIONS = re.compile(r'(?:<p><span class="doc-section-title">[\w ]+:</span></p>\s*<ul>.*?</ul>\s*)+', re.DOTALL)
SECTION = re.compile(r'<span class="doc-section-title">([\w ]+):</span>')

FUNCTION = re.compile(r"reference/\w+/(\w+)/")
"""The address of a function's page."""

ANCHOR = re.compile(r'^<a id="type-(\w+)"></a>\n\n(#+ .*)$', re.MULTILINE)
HELP = re.compile(r"^```text\nUsage: (.*?)\n\n( .*?)\n\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TAB = re.compile(r"^(Python|Command line|curl|HTTP):\n\n(```\w+\n.*?\n```)$", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the pages from the whole repository."""
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        files.remove(file)
    for path in _published():
        files.append(_file(path, config))
    config.nav = _expanded(cast("list[Section]", config["nav"]), [file.src_uri for file in files.documentation_pages()])
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the pages of functions their anchors and tabs, and other pages the words by which the search finds them."""
    del files
    source = page.file.src_uri
    page.meta["tags"] = cast("dict[str, list[str]]", config.extra["keywords"]).get(source, [])
    markdown = ROW.sub(lambda row: CODE.sub(_unescaped, row[0]), markdown)
    if source.startswith((MANUAL, FUNCTIONS)):
        # on_post_build ranks functions above the pages that describe them.
        page.meta["search"] = {"boost": 0.5}
    if source.startswith(MANUAL):
        markdown = HELP.sub(_folded, markdown)
    if not source.startswith(FUNCTIONS):
        return markdown
    # Signatures on the API pages link to their types by the second anchor.
    return TAB.sub(_tab, ANCHOR.sub(r"[](){ #mailstore_sdk._generated.models.\1 }\n\n\2 { #type-\1 }", markdown))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Label each cell of a table with its heading: site.css shows a row as a list on a phone. Fold what makes a page long."""
    del config, files
    source = page.file.src_uri
    # "::" introduces a literal block in a docstring.
    html = html.replace("<p>::</p>\n", "")
    if source.startswith(API):
        html = SECTIONS.sub(_folded_sections, html)
    shown = next((rows for pattern, rows in ROWS_SHOWN.items() if Path(source).match(pattern)), 0)
    return TABLE.sub(lambda table: LONG_CODE.sub(lambda code: BREAK.sub("<wbr>", code[0]), _folded_table(_labelled(table), shown)), html)


def on_post_build(config: MkDocsConfig) -> None:
    """Find functions by what they do: the search ranks titles first, and theirs become name and summary."""
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    functions = {found[1]: entry for entry in index["docs"] if (found := FUNCTION.fullmatch(entry["location"]))}
    for name, entry in functions.items():
        summary, _, rest = entry["text"].partition("</p>")
        entry["title"] += ": " + summary.rpartition("<p>")[2]
        entry["text"] = rest.partition("<pre>")[0]
        # A search for verify_store also finds verify_stores, which must come after it.
        longer = any(name.startswith(other) for other in functions.keys() - {name})
        entry["boost"] = 1 if longer else 2
    path.write_text(json.dumps(index, ensure_ascii=False), "utf-8")


def _published() -> Iterator[str]:
    paths = {path for pattern in PUBLISHED for path in ROOT.glob(pattern) if path.is_file()}
    names = sorted(path.relative_to(ROOT).as_posix() for path in paths)
    return (name for name in names if not any(fnmatch(name, pattern) for pattern in NOT_PUBLISHED))


def _file(path: str, config: MkDocsConfig) -> File:
    begin = next((begin for begin in PLACES if path.startswith(begin)), "")
    place = PLACES.get(begin, "") + path.removeprefix(begin)
    file = File.generated(config, path, abs_src_path=str(ROOT / path))
    moved = File.generated(config, place, content="")
    file.dest_uri, file.name = moved.dest_uri, moved.name
    return file


def _expanded(nav: list[Section], pages: list[str]) -> list[dict[str, list[Entry]]]:
    """The navigation with the pages that its patterns match; a section without pages is left out."""
    named = [entry for section in nav for entries in section.values() for entry in entries]

    def owner(page: str) -> str:
        return page if page in named else max((entry for entry in named if Path(page).match(entry)), key=len, default="")

    def expand(entry: str) -> list[Entry]:
        return [_with_functions(page, pages) for page in pages if owner(page) == entry] if "*" in entry else [entry]

    expanded = ({title: [page for entry in entries for page in expand(entry)] for title, entries in section.items()} for section in nav)
    return [section for section in expanded if any(section.values())]


def _with_functions(page: str, pages: list[str]) -> Entry:
    """A group of functions as a section of its own, any other page as it is."""
    functions: list[Entry] = [{Path(other).stem: other} for other in pages if other.startswith(f"{page.removesuffix('.md')}/")]
    title, _, _ = (ROOT / page).read_text("utf-8").removeprefix("# ").partition("\n")
    return {title: [page, *functions]} if page.startswith(FUNCTIONS) and functions else page


def _unescaped(span: re.Match[str]) -> str:
    """Git hosts need a bar in a table to be escaped even in code; here the escape would be visible."""
    return span[0].replace(r"\|", "|")


def _labelled(table: re.Match[str]) -> str:
    labels = cycle(re.sub("<[^>]*>", "", heading) for heading in HEADING.findall(table[0]))
    return CELL.sub(lambda _: f'<td data-label="{next(labels)}"', table[0])


def _folded_sections(found: re.Match[str]) -> str:
    if found[0].count("<li") <= ITEMS_SHOWN:
        return found[0]
    return f"<details><summary>{', '.join(SECTION.findall(found[0]))}</summary>{found[0]}</details>"


def _folded_table(table: str, shown: int) -> str:
    rows = table.count("<tr") - 1
    return f"<details><summary>{rows} {'fields' if '>Field<' in table else 'rows'}</summary>{table}</details>" if rows > shown else table


def _folded(found: re.Match[str]) -> str:
    """The help of a command: its summary, and the rest on request, so that a page with many commands stays short."""
    usage, summary, _ = found.groups()
    lines = "\n".join(f"    {line}" if line else "" for line in found[0].splitlines())
    return f'{" ".join(summary.split())}\n\n??? abstract "`{" ".join(usage.split())}`"\n\n{lines}'


def _tab(found: re.Match[str]) -> str:
    label, block = found.groups()
    return f'=== "{label}"\n\n' + "\n".join(f"    {line}" if line else "" for line in block.splitlines())
