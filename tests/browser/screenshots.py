"""`python -m tests.browser.screenshots`: pictures of the main pages in the three languages.

Those that the README shows go into docs/screenshots, the others into build/screenshots.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.languages.codes import LANGUAGES, LanguageCode
from tests.browser.real_browser import running_browser
from tests.browser.serving import Everything, served_with_everything
from tests.pages.signing import PASSWORD

ROOT = Path(__file__).parents[2]
SHOWN = frozenset({"entry-fr", "search-ru", "entry-en"})
"""Those in the README."""

DESK, PHONE = (1280, 900), (390, 844)

PICTURES: tuple[tuple[str, str, tuple[int, int], str], ...] = (
    ("start-en", "/en/", DESK, "light"),
    ("start-ru-dark", "/ru/", DESK, "dark"),
    ("search-ru", "/ru/search?q=ракетами", DESK, "light"),
    ("search-fr-misspelt", "/fr/search?q=intercepteurrr", DESK, "light"),
    ("entry-en", "/en/entries/TMD-0279", DESK, "light"),
    ("entry-fr", "/fr/entries/TMD-0001", DESK, "light"),
    ("entry-ru-dark", "/ru/entries/TMD-0140", DESK, "dark"),
    ("entry-ru-phone", "/ru/entries/TMD-0279", PHONE, "light"),
    ("entry-fr-reserved", "/fr/entries/TMD-2001", DESK, "light"),
    ("entry-en-diverged", "/en/entries/TMD-1003", DESK, "light"),
    ("history-fr", "/fr/entries/TMD-2001/history", DESK, "light"),
    ("index-ru", "/ru/index/ru/П", DESK, "light"),
    ("subjects-fr", "/fr/subjects", DESK, "light"),
    ("subject-en", "/en/subjects/effects", DESK, "light"),
    ("decision-ru", "/ru/decisions/D(2026)0007", DESK, "light"),
    ("about-fr", "/fr/about", DESK, "light"),
    ("developers-en", "/en/developers", DESK, "light"),
    ("error-ru", "/ru/nowhere", DESK, "light"),
)


WORKING: tuple[tuple[str, str, str], ...] = (
    ("board", "nato-co-chair", "/proposals"),
    ("proposal", "russia-representative", "/proposals/{review}"),
    ("under-silence", "nato-delegate", "/proposals/{silent}"),
    ("writing", "nato-delegate", "/proposals/{review}/revise"),
    ("proposing", "nato-delegate", "/propose"),
    ("objection", "russia-representative", "/proposals/{silent}/events/break"),
    ("queue", "secretariat", "/queue"),
    ("silence", "nato-co-chair", "/silences/{silence}"),
    ("account", "nato-delegate", "/account"),
)
"""Pages to work in: each is taken as a whole, in the three languages, and once in the dark and on a phone."""


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        served_with_everything(Path(scratch)) as everything,
        running_browser() as browser,
    ):
        for name, path, size, theme in PICTURES:
            page = opened(browser, everything, size, theme)
            page.goto(path)
            page.screenshot(path=place_of(name))
            page.context.close()
        for language in LANGUAGES:
            take_working(browser, everything, language, DESK, "light", "")
        take_working(browser, everything, "fr", DESK, "dark", "-dark")
        take_working(browser, everything, "ru", PHONE, "light", "-phone")


def opened(browser: Browser, everything: Everything, size: tuple[int, int], theme: str) -> Page:
    """A browser of somebody."""
    return browser.new_context(
        base_url=everything.service.url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        timezone_id="Europe/Paris",
    ).new_page()


def take_working(
    browser: Browser, everything: Everything, language: LanguageCode, size: tuple[int, int], theme: str, mark: str
) -> None:
    """The pages to work in, each as one who has something to do there sees it."""
    people: dict[str, Page] = {}
    for name, account, path in WORKING:
        if account not in people:
            people[account] = opened(browser, everything, size, theme)
            people[account].goto(f"/{language}/sign-in")
            people[account].fill("#f-sign-in-name", account)
            people[account].fill("#f-sign-in-password", PASSWORD)
            people[account].locator("main form button").click()
        people[account].goto(f"/{language}{path.format(**everything.work)}")
        people[account].screenshot(path=place_of(f"{name}-{language}{mark}"), full_page=True)
    for page in people.values():
        page.context.close()


def place_of(name: str) -> Path:
    return ROOT / ("docs" if name in SHOWN else "build") / "screenshots" / f"{name}.png"


if __name__ == "__main__":
    main()
