"""The shipped glossary in a database, and what the service answers to each query of the set."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from app import migrating
from app.accounts import operations as accounts
from app.db import Database
from app.exchange.loading import load_glossary
from app.main import create_app
from app.profile import read_profile
from app.settings import Settings
from tests.exchange.folders import SHIPPED

LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """An entry in an answer, and how it was found."""

    entry: str
    term: str
    kind: str
    score: float


Answer = tuple[Hit, ...]
"""The first hits of a look-up, best first."""


@contextmanager
def glossary_in(settings: Settings) -> Iterator[FastAPI]:
    """The service over a new database, into which the shipped glossary is loaded."""
    migrating.upgrade(settings)
    profile = read_profile(settings.profile_path)
    with Database.opened(settings) as database:
        with database.write() as db:
            accounts.adopt_profile(db, profile)
            load_glossary(db, accounts.secretariat(db), profile, SHIPPED)
        yield create_app(settings, database)


def answers(app: FastAPI, queries: Sequence[str]) -> list[Answer]:
    """What the service answers to each of these, through its public API and with no filter."""
    return asyncio.run(_answers(app, queries))


async def _answers(app: FastAPI, queries: Sequence[str]) -> list[Answer]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://compendium.test") as client:
        return [await _answer(client, query) for query in queries]


async def _answer(client: httpx.AsyncClient, query: str) -> Answer:
    params: dict[str, Any] = {"q": query, "match": "auto", "limit": LIMIT}
    answer = await client.get("/v1/search", params=params)
    if answer.status_code != 200:
        raise RuntimeError(f"{query!r} was answered with {answer.status_code}: {answer.text}")
    return tuple(
        Hit(hit["entry"]["number"], hit["matched"]["text"], hit["match"]["kind"], hit["match"]["score"])
        for hit in answer.json()["hits"]
    )
