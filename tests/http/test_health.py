"""Whether the service lives, and whether it can work."""

import pytest
from sqlalchemy import text

from app.entries.indexing.tables import KeyState
from app.languages.keys import KEYS_VERSION
from tests.api import Api, problem_of
from tests.makers import make_entry


def test_the_process_lives_even_where_the_database_does_not(tableless: Api) -> None:
    answer = tableless.get("/healthz")
    assert answer.json() == {"status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_service_is_not_ready_without_its_database(tableless: Api) -> None:
    answer = tableless.get("/readyz")
    assert problem_of(answer, 503, "not_ready")["reason"] == "database_unreachable"
    assert int(answer.headers["Retry-After"]) > 0


def test_the_service_is_ready_with_a_migrated_database(api: Api) -> None:
    assert api.get("/readyz").json() == {"status": "ok"}


def test_the_service_is_not_ready_with_the_schema_of_another_release(database, api: Api) -> None:
    with database.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '20200101'"))
    assert problem_of(api.get("/readyz"), 503, "not_ready")["reason"] == "schema_differs"


@pytest.mark.parametrize("broken_off", [False, True])
def test_the_service_is_not_ready_with_the_keys_of_another_release(database, api: Api, broken_off: bool) -> None:
    with database.write() as db:
        make_entry(db)
        db.flush()
        state = db.get_one(KeyState, 1)
        state.version, state.reached = (state.version, 1) if broken_off else ("keys 0", None)
    assert problem_of(api.get("/readyz"), 503, "not_ready")["reason"] == "keys_outdated"
    with database.write() as db:
        state = db.get_one(KeyState, 1)
        state.version, state.reached = KEYS_VERSION, None
    assert api.get("/readyz").json() == {"status": "ok"}


def test_the_service_is_not_ready_with_an_empty_database(database, api: Api) -> None:
    with database.write() as db:
        db.execute(text("DROP TABLE alembic_version"))
    problem_of(api.get("/readyz"), 503, "not_ready")
