"""The snapshot that a request reads from: taken by its first query, given back when its answer is made."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.db import Database
from app.entries.tables import Entry
from app.main import create_app
from app.settings import Settings
from tests.api import Api, problem_of
from tests.makers import make_entry

ANSWERS = {
    "/v1/entries/TMD-0034": 200,
    "/v1/entries/TMD-0034?format=tbx": 200,
    "/v1/entries/TMD-0404": 404,
    "/v1/entries/TMD-0034?format=docx": 422,
    "/v1/search?q=d%C3%A9coy": 200,
    "/v1/search?q=***": 422,
    "/v1/export?format=csv": 200,
    "/id/TMD-0034": 303,
    "/id/TMD-0404": 404,
    "/en/": 200,
    "/ru/search?q=decoy": 200,
}


@pytest.fixture
def narrow(own_settings: Settings) -> Iterator[Database]:
    """A database with four connections, for which nobody waits longer than a second."""
    database = Database.connect(own_settings.model_copy(update={"threads": 2, "lock_seconds": 1}))
    with database.write() as db:
        make_entry(db, number=34)
    yield database
    database.dispose()


@pytest.fixture
def own_api(narrow: Database, own_settings: Settings) -> Iterator[Api]:
    with Api.serving(create_app(own_settings.model_copy(update={"cache_bytes": 0}), narrow)) as client:
        yield client


@pytest.mark.parametrize("path", ANSWERS)
def test_each_answer_gives_its_connection_back(own_api: Api, narrow: Database, path: str) -> None:
    for _ in range(6):
        assert own_api.get(path).status_code == ANSWERS[path]
        assert narrow._engine.pool.checkedout() == 0


def test_a_reader_for_whom_no_connection_is_free_is_told_to_come_again(own_api: Api, narrow: Database) -> None:
    with ExitStack() as readers:
        for _ in range(4):
            readers.enter_context(narrow.read())
        answer = own_api.get("/v1/entries/TMD-0034")
    problem_of(answer, 503, "database_busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert own_api.get("/v1/entries/TMD-0034").status_code == 200


def test_a_reader_sees_one_moment_from_its_first_query_to_its_end(narrow: Database) -> None:
    entries = select(col(Entry.id))
    with narrow.reader() as reader:
        assert narrow._engine.pool.checkedout() == 0
        with narrow.write() as db:
            make_entry(db, en="radar")
        before = reader.scalars(entries).all()
        with narrow.write() as db:
            make_entry(db, en="missile")
        assert reader.scalars(entries).all() == before
        assert len(before) == 2
    with narrow.reader() as reader:
        assert len(reader.scalars(entries).all()) == 3
