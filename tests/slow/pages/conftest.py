"""A headless Chromium for the tests of pages: the one that the machine has, skipped with the reason where it has none."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.processes import PATIENCE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

LIMIT = PATIENCE * 1000
"""Milliseconds for anything that a test waits for: Playwright's own are too short on a busy machine."""

expect.set_options(timeout=LIMIT)

# Only the page under test is requested, so that a test never waits for the network.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of the tests here, which share it by their mark xdist_group.

    It keeps an event loop on the main thread, in which no other test could start one.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed on this machine; Debian's package is called chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=LIMIT)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page; whatever it writes as an error to its console fails the test."""
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
