"""What all tests share: both databases, an HTTP client, accounts with tokens."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import APIRouter
from hypothesis import settings as hypothesis_settings

from app.db import Database, engine_for
from app.main import create_app
from app.settings import Settings
from tests import pg
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.databases import ENGINES, RolledBack, Templates, make_templates

TEMPLATES = pytest.StashKey[Templates]()

# Machines are shared and slow at times; a deadline would fail the wrong test.
hypothesis_settings.register_profile("tests", deadline=None, derandomize=True, max_examples=60)
hypothesis_settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    given = getattr(config, "workerinput", None)
    if given is None:
        config.stash[TEMPLATES] = make_templates()
    else:
        server = pg.Server(given["pg_url"])
        config.stash[TEMPLATES] = Templates(Path(given["folder"]), server, given["template"])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and TEMPLATES in config.stash:
        templates = config.stash[TEMPLATES]
        templates.server.stop()
        shutil.rmtree(templates.folder, ignore_errors=True)


def pytest_collection_finish() -> None:
    """Thousands of collected tests are no garbage, and need not be looked through for any time and again."""
    gc.collect()
    gc.freeze()


class ToWorkers:
    """Tells the worker processes where the templates are."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node) -> None:
        templates = node.config.stash[TEMPLATES]
        node.workerinput["pg_url"] = templates.server.url
        node.workerinput["folder"] = str(templates.folder)
        node.workerinput["template"] = templates.template


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.register(ToWorkers())


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest) -> Templates:
    return request.config.stash[TEMPLATES]


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each test that uses a database runs on both engines."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def shared_settings(engine_name: str, templates: Templates) -> Iterator[Settings]:
    """A database for the tests of this process that undo what they do."""
    with copied(templates, engine_name, "shared") as settings:
        yield settings


@pytest.fixture(scope="session")
def shared_engine(shared_settings: Settings):
    engine = engine_for(shared_settings)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def staffed(engine_name: str, templates: Templates):
    """Another one, with the accounts that have tokens: their tokens, and the engine."""
    with copied(templates, engine_name, "staffed") as settings:
        database = Database.connect(settings)
        tokens = Tokens.made_in(database)
        database.dispose()
        engine = engine_for(settings)
        yield tokens, engine
        engine.dispose()


@contextmanager
def copied(templates: Templates, engine_name: str, name: str) -> Iterator[Settings]:
    """A database of this process."""
    name = f"tmd_{os.getpid()}_{name}"
    yield Settings(database_url=templates.copy(engine_name, name))
    templates.drop(engine_name, name)


@pytest.fixture
def clock() -> FakeClock:
    """The clock of the test's databases, which it may set."""
    return FakeClock()


@pytest.fixture
def database(request: pytest.FixtureRequest, engine_name: str, clock: FakeClock) -> Iterator[RolledBack]:
    """A database with the schema and the parties; whatever the test does is undone.

    For a test with tokens their accounts are there already: making them would take longer than most of the tests.
    """
    if "tokens" in request.fixturenames:
        _, engine = request.getfixturevalue("staffed")
    else:
        engine = request.getfixturevalue("shared_engine")
    with engine.connect() as connection:
        transaction = connection.begin()
        yield RolledBack(connection, clock)
        transaction.rollback()


@pytest.fixture
def db(database: RolledBack):
    """A session that writes."""
    with database.write() as session:
        yield session


@pytest.fixture
def settings(shared_settings: Settings) -> Settings:
    return shared_settings


@pytest.fixture
def tokens(staffed) -> Tokens:
    """A token for each role in the example working group, by the name of its account."""
    # A test may add to them.
    return Tokens(staffed[0])


@pytest.fixture(scope="session")
def router() -> APIRouter:
    """The routes of all services of this process. FastAPI takes long to prepare each when it is first asked for."""
    return create_app(Settings(database_url="sqlite:///:memory:")).router


@pytest.fixture
def api(database: Database, settings: Settings, router: APIRouter) -> Iterator[Api]:
    """The service over HTTP, as a client sees it."""
    app = create_app(settings, database)
    app.router = router
    with Api.serving(app) as client:
        yield client


@pytest.fixture
def own_settings(engine_name: str, templates: Templates) -> Iterator[Settings]:
    """A database of the test's own, in which commits are real."""
    name = f"tmd_{os.getpid()}_{uuid4().hex[:8]}"
    # Writers who come all at once wait for one another, however slow the machine is.
    yield Settings(database_url=templates.copy(engine_name, name), lock_seconds=60)
    templates.drop(engine_name, name)


@pytest.fixture
def own_database(own_settings: Settings, clock: FakeClock) -> Iterator[Database]:
    database = Database.connect(own_settings, clock)
    yield database
    database.dispose()
