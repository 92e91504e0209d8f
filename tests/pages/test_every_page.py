"""What holds of every page, in every language."""

import re
from urllib.parse import unquote

import pytest
from sqlalchemy import event

from app.languages.codes import LANGUAGES, LanguageCode
from tests.api import Api
from tests.pages.furnishing import PATHS
from tests.pages.reading import Page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ERRORS = {"/entries/TMD-0999": 404, "/nowhere": 404, "/index/xx": 422, "/search?q=!!": 422}
LARGEST, MOST_QUERIES = 60_000, 10

each_page = pytest.mark.parametrize("path", PATHS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_page
@each_language
def test_a_page_is_whole_small_and_asks_little(quick: Api, small, language: LanguageCode, path: str) -> None:
    asked: list[str] = []
    with small.read() as db:
        engine = db.get_bind()

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = quick.get(f"/{language}{path}", headers=BROWSER)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == ERRORS.get(path, 200)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert len(answer.content) <= LARGEST
    assert len(asked) <= MOST_QUERIES, asked
    page = Page(answer.text)
    assert page.tags[0].attributes == {"lang": language}
    assert [tag for tag in page.tags if tag.tag == "h1"], "no heading"
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids)), "an id stands twice"


def test_every_page_is_there_on_both_engines(site: Api) -> None:
    found = {path: site.get(f"/fr{path}", headers=BROWSER).status_code for path in PATHS}
    assert found == {path: ERRORS.get(path, 200) for path in PATHS}


@each_page
def test_a_page_runs_nothing_inline_and_loads_nothing_from_elsewhere(quick: Api, path: str) -> None:
    answer = quick.get(f"/en{path}", headers=BROWSER)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    page = Page(answer.text)
    loaded = [
        tag.attributes.get("src", tag.attributes.get("href", ""))
        for tag in page.tags
        if tag.tag in ("script", "img", "iframe") or tag.attributes.get("rel") in ("stylesheet", "icon")
    ]
    assert len(loaded) == 3
    assert [address for address in loaded if not address.startswith("/static/")] == []
    assert [name for tag in page.tags for name in tag.attributes if name.startswith("on") or name == "style"] == []
    assert not re.search(r"<style|<script(?! type=\"module\" src=)", answer.text)
    assert "Set-Cookie" not in answer.headers


@each_language
def test_every_link_of_a_page_to_the_service_leads_somewhere(quick: Api, language: LanguageCode) -> None:
    seen: set[str] = set()
    for path in PATHS:
        seen |= set(Page(quick.get(f"/{language}{path}", headers=BROWSER).text).addresses)
    own = {address.removeprefix("http://compendium.test") for address in seen}
    own = {address for address in own if address.startswith("/") and not address.startswith("/openapi")}
    assert len(own) > 50
    broken = [
        address
        for address in sorted(own)
        # Error pages have addresses in the other languages that lead to the same error.
        if not any(unquote(address[3:]) == path for path in ERRORS)
        and quick.get(address, headers=BROWSER).status_code not in (200, 303)
        and address != f"/{language}/preferences"
    ]
    assert broken == []


@each_page
def test_a_page_names_itself_in_the_other_languages(quick: Api, path: str) -> None:
    page = Page(quick.get(f"/fr{path}", headers=BROWSER).text)
    links = [tag.attributes for tag in page.tags if tag.tag == "link"]
    plain = path.partition("?")[0]
    if any(tag.attributes.get("name") == "robots" for tag in page.tags):
        assert path in ERRORS or plain in ("/search", "/preferences", "/sign-in")
        return
    assert [link["href"] for link in links if link["rel"] == "canonical"] == [f"http://compendium.test/fr{plain}"]
    others = {link["hreflang"]: link["href"] for link in links if "hreflang" in link and link["rel"] == "alternate"}
    assert {code: others[code] for code in LANGUAGES} == {
        code: f"http://compendium.test/{code}{plain}" for code in LANGUAGES
    }
    assert "x-default" in others
    properties = {tag.attributes["property"] for tag in page.tags if "property" in tag.attributes}
    assert {"og:title", "og:description", "og:url", "og:locale"} <= properties


@each_page
def test_the_language_switch_keeps_the_question(quick: Api, path: str) -> None:
    page = Page(quick.get(f"/en{path}", headers=BROWSER).text)
    switch = [tag.attributes["href"] for tag in page.tags if tag.tag == "a" and "hreflang" in tag.attributes]
    assert f"/ru{path.partition('?')[0]}" in [address.partition("?")[0] for address in switch]
    if "?" in path:
        assert [address for address in switch if "q=" in address]
