"""Terms that have the words of a query in them."""

import pytest

from tests.api import Api
from tests.makers import make_entry
from tests.search.asking import answered, best, found, search

TERMS = (
    {
        "en": "Hague Code of Conduct against Ballistic Missile Proliferation",
        "fr": "Code de conduite de La Haye contre la prolifération des missiles balistiques",
        "ru": "Гаагский кодекс поведения по предотвращению распространения баллистических ракет",
    },
    {"en": "terminal phase", "fr": "phase terminale", "ru": "конечный участок траектории"},
    {"en": "high-altitude nuclear explosion", "fr": "explosion nucléaire à haute altitude", "ru": "ложная цель"},
    {"en": "detection range", "fr": "portée de détection", "ru": "дальность обнаружения"},
)


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        for terms in TERMS:
            make_entry(db, **terms)


PARTS = {
    "code of conduct": "Hague Code of Conduct against Ballistic Missile Proliferation",
    "codes of conduct": "Hague Code of Conduct against Ballistic Missile Proliferation",
    "missile proliferation": "Hague Code of Conduct against Ballistic Missile Proliferation",
    "conduct": "Hague Code of Conduct against Ballistic Missile Proliferation",
    "nuclear explosions": "high-altitude nuclear explosion",
    "haute altitude": "explosion nucléaire à haute altitude",
    "prolifération des missiles": "Code de conduite de La Haye contre la prolifération des missiles balistiques",
    "кодексом поведения": "Гаагский кодекс поведения по предотвращению распространения баллистических ракет",
    "баллистические ракеты": "Гаагский кодекс поведения по предотвращению распространения баллистических ракет",
    "участка траектории": "конечный участок траектории",
    "кoдекс поведения": "Гаагский кодекс поведения по предотвращению распространения баллистических ракет",
}


def test_a_term_is_found_by_words_that_stand_together_in_it(api: Api, compendium: None) -> None:
    assert {query: best(api, query) for query in PARTS} == {query: (term, "part") for query, term in PARTS.items()}
    scores = [search(api, query)[0]["match"]["score"] for query in PARTS]
    assert all(0 < score < 0.8 for score in scores)


@pytest.mark.parametrize(
    "query",
    ["code of missile", "conduct code", "ondu", "altitude explosion", "кодекс распространения", "целый", "portes"],
)
def test_words_that_stand_apart_or_are_other_words_find_no_part(api: Api, compendium: None, query: str) -> None:
    assert "part" not in [kind for _, kind in found(api, query)]


@pytest.mark.parametrize("mode", ["exact", "prefix", "fuzzy"])
def test_no_mode_that_is_asked_for_looks_into_terms(api: Api, compendium: None, mode: str) -> None:
    assert "part" not in [kind for query in PARTS for _, kind in found(api, query, match=mode)]


def test_parts_come_after_what_is_the_query_or_begins_with_it_and_the_shortest_first(api: Api, database) -> None:
    with database.write() as db:
        for term in ("air-launched cruise missile", "cruise missile", "missile battery", "missile", "missiles"):
            make_entry(db, en=term, fr=None, ru=None)
    assert found(api, "missile") == [
        ("missile", "exact"),
        ("missiles", "inflected"),
        ("missile battery", "prefix"),
        ("cruise missile", "part"),
        ("air-launched cruise missile", "part"),
    ]
    scores = [hit["match"]["score"] for hit in search(api, "missile")]
    assert scores[3:] == sorted(scores[3:], reverse=True)


def test_an_entry_is_listed_once_however_many_of_its_words_match(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="system of systems", fr="système de systèmes", ru=None)
        make_entry(db, en="radar", fr="radar", ru=None)
        make_entry(db, en="tracking radar", fr="radar de poursuite", ru=None)
    for query, kinds in {"systems": ["part"], "radar": ["exact", "prefix"]}.items():
        hits = answered(api, query)["hits"]
        assert [hit["match"]["kind"] for hit in hits] == kinds


def test_filters_hold_for_parts_too(api: Api, compendium: None) -> None:
    assert best(api, "conduct", **{"in": "en"}) is not None
    assert search(api, "conduct", **{"in": "ru"}) == []
    assert search(api, "conduct", status="proposed") == []
    assert search(api, "conduct", subject="sensors") == []
