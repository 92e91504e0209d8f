"""The service for tests of the transport, which need no entries and no particular engine."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from app.main import create_app
from app.settings import Settings
from tests.api import Api
from tests.databases import Templates


def _served(address: str) -> Iterator[Api]:
    app = create_app(Settings(database_url=address))
    with Api.serving(app) as client:
        yield client
    app.state.database.dispose()


@pytest.fixture
def bare(templates: Templates) -> Iterator[Api]:
    """The service with a compendium in which there is nothing yet."""
    name = f"bare_{uuid4().hex[:8]}"
    yield from _served(templates.copy("sqlite", name))
    templates.drop("sqlite", name)


@pytest.fixture
def tableless(tmp_path: Path) -> Iterator[Api]:
    """The service with a database that nobody has migrated: whatever reads a table fails."""
    yield from _served(f"sqlite:///{tmp_path}/empty.db")
