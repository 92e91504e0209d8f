"""Look-up finds the terms of the shipped glossary however they are typed, the same on both engines."""

from collections.abc import Sequence

from app.settings import Settings
from tests.databases import Templates
from tests.recall.asking import Answer, answers, glossary_in
from tests.recall.measuring import differing, measured
from tests.recall.queries import all_queries, not_meant, off_topic

STEP = 5
"""Every fifth query is asked of PostgreSQL as well; `make recall` asks them all."""


def test_the_goals_are_reached_and_the_engines_answer_alike(templates: Templates) -> None:
    queries, others, near = all_queries(), off_topic(), not_meant()
    texts = [query.text for query in (*queries, *others, *near)]
    on_sqlite = _asked(templates, "sqlite", texts)
    mistaken = list(zip(near, on_sqlite[-len(near) :], strict=True))
    found = measured(queries, on_sqlite[: len(queries)], others, on_sqlite[len(queries) : -len(near)], mistaken)
    assert found.shortfalls() == []
    on_postgresql = _asked(templates, "postgresql", texts[::STEP])
    assert differing(texts[::STEP], on_sqlite[::STEP], on_postgresql) == []


def _asked(templates: Templates, engine: str, texts: Sequence[str]) -> list[Answer]:
    try:
        with glossary_in(Settings(database_url=templates.copy(engine, "tmd_recall"))) as app:
            return answers(app, texts)
    finally:
        templates.drop(engine, "tmd_recall")
