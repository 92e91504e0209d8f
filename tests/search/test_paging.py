"""Pages of a ranked answer: together they are the whole, whatever their size."""

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


@pytest.mark.parametrize("mode", ["auto", "exact", "prefix", "fuzzy"])
@pytest.mark.parametrize("narrowed", [{}, {"status": "proposed"}, {"subject": "sensors", "in": "en"}])
def test_pages_together_are_the_whole(api: Api, many: None, mode: str, narrowed: dict[str, str]) -> None:
    asked = {"q": "radar", "match": mode, **narrowed}
    whole = api.get("/v1/search", params={**asked, "limit": 200}).json()
    assert whole["next"] is None
    assert len(ids(whole)) == len(set(ids(whole)))
    assert ids(whole)
    for size in (1, 2, 5, 7, 20):
        pages = list(api.pages("/v1/search", limit=size, **asked))
        assert [number for page in pages for number in ids(page)] == ids(whole)
        assert all(len(page["hits"]) == size for page in pages[:-1])


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


@pytest.mark.parametrize("mode", ["auto", "prefix"])
@pytest.mark.parametrize("narrowed", [{}, {"status": "proposed"}, {"in": "en"}])
def test_pages_are_the_whole_where_more_begin_alike_than_are_put_in_order(
    api: Api, many: None, monkeypatch: pytest.MonkeyPatch, mode: str, narrowed: dict[str, str]
) -> None:
    monkeypatch.setattr(beginnings, "MOST_SORTED", 5)
    monkeypatch.setattr(beginnings, "_SPARE", 0)
    asked = {"q": "radar", "match": mode, **narrowed}
    whole = ids(api.get("/v1/search", params={**asked, "limit": 200}).json())
    assert len(whole) == len(set(whole)) > 5
    for size in (1, 2, 5, 7, 20):
        pages = list(api.pages("/v1/search", limit=size, **asked))
        assert [number for page in pages for number in ids(page)] == whole


def test_a_cursor_of_one_part_of_the_answer_does_not_lead_into_another(api: Api, many: None) -> None:
    seen: list[int] = []
    for page in api.pages("/v1/search", q="radar", limit=4):
        assert not set(ids(page)) & set(seen)
        seen += ids(page)
    assert len(seen) == 57
