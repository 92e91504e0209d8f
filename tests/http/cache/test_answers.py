"""Answers to anonymous reads that are kept and sent again."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.db import Database
from app.http.cache import Answers
from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.http.cache.answers import ENTRY, answers_of, said, sent

# What a client chose at random may be as long as the server reads.
LONG = "x" * 60_000

Headers = dict[str, Any]


# ---- what is sent again


FEED = "/v1/changes.atom"


@pytest.mark.parametrize(
    "path",
    [
        ENTRY,
        "/v1/search?q=d%C3%A9coy",
        "/v1/search?q=%D1%86%D0%B5%D0%BB%D1%8C",
        "/v1/entries?limit=1",
        "/en/",
        "/fr/search?q=d%C3%A9coy",
    ],
)
def test_an_answer_is_sent_again_as_it_was_under_a_new_request_id(service: Api, kept: Answers, path: str) -> None:
    first, again = service.get(path), service.get(path)
    assert (kept.hits, len(kept)) == (1, 1)
    assert (again.status_code, again.content, sent(again)) == (200, first.content, sent(first))
    assert first.content
    identifiers = {first.headers["X-Request-ID"], again.headers["X-Request-ID"]}
    assert len(identifiers) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", identifier) for identifier in identifiers)


def test_a_head_request_gets_the_headers_of_a_kept_answer_and_leaves_none_behind(
    service: Api, kept: Answers
) -> None:
    unkept = service.request("HEAD", ENTRY)
    assert len(kept) == 0
    full = service.get(ENTRY)
    head = service.request("HEAD", ENTRY)
    assert kept.hits == 1
    assert (head.status_code, head.content, sent(head)) == (200, b"", sent(full))
    assert sent(unkept) == sent(full)
    assert service.get(ENTRY).content == full.content


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*", '"other" , W/{}'])
def test_who_has_a_kept_answer_is_told_so(service: Api, kept: Answers, form: str) -> None:
    full = service.get(ENTRY)
    again = service.get(ENTRY, headers={"If-None-Match": form.format(full.headers["ETag"])})
    assert kept.hits == 1
    assert (again.status_code, again.content) == (304, b"")
    bodiless = {name: value for name, value in sent(full).items() if name not in ("content-type", "content-length")}
    assert sent(again) == bodiless
    assert again.headers["X-Request-ID"] != full.headers["X-Request-ID"]


@pytest.mark.parametrize("wanted", ['"other"', "", "nothing", '"', 'W/"', "\\", '"é"'.encode(), LONG])
def test_who_has_something_else_gets_the_answer(service: Api, kept: Answers, wanted: str | bytes) -> None:
    full = service.get(ENTRY)
    again = service.get(ENTRY, headers={"If-None-Match": wanted})
    assert kept.hits == 1
    assert (again.status_code, again.content, sent(again)) == (200, full.content, sent(full))


def test_a_proxy_that_only_ever_asks_with_a_condition_leaves_an_answer_to_be_kept(
    service: Api, kept: Answers
) -> None:
    tag = service.request("HEAD", ENTRY).headers["ETag"]
    conditions = {"If-None-Match": tag, "If-Modified-Since": "Mon, 23 Nov 2026 00:00:00 GMT"}
    first, again = (service.get(ENTRY, headers=conditions) for _ in range(2))
    assert (kept.hits, len(kept)) == (1, 1)
    assert first.status_code == again.status_code == 304
    assert first.content == again.content == b""
    assert sent(first) == sent(again)
    assert "content-length" not in first.headers
    assert service.get(ENTRY).json()["number"] == "TMD-0034"


def test_a_condition_is_met_where_nothing_is_kept(service: Api, kept: Answers) -> None:
    path = "/static/compendium.css"
    full = service.get(path)
    had = service.get(path, headers={"If-None-Match": full.headers["ETag"]})
    assert (had.status_code, had.content, had.headers["ETag"]) == (304, b"", full.headers["ETag"])
    changed = service.get(path, headers={"If-None-Match": '"other"'})
    assert (changed.status_code, changed.content) == (200, full.content)
    assert len(kept) == 0


# ---- what an answer depends on


def test_each_language_of_the_reader_has_its_answer_and_only_these(service: Api, kept: Answers) -> None:
    wanted = {
        "fr": "fr",
        "fr-CA, en;q=0.2": "fr",
        "ru;q=0.9, en;q=0.1": "ru",
        "RU": "ru",
        "en": "en",
        "de": "en",
        "*": "en",
        "\x00;;;q=": "en",
        LONG: "en",
    }
    for header, language in wanted.items():
        for _ in range(2):
            page = service.get(FEED, headers={"Accept-Language": header})
            assert (page.status_code, page.headers["Content-Language"]) == (200, language)
    assert service.get(FEED).headers["Content-Language"] == "en"
    assert len(kept) == 3
    assert service.get(f"{FEED}?lang=ru", headers={"Accept-Language": "fr"}).headers["Content-Language"] == "ru"
    assert kept.hits == 2 * len(wanted) + 1 - 3


def test_each_form_of_an_entry_has_its_answer(service: Api, kept: Answers) -> None:
    forms = ["application/json", "application/x-tbx", "text/csv", "*/*;q=0.1, text/csv", LONG[:900] + ", text/csv"]
    first = [service.get(ENTRY, headers={"Accept": form}) for form in forms]
    again = [service.get(ENTRY, headers={"Accept": form}) for form in forms]
    assert kept.hits == len(kept) == len(forms)
    assert [a.content for a in again] == [a.content for a in first]
    assert [a.headers["Content-Type"].partition(";")[0] for a in again] == [
        "application/json",
        *[a.headers["Content-Type"].partition(";")[0] for a in first[1:]],
    ]
    assert len({a.content for a in first}) == 3


def test_what_an_answer_does_not_depend_on_makes_no_other(service: Api, kept: Answers) -> None:
    for headers in ({}, {"Accept": "text/html"}, {"Accept-Language": "ru"}, {"User-Agent": "a CAT tool"}):
        service.get("/v1/search?q=decoy", headers=headers)
    assert (kept.hits, len(kept)) == (3, 1)


def test_a_page_of_another_origin_may_read_a_kept_answer(service: Api, kept: Answers) -> None:
    for _ in range(2):
        plain = service.get(ENTRY)
        other = service.get(ENTRY, headers={"Origin": "https://otan.example"})
        assert "Access-Control-Allow-Origin" not in plain.headers
        assert other.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in other.headers["Access-Control-Expose-Headers"]
    assert kept.hits == 2


@pytest.mark.parametrize(
    ("path", "varies"),
    [
        (ENTRY, {"Accept", "Accept-Encoding", "Origin"}),
        ("/v1/search?q=decoy", {"Origin"}),
        ("/en/", {"Cookie", "Origin"}),
    ],
)
def test_proxies_are_told_what_an_answer_depends_on_and_to_ask_again(
    service: Api, path: str, varies: set[str]
) -> None:
    for answer in (service.get(path), service.get(path)):
        assert set(re.split(", *", answer.headers["Vary"])) == varies
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_addresses_that_differ_in_their_query_have_answers_of_their_own(service: Api) -> None:
    for _ in range(2):
        for query in ("q=decoy", "q=leurre", "q=decoy&limit=1", "limit=1&q=leurre"):
            answer = service.get(f"/v1/search?{query}").json()
            assert answer["query"] == ("leurre" if "leurre" in query else "decoy")


# ---- what is not kept


REFUSED: dict[str, tuple[str, Headers]] = {
    "no such entry": ("/v1/entries/TMD-0404", {}),
    "no such path": ("/v1/nothing", {}),
    "no query": ("/v1/search", {}),
    "no such form": (ENTRY, {"Accept": "image/png"}),
    "not without a token": ("/v1/proposals", {}),
    "a redirection": ("/id/TMD-0034", {}),
    "health": ("/healthz", {}),
    "readiness": ("/readyz", {}),
    "an export": ("/v1/export?format=csv", {}),
    "the contract": ("/openapi.json", {}),
    "a file": ("/static/compendium.css", {}),
    "a token": (ENTRY, {"Authorization": "Bearer unknown"}),
    "a password": (ENTRY, {"Authorization": "Basic dTpw"}),
    "a cookie": (ENTRY, {"Cookie": "session=1"}),
    "a body": (ENTRY, {"Content-Length": "2"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_a_public_answer_to_anybody_is_not_kept(service: Api, kept: Answers, case: str) -> None:
    path, headers = REFUSED[case]
    first, again = (service.get(path, headers=headers) for _ in range(2))
    assert first.status_code == again.status_code
    assert (kept.hits, len(kept), kept.size) == (0, 0, 0)


HOSTILE: dict[str, Callable[[], Any]] = {
    "a header twice": lambda: [("Accept", "text/csv"), ("Accept", "application/json")],
    "a header twice, the other way": lambda: [("Accept", "application/json"), ("Accept", "text/csv")],
    "two languages": lambda: [("Accept-Language", "fr"), ("Accept-Language", "ru")],
    "a long form": lambda: {"Accept": LONG},
    "no form": lambda: {"Accept": ""},
    "bytes": lambda: [(b"Accept", b"\xff\xfe, */*"), (b"Accept-Language", b"\xd1\x80\xd1\x83")],
    "an origin of its own": lambda: {"Origin": LONG},
    "an empty origin": lambda: {"Origin": ""},
    "a range": lambda: {"Range": "bytes=0-1", "If-Range": '"x"'},
    "a wish to have no copy": lambda: {"Cache-Control": "no-store", "Pragma": "no-cache"},
    "another host": lambda: {"Host": "elsewhere.example", "X-Forwarded-Host": "elsewhere.example"},
}


def asked(api: Api, path: str, headers: Any) -> httpx.Response:
    """The answer to a request with just these headers, also if one is there twice."""
    return api.portal.call(lambda: api.client.get(path, headers=headers))


@pytest.mark.parametrize("case", HOSTILE)
def test_odd_headers_get_what_they_would_get_without_a_cache(
    service: Api, filled_settings: Settings, filled: Database, kept: Answers, case: str
) -> None:
    headers = HOSTILE[case]()
    without = create_app(filled_settings.model_copy(update={"cache_bytes": 0}), filled)
    with Api.serving(without) as plain:
        for path in (ENTRY, "/en/", "/v1/search?q=decoy"):
            for header in httpx.Headers(headers).raw:
                asked(service, path, [header])
            expected = said(asked(plain, path, headers))
            assert expected[0] < 500
            assert [said(asked(service, path, headers)) for _ in range(3)] == [expected] * 3
    assert 0 < kept.size <= kept.limit


# ---- how much is kept


def test_many_different_questions_take_no_more_memory_than_was_set(
    filled_settings: Settings, filled: Database
) -> None:
    settings = filled_settings.model_copy(update={"cache_bytes": 20_000})
    with Api.serving(create_app(settings, filled)) as api:
        kept = answers_of(api)
        for number in range(150):
            assert api.get(f"/v1/search?q=decoy&limit={number + 1}").json()["hits"]
            assert api.get(ENTRY).status_code == 200
            assert 0 < kept.size <= 20_000
        assert 2 < len(kept) < 20
        # What is asked for again and again stays.
        assert kept.hits == 149


def test_a_service_may_keep_nothing(filled_settings: Settings, filled: Database) -> None:
    with Api.serving(create_app(filled_settings.model_copy(update={"cache_bytes": 0}), filled)) as api:
        assert [api.get(ENTRY).status_code for _ in range(3)] == [200] * 3
        assert (answers_of(api).hits, len(answers_of(api)), answers_of(api).size) == (0, 0, 0)
