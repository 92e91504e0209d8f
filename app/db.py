"""The database: engine, sessions that read and sessions that write.

SQLite and PostgreSQL behave alike here. A reader sees one snapshot from its first query to its last row.
Writers take turns: SQLite by BEGIN IMMEDIATE, PostgreSQL by a lock that ends with the transaction. So a
writer always sees what the one before it has committed, numbers have no holes, and audit events are
committed in the order of their sequence. A glossary is read a thousand times for each time it is written.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from math import inf
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Engine, Enum, Table, create_engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from app.change_counter import ChangeCounter
from app.clock import Clock, system_clock
from app.errors import DatabaseBusy, NotReady
from app.settings import Settings

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_IDLE = 1.0
"""Seconds after which a connection counts as idle: a server that starts again takes longer."""
_BEGIN_LOOK_UP = """
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL enable_hashjoin = off;
    SET LOCAL enable_mergejoin = off;
    SET LOCAL jit = off
"""
"""A look-up picks few rows and enters an index for each. How few, PostgreSQL cannot know; it would rather read all
words of the glossary once for each question, or compile a program for it."""
_WRITERS_TURN = 0x7E12  # any number, the same in every process of the service

Value = TypeVar("Value", bound=StrEnum)


def code_column(values: type[Value], name: str) -> Enum:
    """A column type that stores an enumeration as the text of its value, with a CHECK named `name`."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def now(db: Session) -> datetime:
    """This moment by the clock of the session's database; aware, in UTC."""
    clock: Clock = db.info["clock"]
    return clock()


def has_changes(db: Session) -> bool:
    """Whether the session would write anything if it were flushed now."""
    return bool(db.new) or any(db.is_modified(row) for row in db.dirty)


