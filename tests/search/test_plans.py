"""Each statement enters an index and reads a bounded part of it, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app.languages.codes import LANGUAGES
from app.search import beginnings
from app.search.prepared import Prepared
from app.search.questions import Mode, Phase, Place, Question
from app.search.searching import search
from app.search.suggesting import completions
from tests.search.asking import make_compendium

AFTER_MISSILE = Place(Phase.PREFIX, 1, "nmissile", 0, 0, 1001, 0)
ASKED: dict[str, Callable[[Connection], Any]] = {
    "exact": lambda db: search(db, Question("ракета-перехватчик", Mode.EXACT, LANGUAGES), None, 20),
    "auto": lambda db: search(db, Question("баллистических ракет", Mode.AUTO, LANGUAGES), None, 20),
    "other readings": lambda db: search(db, Question("ghj", Mode.AUTO, LANGUAGES), None, 20),
    "prefix": lambda db: search(db, Question("missile", Mode.PREFIX, LANGUAGES), None, 1),
    "further beginnings": lambda db: search(db, Question("missile", Mode.PREFIX, LANGUAGES), AFTER_MISSILE, 1),
    "words of a term": lambda db: search(db, Question("warning radar", Mode.AUTO, LANGUAGES), None, 20),
    "fuzzy": lambda db: search(db, Question("balistic missle", Mode.AUTO, LANGUAGES), None, 20),
    "words shared": lambda db: search(db, Question("point of view", Mode.AUTO, LANGUAGES), None, 20),
    "full text": lambda db: search(db, Question("object warhead", Mode.FULLTEXT, LANGUAGES), None, 20),
    "suggest": lambda db: completions(db, "про", LANGUAGES, 10),
}


class Recorded:
    """The statements that a database was sent, with their parameters."""

    def __init__(self, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[tuple[str, Any]] = []
        event.listen(connection.engine, "before_cursor_execute", self._on_execute)
        run = Prepared.rows

        def rows(prepared: Prepared, db: Connection, values: Any) -> Any:
            statement, fixed, order = prepared._compile(db)
            named = {**fixed, **values}
            self.sent.append((statement, named if order is None else tuple(named[name] for name in order)))
            return run(prepared, db, values)

        monkeypatch.setattr(Prepared, "rows", rows)

    def _on_execute(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            self.sent.append((statement, parameters))


@pytest.mark.parametrize("name", ASKED)
def test_no_table_is_read_from_end_to_end(db, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    make_compendium(db)
    monkeypatch.setattr(beginnings, "MOST_SORTED", 1)
    connection = db.connection()
    recorded = Recorded(connection, monkeypatch)
    ASKED[name](connection)
    assert recorded.sent
    for statement, parameters in list(recorded.sent):
        plan = explained(connection, statement, parameters)
        assert not [line for line in plan if is_scan(line)], (statement, plan)


def explained(connection: Connection, statement: str, parameters: Any) -> list[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row.detail for row in rows]
    # So few rows fit one page, which is cheaper to read than any index.
    for way in ("seqscan", "bitmapscan"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def is_scan(line: str) -> bool:
    """Whether a table itself is gone through, rather than the few rows that a subquery has picked."""
    return "Seq Scan" in line or (line.startswith("SCAN") and not line.startswith("SCAN anon_"))
