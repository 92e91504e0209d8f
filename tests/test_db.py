"""Sessions: what is kept, what is seen, and who waits for whom. Commits are real here."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection
from sqlmodel import col

from app.accounts.operations import account_named
from app.accounts.tables import Account
from app.db import Database
from app.entries.numbers import next_number
from app.entries.tables import Entry, EntryTerm
from app.errors import DatabaseBusy, NotReady
from app.history.operations import verify
from app.history.tables import AuditEvent
from app.languages.codes import LANGUAGES
from app.search.questions import Mode, Question
from app.search.searching import search
from app.settings import Settings
from tests.makers import make_entry

PATIENCE = 30


class Interrupted(Exception):
    """Something that happens in the middle of a change."""


def entries_in(database: Database) -> list[int]:
    with database.read() as db:
        return list(db.scalars(select(col(Entry.id)).order_by(col(Entry.id))))


def in_threads(*works: Callable[[], None]) -> None:
    """Do these at the same time; what goes wrong in a thread goes wrong in the test."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert errors == []
    assert not any(thread.is_alive() for thread in threads)


def test_what_is_written_is_kept(own_database: Database) -> None:
    with own_database.write() as db:
        entry = make_entry(db)
    assert entries_in(own_database) == [entry.id]
    assert entry.digest  # a row stays readable after the commit


def test_an_exception_takes_back_everything(own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db, en="decoy")

    def fail_half_way() -> None:
        with own_database.write() as db:
            make_entry(db, en="missile")
            raise Interrupted

    with pytest.raises(Interrupted):
        fail_half_way()
    assert entries_in(own_database) == [1001]
    with own_database.read() as db:
        assert db.scalars(select(col(EntryTerm.text)).where(col(EntryTerm.language) == "en")).all() == ["decoy"]
        assert db.scalar(select(func.count()).select_from(AuditEvent)) == 1
    with own_database.write() as db:
        assert make_entry(db, en="radar").id == 1002
        assert verify(db) is None


def test_nothing_that_a_reader_does_is_kept(own_database: Database) -> None:
    with own_database.read() as db:
        account_named(db, "reader", None)
    with own_database.read() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 0


def test_a_reader_sees_one_moment_to_its_end(own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db, en="decoy")
    with own_database.read() as reader:
        before = reader.scalars(select(col(Entry.id))).all()
        with own_database.write() as db:
            make_entry(db, en="missile")
        assert reader.scalars(select(col(Entry.id))).all() == before
        assert reader.scalar(select(func.count()).select_from(EntryTerm)) == 3
    assert len(entries_in(own_database)) == 2


def test_writers_at_the_same_time_leave_no_hole_and_no_doublet(own_database: Database) -> None:
    start = threading.Barrier(4)

    def write() -> None:
        start.wait(PATIENCE)
        for _ in range(5):
            with own_database.write() as db:
                make_entry(db)

    in_threads(write, write, write, write)
    assert entries_in(own_database) == list(range(1001, 1021))
    with own_database.read() as db:
        assert verify(db) is None
        assert db.scalar(select(func.count()).select_from(AuditEvent)) == 20


def test_a_writer_sees_what_the_one_before_it_has_committed(own_database: Database) -> None:
    given: list[int] = []
    inside, waiting = threading.Event(), threading.Event()

    def first() -> None:
        with own_database.write() as db:
            inside.set()
            assert waiting.wait(PATIENCE)
            given.append(next_number(db, "A"))

    def second() -> None:
        assert inside.wait(PATIENCE)
        waiting.set()
        with own_database.write() as db:
            given.append(next_number(db, "A"))

    in_threads(first, second)
    assert given == [1, 2]


@pytest.fixture
def impatient(own_settings: Settings):
    """The same kind of database, whose writers wait for one second."""
    database = Database.connect(own_settings.model_copy(update={"lock_seconds": 1, "threads": 2}))
    yield database
    database.dispose()


def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(impatient: Database) -> None:
    with impatient.write() as db:
        account_named(db, "first", None)
        with pytest.raises(DatabaseBusy), impatient.write():
            pytest.fail("two writers at once")
    with impatient.write() as db:
        assert account_named(db, "second", None).id


def test_readers_do_not_wait_for_a_writer(impatient: Database) -> None:
    with impatient.write() as db:
        make_entry(db)
        assert entries_in(impatient) == []
    assert entries_in(impatient) == [1001]


