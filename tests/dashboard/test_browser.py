"""The main paths in a real browser: Chromium against a server as a user starts it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.chromium import CHROMIUM, PATIENCE, browsing, serving, visit
from tests.dashboard.conftest import TOY

REQUIRED = os.environ.get("PEAKWISE_BROWSER") == "required"
ANSWERED = "20 simulated seasons"
FOCUSED = "document.activeElement.getAttribute('aria-label')"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that answers until the last of these tests has ended."""
    with serving(tmp_path_factory.mktemp("server")) as (url, _):
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with browsing() as started:
        yield started


def upload(page: Page, file: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(str(file))


def open_toy(page: Page) -> None:
    """Upload the toy shop and open it, beside the shipped season that could be opened too."""
    upload(page, TOY)
    expect(page.get_by_text("Toy shop in December: 3 policies.")).to_be_visible()
    buttons = page.get_by_role("button", name="Open it")
    expect(buttons).to_have_count(2)
    buttons.last.click()


def test_the_first_screen_answers_and_asks_nobody_outside(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.reload(wait_until="domcontentloaded")
    expect(page.get_by_text("Backorder is the best policy of 5").first).to_be_visible()
    expect(page.get_by_text("An example, already run")).to_be_visible()
    page.get_by_role("button", name="Change it and see").click()
    expect(page.get_by_text(ANSWERED).first).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_a_lever_is_moved_by_keyboard_and_its_link_shared(browser: Browser, address: str) -> None:
    page, other = visit(browser, address), visit(browser, address)
    open_toy(page)
    expect(page.get_by_text(ANSWERED).first).to_be_visible()
    before = page.get_by_role("main").inner_text()
    page.get_by_role("slider").nth(1).focus()
    lever = page.evaluate(FOCUSED)
    for percent in (65, 70):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"location.search.includes('at_no_wait%3D{percent}')")
        expect(page.get_by_text("was 60")).to_be_visible()
        page.get_by_text(ANSWERED).first.wait_for()
        assert page.evaluate(FOCUSED) == lever
    assert page.get_by_role("main").inner_text() != before
    # Another visitor saw none of it, until they open the link.
    expect(other.get_by_text("An example, already run")).to_be_visible()
    other.goto(page.evaluate("location.href"), wait_until="domcontentloaded")
    expect(other.get_by_text("was 60")).to_be_visible()
    expect(other.get_by_text(ANSWERED).first).to_be_visible()


def test_a_refused_change_leaves_the_keyboard_where_it_is(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/compare?season=holiday")
    page.get_by_text(ANSWERED).first.wait_for()
    page.get_by_role("slider").nth(1).focus()
    lever = page.evaluate(FOCUSED)
    page.keyboard.press("End")
    expect(page.get_by_text("That cannot be, so nothing was changed.")).to_be_visible()
    assert page.evaluate(FOCUSED) == lever


def test_a_bad_scenario_is_told_without_a_traceback(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    text = TOY.read_text(encoding="utf-8").replace("orders_per_day: 40", "orders_per_day: many")
    bad.write_text(text, encoding="utf-8")
    page = visit(browser, address)
    upload(page, bad)
    line = 1 + text[: text.index("orders_per_day")].count("\n")
    expect(page.get_by_text(f"bad.yaml:{line}:").first).to_be_visible()
    assert "Traceback" not in page.content()


def test_a_sizing_outlives_its_tab_and_is_canceled(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/size?season=holiday")
    page.get_by_role("button", name="Size this season").click()
    page.wait_for_function("location.search.includes('size=100')")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    link = page.evaluate("location.href")
    page.close()
    again = visit(browser, link)
    expect(again.get_by_text("It goes on when you close this tab").first).to_be_visible()
    again.get_by_role("button", name="Cancel").click()
    expect(again.get_by_role("button", name="Size this season")).to_be_visible()
    again.wait_for_function("!location.search.includes('size=')")
