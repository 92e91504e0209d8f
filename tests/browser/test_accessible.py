"""WCAG 2.2 AA: axe-core finds nothing, everything is reached by keyboard, nothing is lost on a narrow screen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.languages.codes import LANGUAGES
from tests.browser.conftest import Visit
from tests.browser.real_browser import axe
from tests.browser.serving import ERRORS, PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

each_page = pytest.mark.parametrize("path", PAGES)


def found_by_axe(page: Page, run_only: dict[str, Any]) -> list[str]:
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", run_only)
    return [
        f"{page.url} {one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@each_page
def test_axe_finds_nothing_in_any_language_and_either_theme(reader: Page, path: str) -> None:
    found: list[str] = []
    said: list[str] = []
    reader.on("console", lambda message: said.append(message.text))
    for language in LANGUAGES:
        reader.emulate_media(color_scheme="light")
        reader.goto(f"/{language}{path}")
        # Evaluated, not added: the policy of the pages would rightly refuse a script from elsewhere.
        reader.evaluate(axe())
        found += found_by_axe(reader, {"type": "tag", "values": RULES})
        # Themes differ in colours alone.
        reader.emulate_media(color_scheme="dark")
        found += found_by_axe(reader, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    assert found == []
    # Of a page that is an error, browsers say so.
    assert [text for text in said if path not in ERRORS or "the server responded" not in text] == []


@each_page
def test_nothing_is_cut_off_on_a_narrow_screen(reader: Page, path: str) -> None:
    """WCAG 1.4.10: at 320 pixels only what needs two dimensions may be scrolled sideways."""
    reader.set_viewport_size({"width": 320, "height": 640})
    reader.goto(f"/ru{path}")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=ракетами", "/entries/TMD-0001", "/entries/TMD-2001", "/subjects/effects", "/preferences"],
)
def test_everything_is_reached_by_keyboard_and_shows_where_one_is(visit: Visit, path: str) -> None:
    page = visit(f"/fr{path}")
    expected = page.evaluate(
        "(wanted) => [...document.querySelectorAll(wanted)].filter(e => e.checkVisibility()).length", FOCUSABLE
    )
    reached = set()
    unseen = []
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        place, seen = page.evaluate(
            """(wanted) => {
                const e = document.activeElement;
                const box = e.tagName === 'a' ? e.querySelector('rect') : e;
                const style = getComputedStyle(box);
                const shown = style.outlineStyle !== 'none' || parseFloat(style.strokeWidth) >= 3;
                return [[...document.querySelectorAll(wanted)].indexOf(e), shown];
            }""",
            FOCUSABLE,
        )
        if place >= 0:
            reached.add(place)
            if not seen:
                unseen.append(place)
    assert len(reached) == expected
    assert unseen == []


def test_the_first_tab_offers_to_skip_to_the_content(visit: Visit) -> None:
    page = visit("/ru/entries/TMD-0001")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_shortcut_leads_to_the_search(visit: Visit) -> None:
    page = visit("/fr/entries/TMD-0001")
    page.keyboard.press("Control+k")
    expect(page.locator("#top-q")).to_be_focused()


def test_a_closed_part_is_opened_by_keyboard(visit: Visit) -> None:
    page = visit("/en/search?q=ракета")
    page.locator(".narrow summary").focus()
    page.keyboard.press("Enter")
    box = page.locator('input[name="in"][value="ru"]')
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**in=ru**")
    assert page.locator(".hit h3 [lang]").first.get_attribute("lang") == "ru"
