"""A furnished compendium and a service over it; the tests of pages only read."""

import os
from collections.abc import Iterator

import pytest

from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.databases import Templates
from tests.pages.furnishing import furnish


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
