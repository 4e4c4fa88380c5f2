"""The page of the simulator, as people use it: with the eyes, the keyboard or a screen reader."""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from mailstore_sdk import MailStoreError, SPEClient
from mailstore_sdk.simulator import Simulator
from tests.support.processes import PATIENCE, wait_until

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = '</td><script>document.title="broken"</script><img src=x onerror=document.title="broken">"\'&amp;'

# The WCAG requires a contrast of 4.5 to 1: computed for every visible text and the backgrounds behind it.
POOR_CONTRASTS = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = numbers(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const shown = walker.currentNode.textContent.trim() && element.checkVisibility() && !element.closest(":disabled, .skip, option");
    if (!shown) continue;
    const [one, other] = [light(numbers(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 4.5) poor.push(walker.currentNode.textContent.trim());
  }
  return poor;
}"""

WIDER_THAN_THEIR_BOX = """() => [...document.querySelectorAll("section, .scroll, .job, .instance, table")]
  .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.className || element.tagName)"""

NAMELESS = """() => [...document.querySelectorAll("button, input, select, progress, table")]
  .filter((element) => element.checkVisibility() && !element.ariaLabel && !element.labels?.length && !element.textContent.trim())
  .map((element) => element.outerHTML)"""


IN_TWO_LINES = "all => all.filter(one => one.getBoundingClientRect().height > 30).map(one => one.textContent)"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(control_port=0, clock="manual") as simulator:
        yield simulator


@pytest.fixture
def spe(simulator: Simulator) -> Iterator[SPEClient]:
    simulator.reset()
    with SPEClient(simulator.url, username="admin", password="admin", ca_file=simulator.ca_file, retries=0) as spe:
        yield spe


@pytest.fixture
def shown(simulator: Simulator, spe: SPEClient, page: Page) -> Page:
    """The page as it has just been opened."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert simulator.control_url
    page.goto(simulator.control_url)
    expect(page.locator("#about")).to_contain_text("SPE 25.3 with HTTP Basic")
    assert all(url.startswith((simulator.control_url, "data:")) for url in asked)
    return page


@pytest.fixture
def reported(shown: Page) -> Callable[[str], None]:
    """Wait for a report to screen readers, which the next one may have replaced."""
    shown.evaluate("""() => {
        window.reports = [];
        const news = document.getElementById("news");
        new MutationObserver(() => reports.push(news.textContent)).observe(news, {childList: true});
    }""")

    def wait(text: str) -> None:
        wait_until(lambda: text in shown.evaluate("reports"))

    return wait


# Starts an update, and holds it when it has the overview but not the calls, until release() is called.
HOLD_AN_UPDATE = """() => new Promise((held) => {
  const whole = window.fetch;
  window.fetch = async (path, options) => {
    if (path.startsWith("calls")) {
      window.fetch = whole;
      await new Promise((release) => held(window.release = release));
    }
    return whole(path, options);
  };
  turn();
})"""


def test_the_installation(shown: Page, spe: SPEClient) -> None:
    cards = shown.locator("article")
    expect(cards).to_have_count(3)
    expect(cards.nth(0)).to_contain_text("test01 Test 01 running")
    expect(cards.nth(2)).to_contain_text("stopped")
    row = cards.nth(1).get_by_role("row", name="4 2023-04")
    expect(row).to_contain_text("the network path was not found")
    expect(shown.get_by_role("list", name="Service status")).to_contain_text("Instance test03 is not running.")
    spe.instance("test01").rename_store(2, "Renamed")
    expect(cards.nth(0)).to_contain_text("2 Renamed")
    cards.nth(0).get_by_text("2 scheduled jobs").click()
    expect(cards.nth(0).get_by_role("row", name="Retention")).to_contain_text("ProcessRetentionPolicies")


