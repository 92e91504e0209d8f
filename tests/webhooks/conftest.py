"""Webhooks on the databases of the tests."""

import pytest

from app.db import Database
from app.settings import Settings
from tests.webhooks.steps import Deliveries


@pytest.fixture
def internal(settings: Settings) -> Settings:
    """The settings of a service that may call the receivers of the tests."""
    return settings.model_copy(update={"webhook_allow_internal": True})


@pytest.fixture
def deliveries(database: Database, internal: Settings) -> Deliveries:
    return Deliveries(database, internal)
