"""Whatever is sent, there is an answer or a problem that names the field."""

import base64
import json

import pytest

from tests.api import Api, problem_of
from tests.search.asking import make_compendium

MODES = ("auto", "exact", "prefix", "fuzzy", "fulltext")


@pytest.fixture
def compendium(database) -> None:
    with database.write() as db:
        make_compendium(db)


@pytest.mark.parametrize("path", ["/v1/search", "/v1/suggest"])
def test_what_cannot_be_looked_up_is_refused_by_name(api: Api, path: str) -> None:
    for query, code in (
        ("", "validation_failed"),
        ("x" * 10_000, "validation_failed"),
        ("щ" * 251, "validation_failed"),
        ("?!…", "invalid_input"),
        ("   ", "invalid_input"),
        ("\u202e\u2066\u200b", "invalid_input"),
        ("'\"`;--", "invalid_input"),
    ):
        assert problem_of(api.get(path, params={"q": query}), 422, code)["field"] == "q"


def test_the_query_is_needed(api: Api) -> None:
    assert problem_of(api.get("/v1/search"), 422, "validation_failed")["field"] == "q"


def test_a_parameter_that_cannot_be_is_named(api: Api) -> None:
    for parameter, value, field in (
        ("match", "everything", "match"),
        ("in", "de", "in.0"),
        ("show", "xx", "show.0"),
        ("status", "done", "status.0"),
        ("subject", "No Such", "subject.0"),
        ("limit", "0", "limit"),
        ("limit", "many", "limit"),
        ("cursor", "%%%", "cursor"),
        ("cursor", "bm90IG91cnM", "cursor"),
    ):
        answer = api.get("/v1/search", params={"q": "radar", parameter: value})
        assert (answer.status_code, answer.json()["field"]) == (422, field)


ODD = [
    "a" * 250,
    "щ" * 250,
    "missile " * 31,
    "\u202emissile\u202c",
    "mis\u00adsile",
    "missile\u0000",
    "missile\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "(?:a+)+$",
    "missile%' OR 1=1 --",
    "миссия_%",
    "a\u0301" * 100,
    "ﷺ" * 100,
    "👍missile👍",
    "١٢٣",
    "ʼ",
    "½",
    "--1--",
    "\\x00; DROP TABLE term",
]


@pytest.mark.parametrize("mode", MODES)
def test_odd_queries_get_an_answer(api: Api, compendium: None, mode: str) -> None:
    for query in ODD:
        assert api.get("/v1/search", params={"q": query, "match": mode}).status_code == 200, query


def test_odd_beginnings_get_an_answer(api: Api, compendium: None) -> None:
    for query in ODD:
        assert api.get("/v1/suggest", params={"q": query}).status_code == 200, query


@pytest.mark.parametrize("key", ["n\ud800", "n\x00", "nщ"])
def test_a_forged_cursor_is_refused_or_leads_somewhere(api: Api, compendium: None, key: str) -> None:
    """A cursor is sealed against mistakes, not against malice."""
    genuine = api.get("/v1/search?q=missile&match=prefix&limit=1").json()["next"]
    seal = json.loads(base64.urlsafe_b64decode(genuine + "=" * (-len(genuine) % 4)))[0]
    for place in ([1, 0, key, 0, 0, 1, 0], [9, 2**31, key, -5, 2**31, 2**31, 2**31]):
        forged = base64.urlsafe_b64encode(json.dumps([seal, *place]).encode()).decode().rstrip("=")
        answer = api.get("/v1/search", params={"q": "missile", "match": "prefix", "cursor": forged})
        if key == "nщ":
            assert answer.status_code == 200
        else:
            assert problem_of(answer, 422, "invalid_input")["reason"] == "bad_cursor"


def test_bytes_that_are_no_text_get_an_answer(api: Api, compendium: None) -> None:
    assert api.get("/v1/search?q=%ff%fe%ed%a0%80missile").status_code == 200


def test_a_repeated_parameter_counts_as_others_do(api: Api, compendium: None) -> None:
    assert api.get("/v1/search?q=x&q=TMD").json()["query"] == "TMD"
    many = "&".join(["in=en"] * 4)
    assert problem_of(api.get(f"/v1/search?q=TMD&{many}"), 422, "validation_failed")["field"] == "in"