def test_a_slow_call_leaves_room_for_its_arguments(shown: Page, spe: SPEClient, simulator: Simulator) -> None:
    simulator.faults.add("GetWorkerResults", "delay", seconds=1)
    spe.instance("test01").get_worker_results(datetime(2026, 1, 31), datetime(2026, 2, 1))
    expect(shown.locator("#calls tr > :last-child", has_text=re.compile(r"^1,\d+(\.\d)? ms$"))).not_to_have_count(0)
    for width in (400, 800, 1000, 1200, 1400, 1500, 1600, 1800):
        shown.set_viewport_size({"width": width, "height": 900})
        assert shown.locator("#calls .part").evaluate_all(IN_TWO_LINES) == [], f"at {width} pixels"
        assert shown.evaluate(WIDER_THAN_THEIR_BOX) == [], f"at {width} pixels"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 800, 1000, 1400])
def test_nothing_overlaps(shown: Page, spe: SPEClient, width: int, scheme: str) -> None:
    shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    shown.set_viewport_size({"width": width, "height": 900})
    spe.instance("test01").verify_store(1)
    spe.instance("test01").get_worker_results(datetime(2026, 1, 31), datetime(2026, 2, 1))
    expect(shown.locator("#calls .part", has_text="fromIncluding")).not_to_have_count(0)
    expect(shown.locator("article")).to_have_count(3)
    assert shown.locator("#calls .part").evaluate_all(IN_TWO_LINES) == [], "an argument is in one line"
    assert (
        shown.evaluate("""() => {
        const parts = [...document.querySelectorAll('h1, h2, button, label, input, select, th, td, summary, li > *, article')]
            .filter(one => one.checkVisibility() && one.getClientRects().length && !one.closest('.skip'));
        const found = [];
        parts.forEach((one, at) => parts.slice(at + 1).forEach(other => {
            if (one.contains(other) || other.contains(one)) return;
            for (const a of one.getClientRects()) for (const b of other.getClientRects()) {
                const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (wide > 1 && high > 1) found.push(`${one.outerHTML.slice(0, 70)} | ${other.outerHTML.slice(0, 70)}`);
            }
        }));
        return found;
    }""")
        == []
    )
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.evaluate(WIDER_THAN_THEIR_BOX) == []
    fields: list[float] = shown.locator("#fault-form :is(input, select)").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)"
    )
    assert len(set(fields)) == 1, "fields in one row have one height"
    gaps: list[float] = shown.locator("#messages li").evaluate_all("""all => all.map(one => {
        const range = new Range();
        range.selectNodeContents(one.children[0]);
        return one.children[1].getBoundingClientRect().left - range.getBoundingClientRect().right;
    })""")
    assert min(gaps) >= 8, "a badge keeps its distance from the text"
    heights: list[float] = shown.locator("article").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert all(80 <= height <= 900 for height in heights)


