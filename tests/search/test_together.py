"""Exact matches asked for at the same time: read together, answered as if each had been alone."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.db import Database
from app.languages.codes import LANGUAGES
from app.main import create_app
from app.search import matching
from app.search.matching import exact_matches, exact_rows
from app.search.questions import Mode, Question
from app.search.statements import Found, terms_with_keys
from app.settings import Settings
from tests.api import Api
from tests.makers import make_entry, make_proposed_entry

ASKED = [
    "q=leurre", "q=decoy", "q=ложная цель", "q=DECOY&status=agreed", "q=decoy&limit=1", "q=leurre&in=en",
    "q=leurre&in=fr&show=ru", "q=radar&subject=sensors", "q=радиолокатор", "q=...", "q=decoy&cursor=broken", "q=q",
    "q=a%00b", "q=\u200b", "q=decoy&show=fr", "q=Decoy.",
]  # fmt: skip


@pytest.fixture
def app(own_database: Database, own_settings: Settings) -> FastAPI:
    with own_database.write() as db:
        make_entry(db, en="decoy", fr="leurre", ru="ложная цель")
        make_proposed_entry(db, en="decoy", fr="leurre", ru="имитатор")
        make_entry(db, "sensors", en="radar", fr="radar", ru="радиолокатор")
    return create_app(own_settings.model_copy(update={"cache_bytes": 0}), own_database)


async def at_once(app: FastAPI, paths: list[str]) -> list[httpx.Response]:
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://compendium.test")
    async with client:
        return await asyncio.gather(*(client.get(path) for path in paths))


def told(answer: httpx.Response) -> tuple[int, Any, str | None]:
    said = answer.json()
    assert said.pop("request_id", answer.headers["X-Request-ID"]) == answer.headers["X-Request-ID"]
    return answer.status_code, said, answer.headers.get("etag")


def test_many_at_once_are_answered_as_one_by_one(app: FastAPI) -> None:
    paths = [f"/v1/search?match=exact&{asked}" for asked in ASKED] * 3
    together = asyncio.run(at_once(app, paths))
    with Api.serving(app) as api:
        alone = [api.get(path) for path in paths]
    assert [told(answer) for answer in together] == [told(answer) for answer in alone]
    assert {answer.status_code for answer in together} == {200, 422}
    assert len({answer.headers["X-Request-ID"] for answer in together}) == len(paths)


def test_those_that_wait_cost_one_statement(
    app: FastAPI, own_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[Any] = []

    def counted(*asked: Any) -> Sequence[Found]:
        statements.append(asked)
        return terms_with_keys(*asked)

    monkeypatch.setattr(matching, "terms_with_keys", counted)
    questions = [Question(text, Mode.EXACT, LANGUAGES) for text in ("decoy", "leurre", "radar", "q")]
    with own_database.snapshot(alone=True) as db:
        rows = exact_rows(db, questions)
    hits = [exact_matches(question, found) for question, found in zip(questions, rows, strict=True)]
    assert [len(found) for found in hits] == [2, 2, 1, 0]
    assert len(statements) == 1


@pytest.mark.parametrize("most", [2, 3, 500])
def test_a_term_of_many_entries_hides_no_other(
    app: FastAPI, own_database: Database, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(matching, "MOST_WHOLE", most)
    questions = [Question(text, Mode.EXACT, LANGUAGES) for text in ("decoy", "leurre", "radar")]
    with own_database.snapshot(alone=True) as db:
        together = exact_rows(db, questions)
        alone = [exact_rows(db, [question])[0] for question in questions]
    assert [list(rows) for rows in together] == [list(rows) for rows in alone]
    assert [len(rows) for rows in alone] == [2, 2, 2]
