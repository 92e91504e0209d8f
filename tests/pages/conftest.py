"""A furnished compendium and a service over it; the tests of pages only read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.engine import Engine

from app.db import Database, engine_for
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.databases import RolledBack, Templates
from tests.makers import make_subject_field
from tests.pages.furnishing import furnish
from tests.pages.signing import Desk


@pytest.fixture(scope="session")
def furnished_settings(engine_name: str, templates: Templates) -> Iterator[Settings]:
    """A database for the tests of pages."""
    name = f"tmd_{os.getpid()}_pages"
    yield Settings(database_url=templates.copy(engine_name, name), public_url="http://compendium.test")
    templates.drop(engine_name, name)


@pytest.fixture(scope="session")
def furnished(furnished_settings: Settings) -> Iterator[Database]:
    """The database, filled."""
    database = Database.connect(furnished_settings)
    furnish(database)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def small(templates: Templates) -> Iterator[Database]:
    """The same on SQLite alone, for what does not depend on the engine."""
    name = f"tmd_{os.getpid()}_small_pages"
    database = Database.connect(Settings(database_url=templates.copy("sqlite", name)))
    furnish(database)
    yield database
    database.dispose()
    templates.drop("sqlite", name)


@pytest.fixture(scope="session")
def quick(small: Database) -> Iterator[Api]:
    """The service over it."""
    settings = Settings(public_url="http://compendium.test", cache_bytes=0)
    with Api.serving(create_app(settings, small)) as client:
        yield client


@pytest.fixture(scope="session")
def site(furnished: Database, furnished_settings: Settings) -> Iterator[Api]:
    """The service over it, which keeps no answers."""
    with Api.serving(create_app(furnished_settings.model_copy(update={"cache_bytes": 0}), furnished)) as client:
        yield client


@pytest.fixture(scope="session")
def desk_engine(templates: Templates) -> Iterator[Engine]:
    """A database for the tests of pages that change something, on SQLite: what they call is tried on both."""
    name = f"tmd_{os.getpid()}_desk"
    engine = engine_for(Settings(database_url=templates.copy("sqlite", name)))
    yield engine
    engine.dispose()
    templates.drop("sqlite", name)


@pytest.fixture
def desk(desk_engine: Engine, clock: FakeClock) -> Iterator[Desk]:
    """The example working group at its desk; whatever a test does is undone."""
    with desk_on(desk_engine, clock) as found:
        yield found


@pytest.fixture
def each_desk(shared_engine: Engine, clock: FakeClock) -> Iterator[Desk]:
    """The same on both engines, for what they might do differently."""
    with desk_on(shared_engine, clock) as found:
        yield found


@contextmanager
def desk_on(engine: Engine, clock: FakeClock) -> Iterator[Desk]:
    with engine.connect() as connection:
        transaction = connection.begin()
        database = RolledBack(connection, clock)
        with database.write() as db:
            make_subject_field(db)
        app = create_app(Settings(public_url="http://compendium.test", cache_bytes=0), database)
        with Api.serving(app) as api:
            yield Desk(api, database, Tokens.made_in(database), app.state.signing)
        transaction.rollback()
