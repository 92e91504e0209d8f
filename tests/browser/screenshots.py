"""`python -m tests.browser.screenshots`: pictures of the main pages in the three languages.

Those that the README shows go into docs/screenshots, the others into build/screenshots.
"""

import tempfile
from pathlib import Path

from tests.browser.real_browser import running_browser
from tests.browser.serving import served_with_everything

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


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        served_with_everything(Path(scratch)) as service,
        running_browser() as browser,
    ):
        for name, path, (width, height), theme in PICTURES:
            context = browser.new_context(
                base_url=service.url,
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
            )
            page = context.new_page()
            page.goto(path)
            page.screenshot(path=ROOT / ("docs" if name in SHOWN else "build") / "screenshots" / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
