"""The site in a browser: every link has a target, the search finds functions and guides, pages fit a phone."""

import functools
import importlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

import mailstore_sdk.errors
from mailstore_sdk import Instance, SPEClient
from mailstore_sdk._generated.sync import InstanceFunctions, ServerFunctions
from tests.support.blocks import PAGES
from tests.support.once import once
from tests.support.processes import environ
from tests.support.project import ROOT

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once for all processes of this run of the tests."""
    return once(tmp_path_factory, "site", build)


def build(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environ(NO_MKDOCS_2_WARNING="1"))
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stdout + done.stderr


class Server(SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Document(HTMLParser):
    """What a page links to, what it loads, and what can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        elif tag != "a":
            self.loads |= {given[name] for name in ("href", "src") if name in given and given.get("rel") != "canonical"}


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Document]:
    """Every page by its address within the site."""
    return {"/" + path.relative_to(site).as_posix(): Document(path) for path in site.rglob("*.html")}


def test_every_function_and_every_page_of_the_docs_is_there(documents: dict[str, Document]) -> None:
    assert len(documents) == len(PAGES) + 1, "two pages have the same address; one page more is that for 404"
    for source in (ROOT / "generated" / "reference").rglob("[!i]*.md"):
        page = source.relative_to(ROOT / "generated").with_suffix("").as_posix()
        anchors = documents[f"/{page}/index.html"].anchors
        assert set(re.findall(r'<a id="([\w-]+)"></a>', source.read_text("utf-8"))) <= anchors, page


@pytest.mark.parametrize(("face", "functions"), [(SPEClient, ServerFunctions), (Instance, InstanceFunctions)])
def test_every_member_of_a_client_that_is_not_a_function_is_documented(documents: dict[str, Document], face: type, functions: type) -> None:
    members = {name for name in dir(face) if not name.startswith("_") and name not in dir(functions)}
    anchors = documents["/api/client/index.html"].anchors | documents["/api/instance/index.html"].anchors
    explained = {anchor.removeprefix(f"mailstore_sdk.{face.__name__}.") for anchor in anchors}
    assert members - explained == set()


def test_the_models_in_signatures_link_to_the_reference(site: Path) -> None:
    for page in (site / "api").rglob("index.html"):
        text = page.read_text("utf-8")
        assert not re.findall(r'<span title="mailstore_sdk\._generated\.models\.\w+">', text), page.parent.name
    assert 'reference/profiles/#type-WorkerResult"' in (site / "api" / "instance" / "index.html").read_text("utf-8")


def test_every_type_of_ours_in_a_signature_is_a_link(site: Path) -> None:
    unlinked = {
        name
        for page in (site / "api").rglob("index.html")
        for name in re.findall(r'<span title="(mailstore_sdk\.[\w.]+)">', page.read_text("utf-8"))
        if is_public_type(name)
    }
    assert unlinked == set()


def is_public_type(name: str) -> bool:
    """Whether a name is that of a public type; type variables, attributes and constants have no place to link to."""
    module, _, attribute = name.rpartition(".")
    if not re.fullmatch(r"[A-Z]\w*[a-z]\w*", attribute):
        return False
    return not isinstance(getattr(importlib.import_module(module), attribute, None), TypeVar)


def test_each_page_links_to_the_previous_and_the_next(site: Path, documents: dict[str, Document]) -> None:
    pages = [page for page in documents if page not in ("/404.html", "/index.html")]
    lacking = [
        page for page in pages if not re.search(r'class="md-footer__link md-footer__link--prev"', (site / page[1:]).read_text("utf-8"))
    ]
    assert lacking == []
    assert sum('md-footer__link--next"' not in (site / page[1:]).read_text("utf-8") for page in pages) == 1, (
        "only the last page has no next"
    )


LONGEST = (
    "api/errors/",
    "api/simulator/",
    "api/client/",
    "cli/",
    "commands/",
    "errors/",
    "migrating/",
    "performance/",
    "reference/system/",
)


