"""The browser of the other tests here shows and runs what it is given."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")


def test_the_browser_runs_scripts(page: Page) -> None:
    page.set_content("<h1>0</h1><script>document.querySelector('h1').textContent = 6 * 7</script>")
    assert page.locator("h1").inner_text() == "42"
