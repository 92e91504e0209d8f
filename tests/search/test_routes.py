"""Look-up through HTTP: what is found, in which order, and page by page."""

from typing import Any

import pytest

from app.entries.content import EntryContent
from tests.api import Api, problem_of
from tests.makers import (
    adopt_entry,
    content,
    make_entry,
    make_proposed_entry,
    make_withdrawn_entry,
    section,
)


def search(api: Api, query: str, **params: Any) -> list[dict[str, Any]]:
    """The hits for a query, best first."""
    answer = api.get("/v1/search", params={"q": query, **params})
    assert answer.status_code == 200, answer.text
    hits: list[dict[str, Any]] = answer.json()["hits"]
    return hits


def found(api: Api, query: str, **params: Any) -> list[str]:
    """The matched terms for a query, best first."""
    return [hit["matched"]["text"] for hit in search(api, query, **params)]


@pytest.fixture
def words(database) -> None:
    """A few entries with the letters and forms that make look-up hard."""
    with database.write() as db:
        defence = {
            "en": section("en", "theatre missile defence", "TMD"),
            "fr": section("fr", "défense antimissile de théâtre", "DAMT"),
            "ru": section("ru", "противоракетная оборона на театре военных действий", "ПРО ТВД"),
        }
        for part in defence.values():
            full, short = part["terms"]
            short |= {"type": "abbreviation", "abbreviation_of": full["text"]}
        adopt_entry(db, EntryContent.model_validate({"subject_fields": ["defence"], "languages": defence}))
        make_entry(db, en="re-entry vehicle", fr="corps de rentrée", ru="головная часть, входящая в атмосферу")
        make_entry(db, en="manoeuvre", fr="manœuvre", ru="манёвр")
        make_entry(db, "threat", en="tracking", fr="poursuite", ru="сопровождение цели")
        make_entry(db, "surveillance", en="tracking", fr="suivi", ru="слежение")


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("theatre missile defence", "theatre missile defence"),
        ("Theatre Missile DEFENCE", "theatre missile defence"),
        ("theatre-missile-defence", "theatre missile defence"),
        ("defense antimissile de theatre", "défense antimissile de théâtre"),
        ("DÉFENSE ANTIMISSILE DE THÉÂTRE", "défense antimissile de théâtre"),
        ("défense antimissile de théâtre", "défense antimissile de théâtre"),
        ("tmd", "TMD"),
        ("T.M.D.", "TMD"),
        ("про твд", "ПРО ТВД"),
        ("ПРО-ТВД", "ПРО ТВД"),
        ("reentry vehicle", "re-entry vehicle"),
        ("re‑entry vehicle", "re-entry vehicle"),
        ("  re  entry  vehicle ", "re-entry vehicle"),
        ("манёвр", "манёвр"),
        ("маневр", "манёвр"),
        ("МАНЁВР", "манёвр"),
        ("manoeuvre", "manoeuvre"),
        ("«головная часть, входящая в атмосферу»", "головная часть, входящая в атмосферу"),
    ],
)
def test_a_term_is_found_however_it_is_typed(api: Api, words: None, query: str, term: str) -> None:
    hits = search(api, query)
    assert hits[0]["matched"]["text"] == term
    assert hits[0]["match"] == {"kind": "exact", "score": 1.0}


def test_a_hit_says_what_a_reader_needs(api: Api, words: None) -> None:
    (hit,) = search(api, "damt")
    number = hit["entry"]["number"]
    assert hit["entry"] == {
        "id": int(number.removeprefix("TMD-")),
        "number": number,
        "status": "agreed",
        "subject_fields": ["defence"],
        "uri": f"http://127.0.0.1:8000/id/{number}",
    }
    assert hit["matched"] == {
        "language": "fr",
        "text": "DAMT",
        "type": "abbreviation",
        "acceptability": "admitted",
        "abbreviation_of": "défense antimissile de théâtre",
    }
    assert (hit["warnings"], hit["gist"], hit["snippet"]) == ([], None, None)
    assert [term["text"] for term in hit["terms"]["ru"]] == [
        "противоракетная оборона на театре военных действий",
        "ПРО ТВД",
    ]


def test_homographs_are_both_found(api: Api, words: None) -> None:
    hits = search(api, "tracking")
    assert [hit["matched"]["text"] for hit in hits] == ["tracking", "tracking"]
    assert {hit["terms"]["fr"][0]["text"] for hit in hits} == {"poursuite", "suivi"}


def test_an_entry_is_found_once_by_the_best_of_its_terms(api: Api, database) -> None:
    with database.write() as db:
        several = content(en="radar").model_dump(mode="json")
        several["languages"]["en"] = section("en", "radar station", "radar")
        adopt_entry(db, EntryContent.model_validate(several))
    assert found(api, "radar") == ["radar"]


