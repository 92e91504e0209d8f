"""The routes that are asked most often: answered before all others are looked through, and like them."""

import pytest

from app.db import Database
from app.http.hot import HotReads, HotRoute
from app.main import create_app
from app.search.routes import hot
from app.settings import Settings
from tests.api import Api, problem_of
from tests.makers import make_entry

AROUND = ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cache-Control")


@pytest.fixture
def searched(database: Database) -> None:
    with database.write() as db:
        make_entry(db, number=34, en="decoy", fr="leurre", ru="ложная цель")


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize("path", ["/v1/search?q=leurre", "/v1/search?q=leurre&match=exact", "/v1/suggest?q=leu"])
def test_an_answer_is_the_one_that_the_long_way_gives(database: Database, settings: Settings, path: str) -> None:
    settings = settings.model_copy(update={"cache_bytes": 0})
    long_way = create_app(settings, database)
    long_way.user_middleware = [layer for layer in long_way.user_middleware if layer.cls is not HotReads]
    with Api.serving(create_app(settings, database)) as api, Api.serving(long_way) as other:
        short, long = api.get(path), other.get(path)
    assert short.status_code == 200
    assert short.content == long.content
    assert "leurre" in short.text
    told_apart = {"x-request-id"}
    assert {k: v for k, v in short.headers.items() if k not in told_apart} == {
        k: v for k, v in long.headers.items() if k not in told_apart
    }


@pytest.mark.usefixtures("searched")
def test_a_hot_answer_has_around_it_what_all_have(api: Api) -> None:
    hot_answer, other = api.get("/v1/search?q=leurre"), api.get("/v1/entries/TMD-0034")
    assert [hot_answer.headers[name] for name in AROUND] == [other.headers[name] for name in AROUND]
    assert hot_answer.headers["Vary"] == "Origin"
    assert len(hot_answer.headers["X-Request-ID"]) == 16
    assert hot_answer.headers["ETag"]


@pytest.mark.usefixtures("searched")
def test_head_and_conditions_work_on_a_hot_route(database: Database, settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"cache_bytes": 0}), database)
    with Api.serving(app) as api:
        whole = api.get("/v1/search?q=leurre")
        head = api.request("HEAD", "/v1/search?q=leurre")
        again = api.get("/v1/search?q=leurre", headers={"If-None-Match": whole.headers["ETag"]})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == whole.headers["ETag"]


def test_what_is_wrong_with_a_hot_request_is_said_in_the_language_of_the_reader(api: Api) -> None:
    answer = api.get("/v1/search?q=leurre&limit=0&match=sideways", headers={"Accept-Language": "ru"})
    problem = problem_of(answer, 422, "validation_failed")
    assert {fault["field"] for fault in problem["errors"]} == {"limit", "match"}
    assert answer.headers["Content-Language"] == "ru"
    assert problem_of(api.get("/v1/suggest?q=..."), 422, "invalid_input")["field"] == "q"


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize(
    "query", ["q=leurre&&", "&q=leurre", "q=radar&q=leurre", "unknown=1&q=leurre", "q=l%65urre", "%71=leurre"]
)
def test_an_address_is_read_as_leniently_as_everywhere(api: Api, query: str) -> None:
    answer = api.get(f"/v1/search?{query}")
    assert answer.status_code == 200
    assert answer.json()["query"] == "leurre"
    assert len(answer.json()["hits"]) == 1


@pytest.mark.usefixtures("searched")
def test_a_space_may_be_written_as_a_plus(api: Api) -> None:
    answer = api.get("/v1/search?q=%D0%BB%D0%BE%D0%B6%D0%BD%D0%B0%D1%8F+%D1%86%D0%B5%D0%BB%D1%8C&in=ru&in=en")
    assert answer.json()["query"] == "ложная цель"
    assert answer.json()["hits"][0]["matched"]["language"] == "ru"


def test_look_up_and_suggestions_are_hot() -> None:
    assert {route.path for route in hot.routes if isinstance(route, HotRoute)} == {"/v1/search", "/v1/suggest"}
