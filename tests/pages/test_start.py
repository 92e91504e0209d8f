"""The start page, in three languages."""

import re
from html.parser import HTMLParser

import pytest

from app.languages.codes import LANGUAGES, LanguageCode
from app.texts.catalogues import translated
from app.texts.statuses import STATUSES, status_name
from tests.api import Api
from tests.makers import make_entry, make_proposed_entry, make_subject_field, make_withdrawn_entry

TITLE = "Compendium of theatre missile defence terms"


class Links(HTMLParser):
    """The addresses that a page leads to, and the tags that it never closes."""

    VOID = frozenset({"meta", "link", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in ("href", "action", "src") and value]
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_language_of_the_reader(api: Api, language: LanguageCode) -> None:
    answer = api.get("/", headers={"Accept-Language": f"{language};q=0.9, de"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{translated(TITLE, language)}</h1>" in answer.text
    assert api.get(f"/?lang={language}").content == answer.content


def test_the_page_differs_between_the_languages(api: Api) -> None:
    assert len({api.get(f"/?lang={language}").content for language in LANGUAGES}) == 3


def test_the_page_counts_the_entries_by_status(api: Api, database) -> None:
    with database.write() as db:
        for number in range(1, 4):
            make_entry(db, number=number)
        make_proposed_entry(db)
        make_withdrawn_entry(db)
    page = api.get("/").text
    shown = dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", page))
    assert shown == {status_name("agreed", "en"): "3", status_name("proposed", "en"): "1", "withdrawn": "1"}
    assert set(STATUSES) >= set(re.findall(r'<div class="(\w+)">', page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_link_of_the_page_leads_somewhere(api: Api, database, language: LanguageCode) -> None:
    with database.write() as db:
        make_subject_field(db)
        make_entry(db)
    page = Links()
    page.feed(api.get(f"/?lang={language}").text)
    page.close()
    assert page.open == []
    assert len(page.addresses) > 10
    for address in page.addresses:
        found = api.get(address, params={"q": "leurre"} if address == "/v1/search" else None)
        assert found.status_code == 200, address


def test_the_page_runs_no_script_and_loads_nothing_from_elsewhere(api: Api) -> None:
    answer = api.get("/")
    page = Links()
    page.feed(answer.text)
    assert page.scripts == 0
    assert [address for address in page.addresses if not address.startswith("/")] == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text


def test_an_unchanged_page_is_not_sent_again(api: Api, database) -> None:
    tag = api.get("/").headers["ETag"]
    assert api.get("/", headers={"If-None-Match": tag}).status_code == 304
    assert api.get("/", headers={"If-None-Match": tag, "Accept-Language": "ru"}).status_code == 200
    with database.write() as db:
        make_entry(db)
    assert api.get("/", headers={"If-None-Match": tag}).status_code == 200
