"""Misspelt queries, and terms that may have been meant."""

from typing import Any

import pytest

from app.entries.content import EntryContent
from tests.api import Api
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry
from tests.search.asking import answered, best, found, make_compendium, search


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        make_compendium(db)


MISSPELT = {
    "interseptor": "interceptor",  # another letter
    "interceptr": "interceptor",  # one left out
    "innterceptor": "interceptor",  # one too many
    "intecreptor": "interceptor",  # two swapped
    "manœuver": "manoeuvre",
    "défense antimisile": "défense antimissile",
    "misssile balistiqe": "missile balistique",
    "баллистичская ракта": "баллистическая ракета",
    "ракетами-перехвачиками": "ракета-перехватчик",
    "активнный участак троектории": "активный участок траектории",
    "ghjnbdjhfrnyfz j,jhjyf": "противоракетная оборона",  # on the wrong keyboard as well
    "protivoraketnaya abarona": "противоракетная оборона",  # in Latin letters as well
    "boots phase": "boost phase",
}


def test_a_misspelt_term_is_found(api: Api, compendium: None) -> None:
    assert {query: best(api, query) for query in MISSPELT} == {
        query: (term, "fuzzy") for query, term in MISSPELT.items()
    }
    scores = [search(api, query)[0]["match"]["score"] for query in MISSPELT]
    assert all(0.75 <= score < 1 for score in scores)


def test_a_term_with_another_word_is_only_asked_about(api: Api, compendium: None) -> None:
    for query, near in {
        "точка зрения": "точка падения",
        "point of view": "point of impact",
        "système d'alerte avancée": "radar d'alerte avancée",
    }.items():
        answer = answered(api, query)
        assert answer["hits"] == []
        assert near in answer["did_you_mean"]


def test_what_resembles_no_term_is_not_asked_about(api: Api, compendium: None) -> None:
    for query in ("хоровод", "breakfast", "petit déjeuner", "123456"):
        answer = answered(api, query)
        assert (answer["hits"], answer["did_you_mean"]) == ([], []), query


def test_an_abbreviation_is_not_taken_for_another(api: Api, database) -> None:
    with database.write() as db:
        for language, short in (("ru", "ПРО"), ("en", "COMMS")):
            text = body(**{language: short})
            text["languages"][language]["terms"][0]["type"] = "abbreviation"
            adopt_entry(db, EntryContent.model_validate(text))
    assert search(api, "ПВО") == []
    assert search(api, "pomme") == []
    assert best(api, "COMSM") == ("COMMS", "fuzzy")


def test_nothing_is_corrected_where_something_was_found(api: Api, compendium: None) -> None:
    answer = answered(api, "missile")
    assert {hit["match"]["kind"] for hit in answer["hits"]} == {"prefix", "part"}
    assert answer["did_you_mean"] == []


def test_asked_for_by_itself_it_finds_terms_that_are_nearly_the_query(api: Api, compendium: None) -> None:
    assert found(api, "interceptor", match="fuzzy") == [
        ("interceptor", "exact"),
    ]
    assert found(api, "interceptors", match="fuzzy") == [("interceptor", "fuzzy")]
    assert found(api, "intercep", match="fuzzy") == []


def test_filters_hold_for_what_is_nearly_the_query_too(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, "threat", en="interceptor")
        make_proposed_entry(db, "sensors", en="interceptors")
    assert [hit["entry"]["status"] for hit in search(api, "intreceptor")] == ["agreed", "proposed"]
    assert [hit["entry"]["status"] for hit in search(api, "intreceptor", status="proposed")] == ["proposed"]
    assert len(search(api, "intreceptor", subject="sensors")) == 1
    assert search(api, "intreceptor", **{"in": "fr"}) == []


def test_the_nearest_comes_first_and_pages_follow_one_another(api: Api, database) -> None:
    with database.write() as db:
        for term in ("interception", "interceptor", "interceptors", "interceptor", "interception"):
            make_entry(db, en=term, fr=None, ru=None)
    whole: list[dict[str, Any]] = search(api, "intercepter", match="fuzzy", limit=200)
    scores = [hit["match"]["score"] for hit in whole]
    assert scores == sorted(scores, reverse=True)
    assert len(whole) == 5
    for size in (1, 2, 3):
        pages = api.pages("/v1/search", q="intercepter", match="fuzzy", limit=size)
        assert [hit for page in pages for hit in page["hits"]] == whole


def test_a_suggestion_names_each_term_once_and_only_a_few(api: Api, database) -> None:
    with database.write() as db:
        for place in range(12):
            make_entry(db, en=f"radar station {place % 8}", fr=None, ru=None)
    suggested = answered(api, "sonar station nord")["did_you_mean"]
    assert len(suggested) == len(set(suggested)) <= 5
    assert suggested