@pytest.mark.parametrize("path", LONGEST)
def test_a_page_is_a_few_screens_long(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    visit(page, address, path)
    assert 900 <= page.evaluate("document.querySelector('article').scrollHeight") <= 6 * 900


def test_every_error_is_documented(documents: dict[str, Document]) -> None:
    errors = {
        f"mailstore_sdk.errors.{name}"
        for name, kind in vars(mailstore_sdk.errors).items()
        if isinstance(kind, type) and issubclass(kind, Warning | Exception)
    }
    assert errors - documents["/api/errors/index.html"].anchors == set()


def test_every_link_has_a_target(site: Path, documents: dict[str, Document]) -> None:
    broken = [
        f"{page}: {link}" for page, document in documents.items() for link in document.links if not leads(site, documents, page, link)
    ]
    assert broken == []


def leads(site: Path, documents: dict[str, Document], page: str, link: str) -> bool:
    target = urlsplit(urljoin(page, link))
    if target.scheme:
        return bool(re.fullmatch(r"https://[\w-]+(\.[\w-]+)+(/[^\s]*)?", link))
    path = unquote(target.path)
    path = f"{path}index.html" if path.endswith("/") else path
    if path in documents:
        return unquote(target.fragment) in documents[path].anchors
    return (site / path[1:]).is_file()


def test_nothing_is_loaded_from_elsewhere(site: Path, documents: dict[str, Document]) -> None:
    loads = {(page, load) for page, document in documents.items() for load in document.loads}
    assert [(page, load) for page, load in loads if urlsplit(load).scheme not in ("", "data")] == []
    assert not re.findall(r"url\(\W?(?:https?:)?//|@import", "".join(path.read_text("utf-8") for path in site.rglob("*.css")))


def visit(page: Page, address: str, path: str = "") -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert elsewhere == []


@pytest.mark.parametrize("words", ["VerifyStore", "verify_store", "check archive store damaged"])
def test_the_search_finds_a_function_first(page: Page, address: str, words: str) -> None:
    visit(page, address)
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type(words)
    first = page.locator(".md-search-result__item").first.locator("a").first
    expect(first).to_contain_text("verify_store (VerifyStore)")
    first.click()
    expect(page).to_have_url(re.compile(r"/reference/stores/verify_store/"))
    expect(page.get_by_role("heading", name="verify_store (VerifyStore)")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("retry", "errors/"),
        ("timeout", "configuration/"),
        ("proxy", "calls/"),
        ("mock", "testing/"),
        ("powershell", "cli/"),
        ("thumbprint", "tls/"),
        ("resume", "jobs/"),
        ("csv", "examples/"),
        ("upgrade", "upgrading/"),
    ],
)
def test_the_search_finds_the_page_of_a_usual_word_first(page: Page, address: str, word: str, found: str) -> None:
    visit(page, address)
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type(word)
    first = page.locator(".md-search-result__item").first.locator("a").first
    expect(first).to_have_attribute("href", re.compile(rf"^({re.escape(address)}|\./)?{found}(\?|#|$)"))
    first.click()
    expect(page.locator("article")).to_contain_text(re.compile(word, re.IGNORECASE))


@pytest.mark.parametrize("path", ["reference/", "reference/stores/", "reference/users/get_user_info/", "api/client/", "errors/"])
def test_no_identifier_of_a_table_is_broken(page: Page, address: str, path: str) -> None:
    """A word of code is on one line. Columns grow for it, and the page does not."""
    page.set_viewport_size({"width": 1400, "height": 900})
    visit(page, address, path)
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1400


def test_long_code_in_a_table_breaks_between_identifiers_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    visit(page, address, "typed/")
    assert page.evaluate(BROKEN) == []


BROKEN = """[...document.querySelectorAll('article td code')].flatMap(code => {
  const found = [], walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();)
    for (const word of node.data.matchAll(/\\w+/g)) {
      const range = new Range();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  return found;
})"""


@pytest.mark.parametrize(
    "path", ["", "tutorial/", "reference/", "reference/users/", "reference/stores/attach_store/", "api/client/", "errors/"]
)
def test_a_page_fits_on_a_phone(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    visit(page, address, path)
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    cut = "[...document.querySelectorAll('article :is(p, li, td, h1, h2, h3)')].filter(e => e.getBoundingClientRect().right > 400).length"
    assert page.evaluate(cut) == 0


def test_a_row_of_a_table_is_a_list_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    visit(page, address, "reference/users/get_user_info/")
    cells = page.locator("article .md-typeset__scrollwrap").first.locator("tr").nth(2).locator("td")
    boxes: list[Any] = cells.filter(visible=True).evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    assert [box["x"] for box in boxes] == [boxes[0]["x"]] * 5
    assert sorted(box["y"] for box in boxes) == [box["y"] for box in boxes]
    assert cells.nth(1).get_attribute("data-label") == "On the wire"


@pytest.mark.parametrize(
    ("tab", "copied"),
    [
        ("Python", "job = archive.verify_store(1)\njob.result()"),
        ("Command line", "mailstore stores verify test01 1"),
        ("curl", "curl --user admin https://spe.example.com:8474/api/invoke/VerifyStore"),
        ("HTTP", "POST /api/invoke/VerifyStore HTTP/1.1"),
    ],
)
def test_an_example_can_be_copied_in_each_language(page: Page, address: str, tab: str, copied: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    visit(page, address, "reference/stores/verify_store/")
    tabs = page.locator("article .tabbed-set").first
    tabs.locator(".tabbed-labels").get_by_text(tab, exact=True).click()
    tabs.locator("button:visible").first.click()
    expect(page.locator(".md-dialog")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(copied)


def test_evidence_is_a_badge_that_links_to_its_meaning(page: Page, address: str) -> None:
    visit(page, address, "reference/stores/verify_store/")
    badge = page.locator("article ul a", has_text="printed-sample").first
    assert badge.evaluate("e => getComputedStyle(e).borderRadius") != "0px"
    badge.click()
    expect(page.locator("article li", has=page.locator("#printed-sample"))).to_contain_text("a real reply has been published")
