"""Entries are found by their numbers, as they stand in papers, however they are typed."""

import pytest

from app.entries.content import EntryContent
from tests.api import Api
from tests.makers import adopt_entry, body, make_entry
from tests.pages.reading import Page
from tests.search.asking import answered, found, search


@pytest.fixture
def decoy(database) -> None:
    with database.write() as db:
        make_entry(db, number=34)


@pytest.mark.parametrize("query", ["TMD-0034", "tmd-0034", " TMD–0034 ", "TMD 0034", "TMD0034", "TMD-0034/2"])
def test_an_entry_is_found_by_its_number(api: Api, decoy: None, query: str) -> None:
    (hit,) = search(api, query)
    assert (hit["entry"]["number"], hit["matched"]["text"]) == ("TMD-0034", "decoy")
    assert hit["match"] == {"kind": "number", "score": 1.0}


@pytest.mark.parametrize("query", ["TMD-0035", "TMD-9999999999", "TMD-00341", "TMD 34", "34", "0034", "ABM-0034"])
def test_what_is_not_the_number_of_an_entry_finds_none(api: Api, decoy: None, query: str) -> None:
    assert search(api, query) == []


def test_what_the_entry_is_called_is_the_term_found(api: Api, database) -> None:
    text = body(fr=None)
    english, russian = text["languages"]["en"]["terms"], text["languages"]["ru"]["terms"]
    english.insert(0, {"text": "DCY", "type": "acronym", "acceptability": "preferred"})
    russian.insert(0, {"text": "обманка", "gender": "feminine", "acceptability": "deprecated"})
    with database.write() as db:
        adopt_entry(db, EntryContent.model_validate(text), number=34)
    assert found(api, "TMD-0034") == [("decoy", "number")]
    assert found(api, "TMD-0034", **{"in": "ru"}) == [("ложная цель", "number")]
    assert found(api, "TMD-0034", **{"in": "fr"}) == []


def test_a_number_is_narrowed_as_a_term_is(api: Api, decoy: None) -> None:
    assert search(api, "TMD-0034", status="agreed", subject="threat") != []
    assert search(api, "TMD-0034", status="proposed") == []
    assert search(api, "TMD-0034", subject="command") == []


@pytest.mark.parametrize("mode", ["exact", "prefix", "fuzzy", "fulltext"])
def test_no_mode_that_is_asked_for_looks_for_numbers(api: Api, decoy: None, mode: str) -> None:
    assert search(api, "TMD-0034", match=mode) == []


def test_a_term_that_looks_like_a_number_comes_first(api: Api, decoy: None, database) -> None:
    with database.write() as db:
        make_entry(db, number=35, en="TMD-0034", fr=None, ru=None)
    assert found(api, "TMD-0034") == [("TMD-0034", "exact")]


def test_the_one_page_is_all(api: Api, decoy: None) -> None:
    assert answered(api, "TMD-0034", limit=1)["next"] is None


def test_the_page_leads_to_the_entry(api: Api, decoy: None) -> None:
    page = Page(api.get("/fr/search?q=TMD-0034", headers={"Accept": "text/html"}).text)
    assert "/fr/entries/TMD-0034" in page.addresses
    assert "le numéro de l’entrée" in page.texts()
