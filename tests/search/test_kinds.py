"""How a query may be typed, and what each hit says of the way in which it was read."""

import pytest

from tests.api import Api
from tests.makers import make_entry, make_proposed_entry
from tests.search.asking import answered, best, found, make_compendium, search


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        make_compendium(db)


# What is typed, the term that comes first, and by which kind of match.
TYPED = [
    # as it stands in the entry, but for what does not tell terms apart
    ("TMD", "TMD", "exact"),
    ("ракета перехватчик", "ракета-перехватчик", "exact"),
    ("manœuvre", "manoeuvre", "exact"),
    # other forms
    ("ballistic missiles", "ballistic missile", "inflected"),
    ("theater missile defense", "theatre missile defence", "inflected"),
    ("les missiles balistiques", "missile balistique", "inflected"),
    ("de l'intercepteur", "intercepteur", "inflected"),
    ("radars d’alerte avancée", "radar d'alerte avancée", "inflected"),
    ("противоракетной обороны", "противоракетная оборона", "inflected"),
    ("баллистическими ракетами", "баллистическая ракета", "inflected"),
    ("активного участка траектории", "активный участок траектории", "inflected"),
    ("разделяющихся головных частей", "разделяющаяся головная часть", "inflected"),
    # another order
    ("missile, ballistic", "ballistic missile", "reordered"),
    ("ракета баллистическая", "баллистическая ракета", "reordered"),
    # letters of another alphabet that look alike
    ("ПPО", "ПРО", "lookalike"),
    ("TМD", "TMD", "lookalike"),
    ("рaкетa-пeрeхвaтчик", "ракета-перехватчик", "lookalike"),
    # Russian in Latin letters
    ("ballisticheskaya raketa", "баллистическая ракета", "transliterated"),
    ("protivoraketnaja oborona", "противоракетная оборона", "transliterated"),
    ("raketa-perexvatchik", "ракета-перехватчик", "transliterated"),
    ("raketami-perehvatchikami", "ракета-перехватчик", "transliterated"),
    # the wrong keyboard layout
    ("hfrtnf-gtht[dfnxbr", "ракета-перехватчик", "layout"),
    ("GHJ", "ПРО", "layout"),
    ("ьшыышду вуаутсу", "missile defence", "layout"),
    # nothing of the kind
    ("головная боль", None, None),
    ("point of view", None, None),
    ("zone piétonne", None, None),
    # misspelt
    ("balistic missle", "ballistic missile", "fuzzy"),
    ("intercepteurr", "intercepteur", "fuzzy"),
    ("противоракетнная оброна", "противоракетная оборона", "fuzzy"),
    ("балистических рокет", "баллистическая ракета", "fuzzy"),
    # not finished
    ("early war", "early warning radar", "prefix"),
    ("баллистическая рак", "баллистическая ракета", "prefix"),
]


def test_a_term_is_found_in_whatever_way_it_is_typed(api: Api, compendium: None) -> None:
    expected = {query: (term, kind) if term else None for query, term, kind in TYPED}
    assert {query: best(api, query) for query in expected} == expected


def test_scores_tell_how_far_a_reading_is_from_what_was_typed(api: Api, compendium: None) -> None:
    queries = ("БР", "баллистическими ракетами", "ракета баллистическая", "ПPО", "raketa-perekhvatchik", "GHJ")
    scores = [search(api, query)[0]["match"]["score"] for query in queries]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert len(set(scores)) == len(scores)


def test_what_is_typed_is_trusted_before_other_readings(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en=None, fr="bombes", ru=None)
        make_entry(db, en=None, fr=None, ru="бомба")
    assert found(api, "bombe", match="auto") == [("bombes", "inflected"), ("бомба", "transliterated")]


def test_a_term_as_it_stands_needs_no_other_reading(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="pro", fr=None, ru=None)
        make_entry(db, en=None, fr=None, ru="про")
    assert found(api, "pro") == [("pro", "exact")]
    assert found(api, "pro", **{"in": "ru"}) == [("про", "transliterated")]


def test_of_words_with_one_stem_the_nearer_form_comes_first(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="tracking", ru=None)
        make_proposed_entry(db, en="track", ru=None)
    assert found(api, "tracks", **{"in": "en"}) == [("track", "inflected"), ("tracking", "inflected")]


@pytest.mark.parametrize("mode", ["exact", "prefix"])
def test_a_mode_does_what_it_says_and_nothing_else(api: Api, compendium: None, mode: str) -> None:
    for query in (
        "ballistic missiles",
        "missile, ballistic",
        "ПPО",
        "raketa-perekhvatchik",
        "GHJ",
        "balistic missle",
    ):
        answer = answered(api, query, match=mode)
        assert (answer["hits"], answer["did_you_mean"]) == ([], []), query


def test_an_entry_is_found_by_the_best_of_its_readings_only(api: Api, compendium: None) -> None:
    hits = search(api, "баллистическая ракета")
    ids = [hit["entry"]["id"] for hit in hits]
    assert len(ids) == len(set(ids))
    assert hits[0]["match"]["kind"] == "exact"