@pytest.mark.parametrize("width", [400, 1400])
def test_words_of_any_length_stay_in_the_page(shown: Page, simulator: Simulator, spe: SPEClient, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    long = "M" * 300
    simulator.faults.add("CreateUser", "fail", "always", arguments={"userName": long}, message=long)
    with contextlib.suppress(MailStoreError):
        spe.instance("test01").create_user(long, privileges=["login"])
    for store in simulator.estate.instance("test02").stores.values():
        store.name = long
    expect(shown.locator("#faults li", has_text=long)).not_to_have_count(0)
    expect(shown.locator("#messages li", has_text=long)).not_to_have_count(0)
    expect(shown.locator("#calls .part", has_text=long)).not_to_have_count(0)
    shown.evaluate("words => trouble(words)", long)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_printed_pages_have_every_call_and_no_controls(shown: Page, spe: SPEClient) -> None:
    for _ in range(30):
        spe.instance("test01").get_instance_statistics()
    expect(shown.locator("#calls tbody tr")).to_have_count(30)
    shown.emulate_media(media="print")
    shown.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    assert shown.locator("button, input, select, .button").filter(visible=True).count() == 0
    last, calls, faults = shown.evaluate("""() => {
        const box = (selector) => [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect();
        return [box("#calls tr:last-child").bottom, box(".calls").bottom, box(".faults").top];
    }""")
    assert last <= calls <= faults - 8
    assert shown.evaluate(WIDER_THAN_THEIR_BOX) == []
    words = shown.locator("#calls tbody td:nth-child(2)").first
    assert words.inner_text() == "GetInstanceStatistics"
    assert shown.pdf(format="A4").startswith(b"%PDF")


def test_new_calls_appear(shown: Page, simulator: Simulator, spe: SPEClient) -> None:
    expect(shown.get_by_text("No calls yet.")).to_be_visible()
    spe.instance("test01").set_user_password("bob", "canary")
    simulator.faults.add("GetUsers", "drop_after")
    with pytest.raises(Exception, match="GetUsers"):
        spe.instance("test01").get_users()
    rows = shown.locator("#calls tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("GetUsersinstanceID=test01no reply, though succeeded (fault: drop_after)")
    expect(rows.nth(1)).to_contain_text("password=***")
    expect(rows.nth(1)).to_contain_text("200 succeeded")
    assert "canary" not in shown.content()
    job = spe.instance("test01").verify_store(1)
    waiter = threading.Thread(target=job.result, kwargs={"timeout": 5 * PATIENCE})
    waiter.start()
    expect(rows.nth(0)).to_contain_text("waiting")
    shown.get_by_role("button", name="Finish all").click()
    waiter.join()
    expect(rows.filter(has_text="waiting")).to_have_count(0)
    simulator.reset()
    expect(shown.get_by_text("No calls yet.")).to_be_visible()


@pytest.mark.parametrize("width", [400, 1400])
def test_no_calls_take_no_room(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    expect(shown.locator("#no-calls")).to_be_visible()
    assert shown.locator(".calls").evaluate("section => section.offsetHeight") < 150


def test_work_advances(shown: Page, simulator: Simulator, spe: SPEClient, reported: Callable[[str], None]) -> None:
    job = spe.instance("test01").verify_store(1)
    work = shown.locator("#work li")
    expect(work).to_contain_text("VerifyStore test01id 1, includeIndexes true")
    simulator.advance(2)
    expect(work).to_contain_text("100 messages checked")
    expect(work.get_by_role("progressbar", name="VerifyStore test01")).to_have_attribute("value", "25")
    shown.get_by_role("button", name="One step").click()
    reported("One step. 1 piece of work still running.")
    expect(work).to_contain_text("200 messages checked")
    shown.get_by_role("button", name="Finish all").click()
    expect(work).to_have_count(0)
    reported("VerifyStore test01, id 1, includeIndexes true succeeded.")
    shown.get_by_text("1 ended").click()
    expect(shown.locator("#ended li")).to_contain_text("succeeded")
    expect(shown.get_by_role("button", name="Finish all")).to_be_disabled()
    job.result(timeout=PATIENCE)
    shown.get_by_label("Clock for new work").fill("immediate")
    shown.get_by_role("button", name="Set", exact=True).click()
    reported("The clock of new work is immediate.")
    assert simulator.clock == "immediate"


def test_a_report_of_calls_waits_while_another_is_read(shown: Page, simulator: Simulator, spe: SPEClient) -> None:
    shown.get_by_role("button", name="Pause this page").click()
    shown.evaluate("() => { Date.now = () => 0; unreported = {calls: 3, failed: 1, since: -60_000}; }")
    shown.get_by_role("button", name="Reset").click()
    report = shown.get_by_role("status")
    expect(report).to_have_text("The simulator is reset.")
    shown.get_by_role("button", name="Pause this page").click()
    shown.evaluate("turn()")
    assert report.inner_text() == "The simulator is reset."
    shown.evaluate("() => { Date.now = () => 5_001; return turn(); }")
    assert report.inner_text() == "3 new calls, 1 refused or lost."


def test_faults(shown: Page, simulator: Simulator) -> None:
    switch = shown.get_by_role("switch", name="Answer 503")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    (fault,) = simulator.faults.all()
    assert (fault.function, fault.kind, fault.status, fault.times) == ("*", "status", 503, "always")
    switch.click()
    expect(switch).not_to_be_checked()
    assert simulator.faults.all() == []
    shown.get_by_label("Function").fill("GetUsers")
    shown.get_by_label("What goes wrong").select_option("delay")
    shown.get_by_label("Seconds").fill("0.5")
    shown.get_by_label("Times").fill("2")
    shown.get_by_role("button", name="Add fault").click()
    expect(shown.locator("#faults li")).to_contain_text("GetUsers delays the reply by 0.5 s · 2 times")
    (fault,) = simulator.faults.all()
    assert (fault.function, fault.kind, fault.seconds, fault.times) == ("GetUsers", "delay", 0.5, 2)
    shown.get_by_role("button", name="Switch off: GetUsers").click()
    expect(shown.get_by_text("There are no faults.")).to_be_visible()
    assert simulator.faults.all() == []


def test_work_that_fails_halfway_for_one_store(shown: Page, simulator: Simulator, spe: SPEClient) -> None:
    shown.get_by_label("Function").fill("VerifyStore")
    shown.get_by_label("What goes wrong").select_option("fail")
    shown.get_by_label("Message").fill("The disk is full.")
    shown.get_by_label("At percent").fill("40")
    shown.get_by_label("Only with arguments").fill("id=2")
    shown.get_by_label("Skip").fill("1")
    shown.get_by_label("Times").fill("always")
    shown.get_by_role("button", name="Add fault").click()
    text = "VerifyStore with id=2 fails at 40 %: The disk is full. · after 1 more call, always"
    expect(shown.locator("#faults li")).to_contain_text(text)
    (fault,) = simulator.faults.all()
    assert (fault.arguments, fault.percent, fault.skip, fault.times) == ({"id": "2"}, 40, 1, "always")
    for store in (2, 2, 1):
        spe.instance("test01").verify_store(store)
    simulator.advance(50)
    shown.get_by_text("3 ended, 1 failed").click()
    expect(shown.locator("#ended li").filter(has_text="The disk is full.")).to_contain_text("id 2")


@pytest.mark.parametrize("width", [400, 1400])
def test_nothing_is_cut_off_with_twenty_jobs(shown: Page, simulator: Simulator, spe: SPEClient, width: int) -> None:
    for _ in range(10):
        for store in (1, 3):
            spe.instance("test01").verify_store(store)
    simulator.advance(50)
    shown.set_viewport_size({"width": width, "height": 900})
    shown.get_by_text("20 ended, 10 failed").click()
    expect(shown.locator("#ended li")).to_have_count(20)
    expect(shown.locator("#ended li").first).to_contain_text("Archive store 3 is disabled and cannot be used.")
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    assert shown.evaluate(WIDER_THAN_THEIR_BOX) == []
    # At one moment, as the click may still scroll the page.
    left, right = shown.locator("main > div").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert (left == right) == (width == 1400)


def test_state_and_reset(shown: Page, simulator: Simulator, reported: Callable[[str], None]) -> None:
    kept = json.loads(simulator.dump())
    kept["instances"] = {}
    with shown.expect_download() as download:
        shown.get_by_role("link", name="Save state").click()
    assert json.loads(download.value.path().read_text()) == json.loads(simulator.dump())
    shown.locator("#file").set_input_files({"name": "mine.json", "mimeType": "application/json", "buffer": json.dumps(kept).encode()})
    expect(shown.get_by_text("There are no instances.")).to_be_visible()
    shown.get_by_role("button", name="Reset").click()
    reported("The simulator is reset.")
    expect(shown.locator("article")).to_have_count(3)


def test_an_error_message_stays_visible(shown: Page) -> None:
    # Answered inside the page: a status of 400 would appear in the console, which fails the test.
    shown.evaluate("""() => {
        const whole = window.fetch;
        window.fetch = async (path, options) => path === "state" ? new Response("state cannot be read", {status: 400}) : whole(path, options);
    }""")
    shown.locator("#file").set_input_files({"name": "mine.json", "mimeType": "application/json", "buffer": b"{"})
    expect(shown.get_by_role("alert")).to_have_text("The simulator rejected it: state cannot be read")
    shown.evaluate("turn()")
    assert shown.get_by_role("alert").is_visible()
    shown.get_by_role("button", name="Reset").click()
    expect(shown.get_by_role("alert")).to_have_count(0)


def test_a_paused_page_does_not_change(shown: Page, spe: SPEClient) -> None:
    shown.get_by_role("button", name="Pause this page").click()
    expect(shown.get_by_role("button", name="Pause this page")).to_have_attribute("aria-pressed", "true")
    spe.ping()
    shown.evaluate("turn()")
    assert shown.get_by_text("No calls yet.").is_visible()
    shown.get_by_role("button", name="Pause this page").click()
    expect(shown.locator("#calls tbody tr")).to_have_count(1)


def test_an_update_in_progress_is_dropped_when_the_page_is_paused(shown: Page, spe: SPEClient) -> None:
    shown.evaluate(HOLD_AN_UPDATE)
    shown.get_by_role("button", name="Pause this page").click()
    spe.ping()
    shown.evaluate("() => { release(); return latestRefresh; }")
    assert shown.get_by_text("No calls yet.").is_visible()


def test_an_update_in_progress_does_not_undo_what_an_action_shows(shown: Page, simulator: Simulator) -> None:
    switch = shown.get_by_role("switch", name="Answer 503")
    switch.evaluate("""element => {
        window.states = [];
        new MutationObserver(() => states.push(element.ariaChecked)).observe(element, {attributeFilter: ["aria-checked"]});
    }""")
    shown.evaluate(HOLD_AN_UPDATE)
    switch.click()
    wait_until(lambda: simulator.faults.all() != [])
    for _ in range(5):  # an update that does not wait for the one before would be shown by now
        shown.evaluate("ask('overview')")
    shown.evaluate("release()")
    expect(switch).to_be_checked()
    shown.evaluate("turn()")
    assert "true,false" not in shown.evaluate("states.join()")


def test_names_are_only_text(shown: Page, simulator: Simulator, spe: SPEClient) -> None:
    instance = simulator.estate.instance("test01")
    instance.display_name = instance.stores[1].name = instance.jobs[1].name = HOSTILE
    simulator.faults.add("Ping", "fail", message=HOSTILE)
    with pytest.raises(Exception, match="does not exist"):
        spe.instance(HOSTILE).get_users()
    expect(shown.locator("article").nth(0)).to_contain_text(HOSTILE)
    expect(shown.locator("#calls")).to_contain_text(HOSTILE)
    expect(shown.locator("#faults")).to_contain_text(HOSTILE)
    assert shown.title() == "SPE simulator"
    assert shown.locator("main script, main img").count() == 0


def test_with_the_keyboard_alone(shown: Page, simulator: Simulator) -> None:
    shown.keyboard.press("Tab")
    expect(shown.get_by_role("link", name="Skip to the content")).to_be_focused()
    shown.keyboard.press("Enter")
    switch = shown.get_by_role("switch", name="Drop before acting")
    for _ in range(20):
        shown.keyboard.press("Tab")
        if switch.evaluate("element => element === document.activeElement"):
            break
    shown.keyboard.press("Space")
    expect(switch).to_be_checked()
    assert switch.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    shown.evaluate("turn()")  # an update of the page does not move the focus
    expect(switch).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(shown: Page, simulator: Simulator, spe: SPEClient, scheme: str) -> None:
    shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    simulator.faults.add("*", "delay", times="always", seconds=0)
    spe.instance("test01").verify_store(1)
    with pytest.raises(Exception, match="zoe"):
        spe.instance("test01").get_user_info("zoe")
    expect(shown.locator("#calls tbody tr")).to_have_count(2)
    assert shown.evaluate(POOR_CONTRASTS) == []
    assert shown.evaluate(NAMELESS) == []
    shown.set_viewport_size({"width": 360, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_says_when_the_simulator_is_gone(page: Page) -> None:
    with Simulator(control_port=0) as simulator:
        assert simulator.control_url
        page.goto(simulator.control_url)
        expect(page.locator("article")).to_have_count(3)
        # Cut off inside the page: a refused connection would appear in the console, which fails the test.
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')) }")
        expect(page.get_by_role("alert")).to_have_text("The simulator does not answer.")
