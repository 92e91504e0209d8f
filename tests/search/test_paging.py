"""Pages of a ranked answer: together they are the whole, whatever their size."""

from itertools import chain, product
from typing import Any

import pytest

from app.entries.content import EntryContent
from app.search import beginnings
from tests.api import Api
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry


@pytest.fixture
def many(database) -> None:
    """Entries that "radar" finds as it stands, inflected, by its beginning, inside, and several times over."""
    terms = ["radar", "radars", "radar station", "radar mast", "radar dish", "radarscope", "radar"]
    with database.write() as db:
        for place in range(42):
            term = terms[place % 7]
            make = make_proposed_entry if place % 5 == 0 else make_entry
            make(db, ("threat", "sensors")[place % 2], en=term, fr="écran", ru=None)
        for place in range(6):
            text = body("threat", en="radar set")
            text["languages"]["en"]["terms"] += [
                {"text": f"radar {name} {place}", "acceptability": "admitted"} for name in ("array", "zone")
            ]
            adopt_entry(db, EntryContent.model_validate(text))
        for place in range(9):
            make_entry(
                db, "sensors", en=f"{('naval', 'search', 'tracking')[place % 3]} radar {place}", fr=None, ru=None
            )


def ids(page: dict[str, Any]) -> list[int]:
    return [hit["entry"]["id"] for hit in page["hits"]]


def in_pages(api: Api, size: int, **asked: str) -> list[list[int]]:
    """The entries on each page of an answer."""
    return [ids(page) for page in api.pages("/v1/search", limit=size, **asked)]


def test_pages_together_are_the_whole(api: Api, many: None) -> None:
    modes = ("auto", "exact", "prefix", "fuzzy")
    for mode, narrowed in product(modes, ({}, {"status": "proposed"}, {"subject": "sensors", "in": "en"})):
        asked = {"q": "radar", "match": mode, **narrowed}
        answer = api.get("/v1/search", params={**asked, "limit": 200}).json()
        whole = ids(answer)
        assert answer["next"] is None
        assert whole, asked
        assert len(whole) == len(set(whole)), asked
        for size in (1, 5, 7, 20):
            pages = in_pages(api, size, **asked)
            assert [*chain.from_iterable(pages)] == whole, asked
            assert all(len(page) == size for page in pages[:-1]), asked


def test_exact_hits_come_first_then_inflected_ones_then_those_that_begin_so(api: Api, many: None) -> None:
    kinds = [hit["match"]["kind"] for hit in api.get("/v1/search?q=radar&limit=200").json()["hits"]]
    order = ("exact", "inflected", "prefix", "part")
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)


def test_a_page_of_which_little_is_wanted_is_short_rather_than_slow(
    api: Api, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"q": "radar", "match": "prefix", "status": "proposed", "limit": 3}
    whole = ids(api.get("/v1/search", params={**asked, "limit": 200}).json())
    monkeypatch.setattr(beginnings, "MOST_EXAMINED", 4)
    monkeypatch.setattr(beginnings, "_SPARE", 0)
    pages = list(api.pages("/v1/search", **asked))
    assert [number for page in pages for number in ids(page)] == whole
    assert any(len(page["hits"]) < 3 for page in pages[:-1])


def test_pages_are_the_whole_where_more_begin_alike_than_are_put_in_order(
    api: Api, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "MOST_SORTED", 5)
    monkeypatch.setattr(beginnings, "_SPARE", 0)
    for mode, narrowed in product(("auto", "prefix"), ({}, {"status": "proposed"}, {"in": "en"})):
        asked = {"q": "radar", "match": mode, **narrowed}
        whole = ids(api.get("/v1/search", params={**asked, "limit": 200}).json())
        assert len(whole) == len(set(whole)) > 5, asked
        for size in (1, 5, 7, 20):
            assert [*chain.from_iterable(in_pages(api, size, **asked))] == whole, asked


def test_a_cursor_of_one_part_of_the_answer_does_not_lead_into_another(api: Api, many: None) -> None:
    seen: list[int] = []
    for page in api.pages("/v1/search", q="radar", limit=4):
        assert not set(ids(page)) & set(seen)
        seen += ids(page)
    assert len(seen) == 57
