"""Look-up finds the terms of the shipped glossary however they are typed, the same on both engines."""

import pytest

from tests.recall.asking import Answer
from tests.recall.conftest import STEP
from tests.recall.measuring import differing, measured
from tests.recall.queries import all_queries, not_meant, off_topic

# In one process, because the queries are asked once for all of them.
pytestmark = pytest.mark.xdist_group("recall")


def test_the_goals_are_reached(on_sqlite: list[Answer]) -> None:
    queries, others, near = all_queries(), off_topic(), not_meant()
    mistaken = list(zip(near, on_sqlite[-len(near) :], strict=True))
    found = measured(queries, on_sqlite[: len(queries)], others, on_sqlite[len(queries) : -len(near)], mistaken)
    assert found.shortfalls() == []


def test_the_engines_answer_alike(texts: list[str], on_sqlite: list[Answer], on_postgresql: list[Answer]) -> None:
    assert differing(texts[::STEP], on_sqlite[::STEP], on_postgresql) == []
