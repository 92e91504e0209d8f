"""A number that moves with every committed change, for whatever is kept in memory to know its age."""

from threading import Lock
from time import monotonic

from sqlalchemy import Connection, Engine, NullPool, create_engine
from sqlalchemy.exc import OperationalError

HOLDS_FOR = 0.25
"""Seconds after which the database is asked again."""

_MARKS = {
    "sqlite": "PRAGMA data_version",
    # Every change of something public leaves an event in its own transaction, and writers take turns.
    "postgresql": "SELECT coalesce(max(seq), 0) FROM audit_event",
}


class ChangeCounter:
    """Counts the commits of this process at once, and those of others when it asks the database.

    A commit may be counted twice, never left out. The number means nothing to another process.
    """

    def __init__(self, engine: Engine) -> None:
        # A connection of its own, kept: readers may hold all of the pool, and SQLite counts by connection.
        self._engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._query = _MARKS[engine.dialect.name]
        self._connection: Connection | None = None
        self._mark: int | None = None
        self._asked = float("-inf")
        self._count = 0
        self._asking = Lock()
        self._counting = Lock()

    def seen(self) -> int:
        """The number as far as it is known; asks nothing."""
        return self._count

    def is_fresh(self) -> bool:
        """Whether the number holds without asking. To be called before `seen`, not after."""
        return monotonic() - self._asked < HOLDS_FOR

    def moved(self) -> None:
        """Count a commit."""
        with self._counting:
            self._count += 1

    def ask(self) -> int:
        """The number; asks the database if the last answer no longer holds."""
        with self._asking:
            if not self.is_fresh():
                # The time before the question: what is committed while it is answered may be missing in it.
                begun, mark = monotonic(), self._mark_in_database()
                if mark != self._mark:
                    self._mark = mark
                    self.moved()
                self._asked = begun
            return self.seen()

    def close(self) -> None:
        """Give the connection back; the next question opens another."""
        with self._asking:
            self._forget()

    def _mark_in_database(self) -> int:
        if self._connection is not None:
            try:
                return self._answer(self._connection)
            except OperationalError:
                self._forget()  # closed from the other end, as after a restart of the server
        self._connection = self._engine.connect()
        return self._answer(self._connection)

    def _answer(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql(self._query).scalar_one())

    def _forget(self) -> None:
        # Marks of two connections do not compare.
        self._mark, self._asked = None, float("-inf")
        if self._connection is not None:
            self._connection.close()
            self._connection = None
