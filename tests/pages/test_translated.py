"""Pseudo-localisation: with a catalogue that marks every sentence, nothing unmarked may be left on a page.

Words of another language, and what is data, say so themselves by `lang` or `translate`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from app.pages import rendering
from app.texts import catalogues
from tests.api import Api
from tests.pages.furnishing import PATHS
from tests.pages.reading import Element, Page
from tests.pages.signing import Desk
from tests.pages.test_every_page import BROWSER
from tests.pages.test_working_pages import Looking, look_at_a_new_entry

MARKED = re.compile("⟦[^⟦⟧]*⟧")
DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
LEFT = (
    (rf"(?:{DAYS}) \d+(?:er)? (?:{MONTHS}) \d{{4}}, \d+\u00a0h\u00a0\d+", "an hour, by our own dates"),
    (rf"\d+(?:er)? (?:{MONTHS}) \d{{4}}", "a date, by Babel"),
    (r"\b(?:Anglais|Français|Russe)\b", "the name of a language, by Babel"),
    (r"\b(?:Royaume-Uni)\b", "the name of a country, by Babel"),
    (r"\b(?:EN|FR|RU)\b", "a code of a language"),
    (r"\bTMD-\d+(?:/\d+)?|[DP]\(\d+\)\d+", "a number"),
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A French catalogue in which every sentence is its English source between marks."""
    folder: Path = tmp_path_factory.mktemp("locale")
    with (catalogues.FOLDER / "fr" / "LC_MESSAGES" / "compendium.po").open("rb") as file:
        parsed = read_po(file, locale="fr")
    for message in parsed:
        if message.id:
            marks = [f"⟦{form}⟧" for form in ([*message.id] if message.pluralizable else [message.id])]
            message.string = tuple(marks) if message.pluralizable else marks[0]
    (folder / "fr" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "fr" / "LC_MESSAGES" / "compendium.po").open("wb") as file:
        write_po(file, parsed)
    kept = catalogues.FOLDER
    catalogues.FOLDER = folder
    catalogues.catalogue.cache_clear()
    rendering.environment.cache_clear()
    yield
    catalogues.FOLDER = kept
    catalogues.catalogue.cache_clear()
    rendering.environment.cache_clear()


def is_data(around: tuple[Element, ...]) -> bool:
    for element in around[1:]:
        if element.tag in ("code", "script", "textarea") or element.attributes.get("translate") == "no":
            return True
        if element.attributes.get("lang", "fr") != "fr":
            return True
    return False


def unmarked(text: str) -> str:
    """What is left of a text without its marked sentences and what Babel has said."""
    while MARKED.search(text):
        text = MARKED.sub("", text)
    for pattern, _ in LEFT:
        text = re.sub(pattern, "", text)
    return text


@pytest.mark.parametrize("path", PATHS)
def test_no_untranslated_string_reaches_a_page(quick: Api, marked: None, path: str) -> None:
    left = untranslated(Page(quick.get(f"/fr{path}", headers=BROWSER).text))
    if path.startswith("/search?q="):
        left = [text for text in left if f"{text.rstrip(' –')}" not in path]
    if path.startswith("/developers/api/"):
        left = [text for text in left if text != "GET /v1/search"]
    assert left == []


def untranslated(page: Page) -> list[str]:
    """What is left of the sentences of a page."""
    assert any("⟦" in text for text in page.texts())
    left = []
    data = sorted({text.strip() for text, around in page.said if is_data(around)}, key=len, reverse=True)
    for text, around in page.said:
        found = unmarked(text)
        if around[-1].tag in ("title", "meta"):
            # Terms stand there too, and cannot say so.
            for known in data:
                found = found.replace(known, "")
        if not is_data(around) and re.search(r"\w", re.sub(r"\d", "", found)):
            left.append(found.strip())
    return left


def test_no_untranslated_string_reaches_a_page_to_work_in(desk: Desk, marked: None) -> None:
    looking = Looking(desk, "fr")
    look_at_a_new_entry(looking)
    left = [(path, [text for text in untranslated(page) if text not in ("—", "•")]) for path, page in looking.seen]
    assert len(left) > 15
    assert [(path, texts) for path, texts in left if texts] == []


def test_an_unmarked_sentence_would_be_found() -> None:
    assert unmarked("⟦Decision ⟦of⟧ D(2026)0001⟧ adopted on 1er mai 2026").strip() == "adopted on"