def insert_plain(db: Session, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert very many rows of integers, texts and bytes, each with all columns of the table in their order.

    By the driver, which is told nothing of each row: of the indexes of look-up an entry has hundreds of rows.
    Their table is not one whose rows are sealed.
    """
    connection = db.connection()
    columns = ", ".join(column.name for column in table.columns)
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(table.columns))
            cursor.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", rows)  # noqa: S608
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(None, None, error, connection.dialect.loaded_dbapi.Error) from error
    finally:
        cursor.close()


class Writing(Session):
    """A session that changes rows. Before it commits, `app.history.sealing` seals those that it changed."""


class Database:
    """Sessions on one database."""

    def __init__(self, engine: Engine, lock_seconds: int = 5, clock: Clock = system_clock) -> None:
        self.clock = clock
        self._engine = engine
        if self.dialect == "postgresql":
            self._readers = engine.execution_options(isolation_level="REPEATABLE READ")
            self._look_up = engine.execution_options(isolation_level="AUTOCOMMIT")
        else:
            self._readers = self._look_up = engine.execution_options(writes=False)
        self._lock_seconds = lock_seconds
        self._changes = ChangeCounter(engine)

    @classmethod
    def connect(cls, settings: Settings, clock: Clock = system_clock) -> "Database":
        """The database that the settings name; no connection is opened yet."""
        return cls(engine_for(settings), settings.lock_seconds, clock)

    @classmethod
    @contextmanager
    def opened(cls, settings: Settings, clock: Clock = system_clock) -> Iterator["Database"]:
        """The same, with its connections closed at the end."""
        database = cls.connect(settings, clock)
        try:
            yield database
        finally:
            database.dispose()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @property
    def info(self) -> dict[str, Any]:
        """What sessions know of their database."""
        return {"clock": self.clock}

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session over one snapshot. Nothing done in it is kept. Raises DatabaseBusy."""
        with failures_are_named(), self.reader() as session:
            session.connection()
            yield session

    def reader(self) -> Session:
        """The same, not begun: the first query takes a connection and the snapshot, `close` gives them back."""
        return Session(self._readers, expire_on_commit=False, info=self.info)

    @contextmanager
    def snapshot(self, *, alone: bool = False) -> Iterator[Connection]:
        """A connection that reads one snapshot. Raises DatabaseBusy, NotReady.

        A session, which keeps books of objects that a look-up does not have, takes longer than the look-up.
        A statement that is `alone` is a snapshot by itself: on PostgreSQL that spares two of three messages.
        """
        with failures_are_named(), self._look_up.connect() as connection:
            if not alone:
                self._begin_look_up(connection)
            yield connection

    def _begin_look_up(self, connection: Connection) -> None:
        if self.dialect == "sqlite":
            connection.begin()
            return
        try:
            # By the driver, which alone sends several statements as one message. The pool ends what they begin.
            connection.connection.cursor().execute(_BEGIN_LOOK_UP)
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(_BEGIN_LOOK_UP, None, error, connection.dialect.loaded_dbapi.Error) from error

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at the end, or keeps nothing at all. Raises DatabaseBusy."""
        # Rows stay readable after the commit, when the reply is made from them.
        with failures_are_named(), Writing(self._engine, expire_on_commit=False, info=self.info) as session:
            session.connection(execution_options={"writes": True})
            if self.dialect == "postgresql":
                session.execute(text(f"SET LOCAL lock_timeout = '{self._lock_seconds}s'"))
                session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _WRITERS_TURN})
            yield session
            try:
                session.commit()
            finally:
                # Also if it failed: a commit whose confirmation is lost may have been one.
                self._changes.moved()

    def changes(self) -> int:
        """A number that moves with every committed change: at once here, in 0.25 s after one of another process.

        What was read after the number was taken is current for as long as the number is the same.
        Raises DatabaseBusy, NotReady.
        """
        with failures_are_named():
            return self._changes.ask()

    def changes_seen(self) -> int:
        """The same as far as it is known; for the event loop, which must not wait for a database."""
        return self._changes.seen()

    def changes_are_fresh(self) -> bool:
        """Whether `changes_seen`, called after this, is as good as `changes`."""
        return self._changes.is_fresh()

    def dispose(self) -> None:
        """Close all connections."""
        self._changes.close()
        self._engine.dispose()


def engine_for(settings: Settings) -> Engine:
    """An engine with as many connections as the process has threads for requests."""
    if settings.database_url.startswith("sqlite"):
        engine = create_engine(
            settings.database_url,
            connect_args={"timeout": settings.lock_seconds},
            **({} if ":memory:" in settings.database_url else _pool(settings)),
        )
        prepare_sqlite(engine)
        return engine
    engine = create_engine(settings.database_url, **_pool(settings))
    _ask_idle_connections(engine)
    return engine


def engine_for_migrations(settings: Settings) -> Engine:
    """An engine whose SQLite connections do not enforce foreign keys.

    SQLite changes a table by rebuilding it, and dropping the old one would delete the rows that refer to it.
    """
    engine = create_engine(settings.database_url)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, foreign_keys=False)
    return engine


def prepare_sqlite(engine: Engine, *, foreign_keys: bool = True) -> None:
    """Foreign keys, write-ahead log, and transactions that begin when SQLAlchemy says so."""
    pragmas = (
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        # So that INSERT OR REPLACE, too, meets the triggers that refuse deletion.
        "recursive_triggers = ON",
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _record: object) -> None:
        # The driver's own habit of opening transactions late would let two writers read the same state.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", True):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # It locks nothing, so nothing can be in its way; and it is done before each read.
            connection.connection.cursor().execute("BEGIN")


def _pool(settings: Settings) -> dict[str, Any]:
    # A thread never waits for a connection: streamed exports may hold one each beside the threads.
    return {
        "pool_size": settings.threads,
        "max_overflow": settings.threads,
        "pool_timeout": settings.lock_seconds,
        # What one reader has in memory serves the next.
        "pool_use_lifo": True,
    }


def _ask_idle_connections(engine: Engine) -> None:
    """Before a connection that was idle is used, ask whether it still stands; one that is in constant use tells.

    A question before each read would take as long as the read.
    """

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - record.info.get("used", inf) < _IDLE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error


@contextmanager
def failures_are_named() -> Iterator[None]:
    """Turn the two databases' ways of saying "not now" into DatabaseBusy, "not at all" into NotReady."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseBusy from error
    except OperationalError as error:
        said = str(error.orig)
        if "database is locked" in said or "lock timeout" in said:
            raise DatabaseBusy from error
        # What PostgreSQL itself says has a state; what has none is a connection that failed. 57P: it shuts down.
        state = getattr(error.orig, "sqlstate", "")
        if "unable to open database file" in said or state is None or state.startswith("57P"):
            raise NotReady(reason="database_unreachable") from error
        raise
