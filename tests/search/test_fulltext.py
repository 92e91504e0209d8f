"""Full text: definitions, notes and examples in which the words of a query stand."""

from typing import Any

import pytest

from app.entries.content import EntryContent
from tests.api import Api
from tests.makers import adopt_entry, body, make_entry
from tests.search.asking import search

LONG = "Система предназначена для раннего обнаружения целей. " * 6


@pytest.fixture
def texts(database) -> dict[str, int]:
    """Entries with texts; their ids by the English term."""

    def adopt(db: Any, term: str, **sections: dict[str, Any]) -> int:
        text = body(en=term)
        for language, parts in sections.items():
            text["languages"][language] |= parts
        return adopt_entry(db, EntryContent.model_validate(text)).id

    with database.write() as db:
        return {
            "chaff": adopt(db, "chaff", en={"definition": {"text": "strips of metal that reflect radar waves"}}),
            "radar": adopt(
                db,
                "radar",
                en={"definition": {"text": "sensor that emits waves"}, "notes": ["Metal strips reflect it."]},
            ),
            "jammer": adopt(
                db, "jammer", en={"definition": {"text": "device"}, "examples": ["It reflects waves."]}
            ),
            "phase": adopt(
                db,
                "boost phase",
                ru={
                    "definition": {"text": "часть траектории на активном участке"},
                    "notes": [LONG + "Боеголовки отделяются позже."],
                },
            ),
            "gap": adopt(
                db,
                "gap",
                fr={
                    "definition": {"text": "vide"},
                    "terms": [],
                    "no_equivalent": "Le français n'a pas d'équivalent consacré.",
                },
            ),
        }


def entries(api: Api, query: str, **params: Any) -> list[int]:
    return [hit["entry"]["id"] for hit in search(api, query, match="fulltext", **params)]


def test_all_words_must_occur_in_whatever_form(api: Api, texts: dict[str, int]) -> None:
    assert entries(api, "metal strip") == [texts["chaff"], texts["radar"]]
    assert entries(api, "reflecting wave") == [texts["chaff"], texts["radar"], texts["jammer"]]
    assert entries(api, "strip tease") == []


def test_a_definition_weighs_more_than_a_note_and_a_note_more_than_an_example(
    api: Api, texts: dict[str, int]
) -> None:
    hits = search(api, "reflects", match="fulltext")
    assert [hit["entry"]["id"] for hit in hits] == [texts["chaff"], texts["radar"], texts["jammer"]]
    assert [hit["snippet"]["element"] for hit in hits] == ["definition", "note", "example"]
    scores = [hit["match"]["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_snippet_shows_where_the_words_stand(api: Api, texts: dict[str, int]) -> None:
    (hit,) = search(api, "wave strips of", match="fulltext", limit=1)
    snippet = hit["snippet"]
    assert hit["matched"] is None
    assert hit["match"]["kind"] == "fulltext"
    assert snippet["text"] == "strips of metal that reflect radar waves"
    assert [snippet["text"][span["start"] : span["end"]] for span in snippet["spans"]] == ["strips", "waves"]


def test_of_a_long_text_the_part_around_the_words_is_shown(api: Api, texts: dict[str, int]) -> None:
    (hit,) = search(api, "боеголовка", match="fulltext")
    snippet = hit["snippet"]
    assert len(snippet["text"]) <= 245
    assert snippet["text"].startswith("…")
    ((start, end),) = [(span["start"], span["end"]) for span in snippet["spans"]]
    assert snippet["text"][start:end] == "Боеголовки"


def test_russian_is_found_in_every_case(api: Api, texts: dict[str, int]) -> None:
    for query in ("участок траектории", "участка", "траекторий", "активные участки"):
        assert entries(api, query) == [texts["phase"]], query


def test_the_statement_that_there_is_no_equivalent_is_a_text_too(api: Api, texts: dict[str, int]) -> None:
    assert entries(api, "équivalents consacrés") == [texts["gap"]]


def test_terms_help_to_find_but_are_no_text(api: Api, texts: dict[str, int]) -> None:
    assert entries(api, "boost phase") == []
    assert entries(api, "chaff strips") == [texts["chaff"]]


def test_words_of_one_language_are_not_looked_for_in_another(api: Api, texts: dict[str, int]) -> None:
    assert entries(api, "metal strip", **{"in": "fr"}) == []
    assert entries(api, "metal боеголовка") == []


def test_filters_hold(api: Api, texts: dict[str, int], database) -> None:
    assert entries(api, "metal", status="proposed") == []
    assert entries(api, "metal", subject="propulsion") == []
    assert len(entries(api, "metal", subject="threat", status="agreed")) == 2


def test_pages_follow_one_another(api: Api, database) -> None:
    with database.write() as db:
        for place in range(23):
            text = body(en=f"word {place}")
            sections = (
                {"notes": ["a radar"]},
                {"examples": ["radars"]},
                {"definition": {"text": "radar of a kind"}},
            )
            text["languages"]["en"] |= sections[place % 3]
            if place % 4 == 0:
                text["languages"]["fr"] |= {"notes": ["un radar"]}
            adopt_entry(db, EntryContent.model_validate(text))
        make_entry(db)
    whole = entries(api, "radar", limit=200)
    assert len(whole) == len(set(whole)) == 23
    for size in (1, 4, 7, 22, 23):
        pages = list(api.pages("/v1/search", q="radar", match="fulltext", limit=size))
        assert [hit["entry"]["id"] for page in pages for hit in page["hits"]] == whole
