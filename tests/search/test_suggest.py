"""Suggestions while a term is typed."""

from typing import Any

import pytest

from app.entries.content import EntryContent
from tests.api import Api, problem_of
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry
from tests.search.asking import make_compendium


def suggested(api: Api, query: str, **params: Any) -> list[str]:
    answer = api.get("/v1/suggest", params={"q": query, **params})
    assert answer.status_code == 200, answer.text
    return [item["text"] for item in answer.json()["items"]]


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        make_compendium(db)


def test_any_word_of_a_term_may_be_begun(api: Api, compendium: None) -> None:
    for query, term in (
        ("ball", "ballistic missile"),
        ("missile def", "theatre missile defence"),
        ("avanc", "radar d'alerte avancée"),
        ("téte", "corps de rentrée à têtes multiples"),
        ("перехват", "ракета-перехватчик"),
        ("траект", "активный участок траектории"),
        ("военных", "противоракетная оборона на театре военных действий"),
        ("entry veh", "multiple independently targetable re-entry vehicle"),
    ):
        assert term in suggested(api, query)


def test_abbreviations_come_first_then_terms_that_begin_so_then_short_ones(api: Api, compendium: None) -> None:
    assert suggested(api, "про") == [
        "ПРО",
        "ПРО ТВД",
        "противоракетная оборона",
        "противоракетная оборона на театре военных действий",
    ]
    assert suggested(api, "missile") == [
        "missile defence",
        "missile balistique",
        "ballistic missile",
        "theatre missile defence",
    ]


def test_a_term_is_suggested_once(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="radar radar", fr=None, ru=None)
    assert suggested(api, "rad") == ["radar radar"]


def test_what_is_agreed_comes_before_what_is_proposed(api: Api, database) -> None:
    with database.write() as db:
        make_proposed_entry(db, en="flare", ru=None)
        make_entry(db, en="flare", ru=None)
    items = api.get("/v1/suggest?q=fla").json()["items"]
    assert [item["status"] for item in items] == ["agreed", "proposed"]


def test_what_is_out_of_use_comes_last_and_is_marked(api: Api, database) -> None:
    text = body(ru=None)
    text["languages"]["en"]["terms"] = [{"text": "radar picket"}, {"text": "radar", "acceptability": "deprecated"}]
    with database.write() as db:
        adopt_entry(db, EntryContent.model_validate(text))
    items = api.get("/v1/suggest?q=rad").json()["items"]
    assert [(item["text"], item["acceptability"]) for item in items] == [
        ("radar picket", "preferred"),
        ("radar", "deprecated"),
    ]


def test_a_wrong_layout_or_alphabet_is_seen_through(api: Api, compendium: None) -> None:
    for query, term in {"hfrtnf-gt": "ракета-перехватчик", "ПPО": "ПРО", "ьфтщуг": "manoeuvre"}.items():
        assert term in suggested(api, query)


def test_only_the_languages_asked_for_are_suggested(api: Api, compendium: None) -> None:
    assert suggested(api, "missile", **{"in": "fr"}) == ["missile balistique"]
    assert suggested(api, "missile", **{"in": "ru"}) == []


def test_there_are_no_more_than_asked_for(api: Api, compendium: None) -> None:
    assert len(suggested(api, "m", limit=2)) == 2
    problem = problem_of(api.get("/v1/suggest?q=m&limit=51"), 422, "validation_failed")
    assert problem["field"] == "limit"


def test_a_single_letter_in_a_large_compendium_reads_a_bounded_part_of_it(api: Api, database) -> None:
    with database.write() as db:
        for place in range(260):
            make_entry(db, en=f"mine {place:03}", fr=None, ru=None)
        short = body(en="zmine")
        short["languages"]["en"]["terms"][0] |= {"text": "MZ", "type": "abbreviation"}
        adopt_entry(db, EntryContent.model_validate(short))
    first = suggested(api, "m", limit=3)
    assert first == ["MZ", "mine 000", "mine 001"]
