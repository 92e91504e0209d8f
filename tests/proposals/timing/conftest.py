"""The service on a database of the test's own, where commits are real and the clock is the test's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from app.db import Database
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.makers import make_subject_field


@pytest.fixture
def own_tokens(own_database: Database) -> Tokens:
    with own_database.write() as db:
        make_subject_field(db)
    return Tokens.made_in(own_database)


@pytest.fixture
def own_api(own_database: Database, own_settings: Settings) -> Iterator[Api]:
    with Api.serving(create_app(own_settings, own_database)) as client:
        yield client


@pytest.fixture
def another_process(own_settings: Settings, clock: FakeClock) -> Iterator[Callable[[], Api]]:
    """Starts the service once more over the same database, with connections and memory of its own."""
    with ExitStack() as stack:

        def start() -> Api:
            database = Database.connect(own_settings, clock)
            stack.callback(database.dispose)
            return stack.enter_context(Api.serving(create_app(own_settings, database)))

        yield start
