"""The answers to the query set, asked once a run."""

from collections.abc import Sequence

import pytest

from app.settings import Settings
from tests.databases import Templates
from tests.recall.asking import Answer, answers, glossary_in
from tests.recall.queries import all_queries, not_meant, off_topic

STEP = 5
"""Every fifth query is asked of PostgreSQL as well; `make recall` asks them all."""


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Every query of the set, then the off-topic ones and those near a term."""
    return [query.text for query in (*all_queries(), *off_topic(), *not_meant())]


@pytest.fixture(scope="session")
def on_sqlite(templates: Templates, texts: list[str]) -> list[Answer]:
    return _asked(templates, "sqlite", texts)


@pytest.fixture(scope="session")
def on_postgresql(templates: Templates, texts: list[str]) -> list[Answer]:
    return _asked(templates, "postgresql", texts[::STEP])


def _asked(templates: Templates, engine: str, texts: Sequence[str]) -> list[Answer]:
    try:
        with glossary_in(Settings(database_url=templates.copy(engine, "tmd_recall"))) as app:
            return answers(app, texts)
    finally:
        templates.drop(engine, "tmd_recall")
