"""A database with rows in every table, for the tests of a module to read."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from app.db import Database
from app.settings import Settings
from tests.api import Tokens
from tests.audit.scenario import fill
from tests.clocks import FakeClock
from tests.databases import Templates


@pytest.fixture(scope="module")
def filled(engine_name: str, templates: Templates) -> Iterator[Settings]:
    """Its settings. Whoever changes it undoes what they have changed."""
    name = f"tmd_{uuid4().hex[:12]}"
    settings = Settings(database_url=templates.copy(engine_name, name))
    clock = FakeClock()
    with Database.opened(settings, clock) as database:
        fill(settings, database, clock)
    yield settings
    templates.drop(engine_name, name)


@pytest.fixture
def filled_database(filled: Settings) -> Iterator[Database]:
    with Database.opened(filled) as database:
        yield database


@pytest.fixture
def group(own_database: Database) -> Tokens:
    """The tokens of the working group in the test's own database."""
    return Tokens.made_in(own_database)
