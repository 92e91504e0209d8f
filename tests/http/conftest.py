"""The service for tests of the transport, which need no table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from tests.api import Api


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Api]:
    """The service with a database that holds nothing: whatever reads a table fails."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/empty.db"))
    with Api.serving(app) as client:
        yield client
    app.state.database.dispose()