def test_exact_matches_come_before_longer_terms_that_begin_alike(api: Api, database) -> None:
    with database.write() as db:
        for term in ("missile warhead", "missile", "missiles"):
            make_entry(db, en=term)
    hits = search(api, "missile")
    assert [hit["matched"]["text"] for hit in hits] == ["missile", "missiles", "missile warhead"]
    assert [hit["match"]["kind"] for hit in hits] == ["exact", "inflected", "prefix"]
    scores = [hit["match"]["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_of_terms_that_begin_alike_the_shortest_come_first(api: Api, database) -> None:
    with database.write() as db:
        for term in ("missile warhead", "missile battery", "missile range", "missiles", "missile"):
            make_entry(db, en=term)
    beginning = [hit["matched"]["text"] for hit in search(api, "missil", match="prefix")]
    assert beginning == ["missile", "missiles", "missile range", "missile battery", "missile warhead"]
    hits = search(api, "missil", match="prefix")
    assert {hit["match"]["kind"] for hit in hits} == {"prefix"}
    scores = [hit["match"]["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["leurre gonflable", "leurre"])
def test_what_is_agreed_comes_before_what_is_proposed_at_equal_match(api: Api, database, query: str) -> None:
    with database.write() as db:
        make_proposed_entry(db, fr="leurre gonflable")
        make_entry(db, fr="leurre gonflable")
        make_proposed_entry(db, fr="leurre gonflable")
    assert [hit["entry"]["status"] for hit in search(api, query)] == ["agreed", "proposed", "proposed"]


def test_an_exact_match_that_is_proposed_comes_before_an_agreed_longer_one(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, ru="ракета-перехватчик")
        make_proposed_entry(db, ru="ракета")
    assert found(api, "ракета") == ["ракета", "ракета-перехватчик"]


@pytest.mark.parametrize(
    ("mode", "terms"),
    [
        ("auto", ["ракета", "ракета-носитель", "крылатая ракета"]),
        ("exact", ["ракета"]),
        ("prefix", ["ракета", "ракета-носитель"]),
    ],
)
def test_a_mode_that_is_asked_for_does_not_widen(api: Api, database, mode: str, terms: list[str]) -> None:
    with database.write() as db:
        make_entry(db, ru="ракета")
        make_entry(db, ru="ракета-носитель")
        make_entry(db, ru="крылатая ракета")
    assert found(api, "ракета", match=mode) == terms


def test_exact_finds_nothing_where_only_longer_terms_begin_alike(api: Api, words: None) -> None:
    assert found(api, "theatre", match="exact") == []
    assert found(api, "theatre", match="auto") == ["theatre missile defence"]


def test_in_narrows_the_languages_that_are_searched(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, en="radar", fr="écran", ru="экран")
        make_entry(db, en="screen", fr="radar", ru="радар")
    assert [hit["matched"]["language"] for hit in search(api, "radar")] == ["en", "fr"]
    assert [hit["matched"]["language"] for hit in search(api, "radar", **{"in": "fr"})] == ["fr"]
    assert len(search(api, "radar", **{"in": ["en", "fr"]})) == 2
    # Not that word, but the Russian one that it may be meant for.
    (russian,) = search(api, "radar", **{"in": "ru"})
    assert (russian["matched"]["text"], russian["match"]["kind"]) == ("радар", "transliterated")
    assert search(api, "radar", match="exact", **{"in": "ru"}) == []


def test_show_narrows_the_languages_that_come_back_and_not_those_searched(api: Api, words: None) -> None:
    (hit,) = search(api, "TMD", show="ru")
    assert list(hit["terms"]) == ["ru"]
    assert hit["matched"]["text"] == "TMD"


def test_status_and_subject_narrow_the_entries(api: Api, database) -> None:
    with database.write() as db:
        make_entry(db, "threat", en="decoy")
        make_entry(db, "sensors", en="decoy")
        make_proposed_entry(db, "threat", en="decoy")
    assert [hit["entry"]["status"] for hit in search(api, "decoy", status="proposed")] == ["proposed"]
    assert len(search(api, "decoy", status=["agreed", "proposed"])) == 3
    (hit,) = search(api, "decoy", subject="sensors")
    assert hit["entry"]["subject_fields"] == ["sensors"]
    assert len(search(api, "decoy", subject=["sensors", "threat"], status="agreed")) == 2
    assert search(api, "decoy", subject="propulsion") == []


def test_a_deprecated_term_leads_to_the_entry_and_is_marked(api: Api, database) -> None:
    with database.write() as db:
        marked = content(en="decoy").model_dump(mode="json")
        marked["languages"]["en"]["terms"].append({"text": "dummy", "acceptability": "deprecated"})
        adopt_entry(db, EntryContent.model_validate(marked))
    (hit,) = search(api, "dummy")
    assert hit["matched"]["acceptability"] == "deprecated"
    assert [(term["text"], term["acceptability"]) for term in hit["terms"]["en"]] == [
        ("decoy", "preferred"),
        ("dummy", "deprecated"),
    ]


def test_a_withdrawn_text_is_not_found(api: Api, database) -> None:
    with database.write() as db:
        make_withdrawn_entry(db, en="jamming balloon")
    assert search(api, "jamming balloon") == []
    assert api.get("/v1/suggest", params={"q": "jamming"}).json()["items"] == []


def test_what_a_database_would_take_for_a_wildcard_is_not_one(api: Api, words: None) -> None:
    for query in ("%a", "_a", "t%", "a'; DROP TABLE term; --", "\\a"):
        assert [text for text in found(api, query) if not text.lower().startswith("t")] == []
    assert found(api, "tmd") == ["TMD"]


@pytest.fixture
def radars(database) -> None:
    """Terms that begin alike, of which some are equal in every rank but their entry."""
    with database.write() as db:
        for term in ("radar", "radar", "radar actif", "radar à balayage", "radar passif", "radars", "radar"):
            make_entry(db, en=None, fr=term, ru=None)
        make_proposed_entry(db, en=None, fr="radar", ru=None)


def entry_ids(page: dict[str, Any]) -> list[int]:
    return [hit["entry"]["id"] for hit in page["hits"]]


def test_pages_of_any_size_together_are_the_whole_list(api: Api, radars: None) -> None:
    whole = entry_ids(api.get("/v1/search?q=radar&limit=200").json())
    assert len(whole) == len(set(whole)) == 8
    for size in range(1, 10):
        pages = list(api.pages("/v1/search", q="radar", limit=size))
        assert [len(page["hits"]) <= size for page in pages] == [True] * len(pages)
        assert [number for page in pages for number in entry_ids(page)] == whole


def test_the_next_page_does_not_move_when_entries_are_added(api: Api, radars: None, database) -> None:
    whole = entry_ids(api.get("/v1/search?q=radar&limit=200").json())
    pages = api.pages("/v1/search", q="radar", limit=3)
    seen = entry_ids(next(pages))
    with database.write() as db:
        added = make_entry(db, en="radar").id
    seen += [number for page in pages for number in entry_ids(page)]
    assert [number for number in seen if number != added] == whole


@pytest.mark.parametrize("change", [{"q": "radars"}, {"in": "fr"}, {"status": "agreed"}, {"match": "prefix"}])
def test_a_cursor_of_another_search_is_refused(api: Api, radars: None, change: dict[str, str]) -> None:
    cursor = api.get("/v1/search?q=radar&limit=2").json()["next"]
    answer = api.get("/v1/search", params={"q": "radar", "limit": 2, "cursor": cursor} | change)
    problem = problem_of(answer, 422, "invalid_input")
    assert (problem["field"], problem["reason"]) == ("cursor", "bad_cursor")


def test_a_cursor_holds_for_the_same_query_typed_otherwise(api: Api, radars: None) -> None:
    cursor = api.get("/v1/search?q=radar&limit=2").json()["next"]
    again = api.get("/v1/search", params={"q": "RADAR", "limit": 2, "cursor": cursor})
    assert again.status_code == 200


def test_suggestions_begin_with_what_was_typed_shortest_first(api: Api, radars: None) -> None:
    items = api.get("/v1/suggest", params={"q": "radar p"}).json()["items"]
    assert [item["text"] for item in items] == ["radar passif"]
    lengths = [len(item["text"]) for item in api.get("/v1/suggest?q=ra").json()["items"]]
    assert lengths == sorted(lengths)
    assert len(lengths) == 8


def test_suggestions_are_of_the_languages_asked_for_and_not_more_than_asked_for(api: Api, words: None) -> None:
    items = api.get("/v1/suggest", params={"q": "m", "in": "fr"}).json()["items"]
    assert [(item["text"], item["language"]) for item in items] == [("manœuvre", "fr")]
    assert len(api.get("/v1/suggest", params={"q": "t", "limit": 1}).json()["items"]) == 1


def test_a_suggestion_leads_to_its_entry(api: Api, words: None) -> None:
    (item,) = api.get("/v1/suggest", params={"q": "маневр"}).json()["items"]
    assert item["status"] == "agreed"
    assert api.get(f"/v1/entries/{item['entry']}").status_code == 200


def test_a_search_is_not_sent_again_while_nothing_changes(api: Api, words: None, database) -> None:
    first = api.get("/v1/search?q=tracking")
    asked = {"If-None-Match": first.headers["ETag"]}
    assert api.get("/v1/search?q=tracking", headers=asked).status_code == 304
    with database.write() as db:
        make_entry(db, en="tracking")
    assert len(api.get("/v1/search?q=tracking", headers=asked).json()["hits"]) == 3


def test_a_search_without_a_hit_is_an_empty_list(api: Api, words: None) -> None:
    body = api.get("/v1/search", params={"q": "хоровод"}).json()
    assert body == {"query": "хоровод", "hits": [], "did_you_mean": [], "next": None}