def test_a_reader_without_a_free_connection_is_told_that_the_database_is_busy(impatient: Database) -> None:
    with ExitStack() as readers:
        for _ in range(4):
            readers.enter_context(impatient.read())
        with pytest.raises(DatabaseBusy):
            readers.enter_context(impatient.read())
    assert entries_in(impatient) == []


def test_an_error_that_is_not_a_lock_keeps_its_name(own_database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, own_database.read() as db:
        db.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, DatabaseBusy)


def test_rows_must_refer_to_rows_that_are_there(own_database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), own_database.write() as db:
        db.execute(text("INSERT INTO entry_subject (entry_id, code) VALUES (404, 'threat')"))


def statements_of(database: Database, read: Callable[[Connection], object], *, alone: bool) -> list[str]:
    """What SQLite is told during a read, by the first words."""
    told: list[str] = []
    with database.snapshot(alone=alone) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(lambda statement: told.append(statement.split()[0]))
        try:
            read(connection)
        finally:
            driver.set_trace_callback(None)
    return told


@pytest.mark.parametrize("engine_name", ["sqlite"], scope="session")
def test_an_exact_look_up_is_one_statement(own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db, en="decoy")
        make_entry(db, en="decoy", fr="appât")
    for text_ in ("decoy", "appât", "nothing of the kind"):
        question = Question(text_, Mode.EXACT, LANGUAGES)
        told = statements_of(own_database, lambda db: search(db, question, None, 20), alone=True)  # noqa: B023
        assert told == ["SELECT"]


def test_a_snapshot_holds_from_statement_to_statement(own_database: Database) -> None:
    count = text("SELECT count(*) FROM entry")
    with own_database.snapshot() as reader:
        before = reader.scalar(count)
        with own_database.write() as db:
            make_entry(db)
        assert reader.scalar(count) == before
    with own_database.snapshot(alone=True) as reader:
        assert reader.scalar(count) == 1


def test_a_snapshot_gives_its_connection_back_as_it_was(own_database: Database) -> None:
    for alone in (True, False, True):
        with own_database.snapshot(alone=alone) as reader:
            reader.scalar(text("SELECT count(*) FROM entry"))
        with own_database.write() as db:
            make_entry(db)
    assert len(entries_in(own_database)) == 3


@pytest.mark.parametrize("engine_name", ["postgresql"], scope="session")
def test_a_look_up_enters_indexes_and_leaves_the_connection_as_it_was(own_database: Database) -> None:
    ways = "SELECT current_setting('enable_hashjoin'), current_setting('enable_mergejoin'), current_setting('jit')"
    with own_database.snapshot() as reader:
        assert tuple(reader.execute(text(ways)).one()) == ("off", "off", "off")
        assert reader.scalar(text("SHOW transaction_isolation")) == "repeatable read"
        assert reader.scalar(text("SHOW transaction_read_only")) == "on"
    with own_database.read() as db:
        assert tuple(db.execute(text(ways)).one()) == ("on", "on", "on")
        assert db.scalar(text("SHOW transaction_read_only")) == "off"


def end_connections(other: Database) -> int:
    """End all connections to this database but the own; how many there were."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with other.write() as db:
        return len(db.execute(text(f"{others} AND datname = current_database()")).all())


@pytest.mark.parametrize("engine_name", ["postgresql"], scope="session")
@pytest.mark.parametrize("alone", [True, False])
def test_a_connection_that_was_lost_while_idle_is_opened_again(
    own_database: Database, own_settings: Settings, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    monkeypatch.setattr("app.db._IDLE", 0.0)
    assert entries_in(own_database) == []
    with Database.opened(own_settings) as other:
        assert end_connections(other) == 1
    with own_database.snapshot(alone=alone) as reader:
        assert reader.scalar(text("SELECT count(*) FROM entry")) == 0


@pytest.mark.parametrize("engine_name", ["postgresql"], scope="session")
@pytest.mark.parametrize("alone", [True, False])
def test_a_connection_that_is_lost_in_use_fails_once_and_is_named(
    own_database: Database, own_settings: Settings, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    monkeypatch.setattr("app.db._IDLE", 1000.0)
    question = Question("decoy", Mode.EXACT, LANGUAGES)
    with own_database.snapshot(alone=alone) as reader:
        assert search(reader, question, None, 20).hits == []
    with Database.opened(own_settings) as other:
        assert end_connections(other) == 1

    def ask() -> None:
        with own_database.snapshot(alone=alone) as reader:
            search(reader, question, None, 20)

    with pytest.raises(NotReady):
        ask()
    ask()
