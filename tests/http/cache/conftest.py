"""A service that keeps answers, over a database in which commits are real."""

import os
from collections.abc import Iterator

import pytest

from app.db import Database
from app.http.cache import Answers
from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.databases import Templates
from tests.http.cache.answers import answers_of, one_entry


@pytest.fixture(scope="session")
def filled_settings(engine_name: str, templates: Templates) -> Iterator[Settings]:
    """A database for the tests that only read, and so need not make one each."""
    name = f"tmd_{os.getpid()}_filled"
    yield Settings(database_url=templates.copy(engine_name, name))
    templates.drop(engine_name, name)


@pytest.fixture(scope="session")
def filled(filled_settings: Settings) -> Iterator[Database]:
    """A database with one entry."""
    with one_entry(filled_settings) as database:
        yield database


@pytest.fixture
def service(filled: Database, filled_settings: Settings) -> Iterator[Api]:
    """The service over it."""
    with Api.serving(create_app(filled_settings, filled)) as client:
        yield client


@pytest.fixture
def kept(service: Api) -> Answers:
    """What the service keeps."""
    return answers_of(service)
