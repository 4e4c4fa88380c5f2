"""The report's page in a browser: narrow, wide and printed, for the eye, the keyboard and a screen reader."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from mailstore_sdk.cli.report import rows
from mailstore_sdk.cli.report.collect import Estate, Refusal
from mailstore_sdk.cli.report.judge import Policy, judge
from mailstore_sdk.cli.report.page import render
from tests.support.estates import estate, info, instance, profile, run, service, size, store

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = """</style></title><script>window.hacked = 1</script><img src=x onerror='hacked=1'>"'&{{ 1 + 1 }}"""
LONG = "customer-with-a-very-long-name-that-has-no-place-to-break-anywhere-" * 3


def every_kind() -> Estate:
    """Instances of all kinds, hostile and long names among them."""
    names = {"instance_id": HOSTILE, "display_name": HOSTILE, "instance_host": HOSTILE, "status": HOSTILE, "start_stop_error": HOSTILE}
    hostile = instance(
        info=info(**names),
        stores=(store(name=HOSTILE, error=HOSTILE, requested_state=HOSTILE),),
        profiles=(profile(name=HOSTILE),),
        runs=(run(HOSTILE),),
        refusals=(Refusal("users", HOSTILE),),
    )
    environment = rows.Environment(server_name=HOSTILE, version=HOSTILE, licensee_name=HOSTILE)
    server = rows.Server(server_name=HOSTILE, server_type=HOSTILE, active=False)
    messages = [rows.Message(type=kind, text=HOSTILE, is_sub_item=False) for kind in ("error", "information", HOSTILE)]
    failing = instance(
        info=info(instance_id="failing"), runs=[run("failed", hours=hours) for hours in range(1, 200, 12)], size=size(5_000, 10**7)
    )
    silent = instance(info=info(instance_id="silent"), size=None, stores=None, users=None, profiles=None, history=None)
    long = instance(info=info(instance_id=LONG, display_name=LONG), stores=(store(name=LONG, needs_upgrade=True),))
    about = service(environment_info=environment, server_infos=[server], messages=messages)
    return estate(hostile, failing, long, silent, service=about)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "page.html"
    path.write_text(render(every_kind(), judge(every_kind(), Policy())), encoding="utf-8")
    return path


@pytest.fixture
def opened(page: Page, file: Path) -> Iterator[Page]:
    """The page; it asks for nothing but itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]


def too_wide(page: Page) -> list[str]:
    """What reaches beyond the window, other than inside of what scrolls by itself."""
    script = """() => [...document.body.querySelectorAll('*')].filter(one =>
        one.checkVisibility() && !one.closest('.scroll, .skip, .stacked thead') && one.getBoundingClientRect().right > innerWidth + 0.5
    ).map(one => one.outerHTML.slice(0, 80))"""
    found: list[str] = page.evaluate(script)
    return found + ([] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else ["the page itself"])


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll(
        '.badge, .text, .id, .name, .total, h1, h2, h3, figcaption p, .ticks span, .dates span, .legend li, .figures dt, .figures dd, ' +
        '.plot svg, .bars svg, .stacked td, th, td, summary'
    )].filter(one => one.checkVisibility() && getComputedStyle(one.closest('thead') ?? one).position !== 'absolute');
    const reach = one => [...one.getClientRects()];
    const found = [];
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach(other => {
        if (one.contains(other) || other.contains(one)) return;
        for (const a of reach(one)) for (const b of reach(other)) {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1 && high > 1) found.push(`${one.outerHTML.slice(0, 60)} | ${other.outerHTML.slice(0, 60)}`);
        }
    }));
    return found;
}"""


BROKEN_HEADINGS = """() => [...document.querySelectorAll('.stacked thead th')].filter(one => {
    const range = new Range();
    range.selectNodeContents(one);
    return getComputedStyle(one.closest('thead')).position !== 'absolute' && range.getClientRects().length > 1;
}).map(one => one.textContent)"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [400, 800, 1400])
def test_charts_have_a_size_and_nothing_overlaps(opened: Page, width: int, media: str) -> None:
    opened.emulate_media(media="print" if media == "print" else "screen")
    opened.set_viewport_size({"width": width, "height": 900})
    open_all(opened)
    assert opened.evaluate(OVERLAPS) == []
    rem: float = opened.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    plots = [plot.bounding_box() for plot in opened.locator(".plot svg").all()]
    assert len(plots) == 3
    for box in plots:
        assert box
        assert 10 * rem <= box["height"] <= 15 * rem
        assert 120 <= box["width"] <= width
    assert opened.evaluate(BROKEN_HEADINGS) == []
    charts = [chart.bounding_box() for chart in opened.locator(".chart").all()]
    assert all(box and box["height"] <= 40 * rem for box in charts)
    gaps: list[float] = (
        opened.evaluate("""() => [...document.querySelectorAll('.findings li')].filter(one => one.checkVisibility()).map(one => {
        const [badge, text] = [...one.children].map(part => part.getBoundingClientRect());
        return Math.max(text.left - badge.right, text.top - badge.bottom);
    })""")
    )
    assert min(gaps) >= 4, "a badge keeps its distance from the text"


@pytest.mark.parametrize("width", [400, 1400])
def test_the_page_needs_no_sideways_scrolling(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    open_all(opened)
    assert too_wide(opened) == []
    smallest: float = opened.evaluate(
        "Math.min(...[...document.body.querySelectorAll('*')].filter(one => [...one.childNodes].some(node => node.nodeType === 3 &&"
        " node.textContent.trim())).map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 12


def test_a_phone_shows_all_details(opened: Page) -> None:
    opened.set_viewport_size({"width": 400, "height": 900})
    open_all(opened)
    tables = opened.get_by_role("region", name=re.compile("Archive stores of|Profiles of"))
    assert tables.count() >= 4
    assert tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.ariaLabel)") == []
    stores = opened.get_by_role("table").filter(has_text="Needs an upgrade.")
    assert "Work Needs an upgrade." in [" ".join(text.split()) for text in stores.get_by_role("cell").evaluate_all(LABELLED)]
    assert stores.get_by_role("columnheader").all_inner_texts() == ["Store", "Requested state", "Messages", "Work"]
    row = opened.locator(".narrow tbody tr").filter(has_text="Needs an upgrade.").first.bounding_box()
    assert row
    assert 80 <= row["height"] <= 450, "a row is as high as its own text"


LABELLED = "all => all.map(one => getComputedStyle(one, '::before').content.replaceAll('\"', '') + one.textContent)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_enough_contrast(opened: Page, scheme: str) -> None:
    """The contrast of WCAG 2 level AA, computed for every text from the colours that the browser uses."""
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    open_all(opened)
    faint: list[str] = opened.evaluate("""() => {
        const parts = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => parts(colour).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
        const ground = one => {
            const colour = getComputedStyle(one).backgroundColor;
            return (parts(colour)[3] ?? 1) === 0 ? (one.parentElement ? ground(one.parentElement) : 'rgb(255, 255, 255)') : colour;
        };
        const contrast = one => {
            const [dark, bright] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => a - b);
            return (bright + 0.05) / (dark + 0.05);
        };
        return [...document.body.querySelectorAll('*:not(svg *)')]
            .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
            .filter(one => contrast(one) < 4.5).map(one => `${contrast(one).toFixed(2)} ${one.outerHTML.slice(0, 80)}`);
    }""")
    assert faint == []


def test_data_from_the_server_is_text(opened: Page) -> None:
    assert opened.evaluate("window.hacked") is None
    assert opened.locator("script, img, body style").count() == 0
    assert opened.locator("h1").inner_text() == HOSTILE
    assert HOSTILE in opened.locator(".stacked .id").all_inner_texts()
    assert "{{ 1 + 1 }}" in opened.locator("main").inner_text()


def test_an_injected_script_does_not_run(page: Page, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(
        file.read_text(encoding="utf-8").replace("<main", "<script>document.title = 'hacked'</script><main"), encoding="utf-8"
    )
    other = page.context.new_page()
    with other.expect_console_message(lambda message: "Content Security Policy" in message.text):
        other.goto(broken.as_uri())
    assert other.title().startswith("CRITICAL: MailStore report, 2026-03-10")


def test_printed_details_are_open_and_dark_on_light(opened: Page) -> None:
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    assert too_wide(opened) == []
    assert opened.get_by_role("heading", name="Archive stores").first.is_visible()
    assert opened.get_by_text("Failed runs since the last completed run").first.is_visible()
    assert not opened.get_by_text("Numbers by day").is_visible()
    assert opened.evaluate("getComputedStyle(document.querySelector('summary')).listStyleType") == "none", "no sign of something closed"
    assert opened.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.pdf(format="A4").startswith(b"%PDF")


def test_the_keyboard_reaches_everything_and_opens_details(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert opened.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index] # it is visible
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Numbers by day"
    day = opened.get_by_role("rowheader", name="10 Mar 2026")
    assert not day.is_visible()
    opened.keyboard.press("Enter")
    assert day.is_visible()


@pytest.mark.parametrize("width", [400, 1400])
def test_a_screen_reader_finds_headings_figures_and_tables(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    levels = [int(tag[1]) for tag in opened.locator("h1, h2, h3").evaluate_all("all => all.map(one => one.tagName)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for chart in ("Growth", "Archived by day", "Archive runs by day"):
        assert opened.get_by_role("img", name=re.compile(chart)).count() == 1
    table = opened.locator(".stacked")
    assert table.get_by_role("row").count() == 5
    assert table.get_by_role("columnheader").count() == 9
    identifiers = opened.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(set(identifiers)) == len(identifiers)


def test_an_installation_without_instances_has_a_page(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    nothing = Estate(every_kind().span, None, ())
    file.write_text(render(nothing, judge(nothing, Policy())), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.title().startswith("OK: ")
    assert page.get_by_text("No problems found.").is_visible()
    assert too_wide(page) == []
