"""The number that moves with every committed change."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.accounts import operations as accounts
from app.change_counter import HOLDS_FOR
from app.db import Database
from app.errors import NotReady
from app.exchange.loading import load_glossary
from app.profile import read_profile
from app.settings import Settings
from tests.exchange.folders import entry_file, make_folder
from tests.makers import make_entry


class Interrupted(Exception):
    pass


@pytest.fixture
def elsewhere(own_settings: Settings) -> Iterator[Database]:
    """The same database as another process has it."""
    database = Database.connect(own_settings)
    yield database
    database.dispose()


def test_it_stays_while_nothing_is_committed(own_database: Database) -> None:
    before = own_database.changes()
    with own_database.read() as db:
        make_entry(db)
    time.sleep(HOLDS_FOR)
    assert own_database.changes() == before


def test_a_commit_of_this_process_is_counted_before_the_writer_goes_on(own_database: Database) -> None:
    before = own_database.changes()
    with own_database.write() as db:
        make_entry(db)
        assert own_database.changes_seen() == before
    assert own_database.changes_seen() > before
    assert own_database.changes() > before


def test_what_is_taken_back_may_be_counted_and_breaks_nothing(own_database: Database) -> None:
    def fail_half_way() -> None:
        with own_database.write() as db:
            make_entry(db)
            raise Interrupted

    with pytest.raises(Interrupted):
        fail_half_way()
    before = own_database.changes()
    with own_database.write() as db:
        make_entry(db)
    assert own_database.changes() > before


def test_an_adoption_by_another_process_is_counted(own_database: Database, elsewhere: Database) -> None:
    before = own_database.changes()
    with elsewhere.write() as db:
        make_entry(db)
    time.sleep(HOLDS_FOR)
    assert not own_database.changes_are_fresh()
    assert own_database.changes() > before
    assert own_database.changes_are_fresh()


def test_a_load_by_another_process_is_counted(own_database: Database, elsewhere: Database, tmp_path: Path) -> None:
    # First the subject fields alone, then an entry that is only proposed, then one that is agreed.
    files = [], [entry_file(34, status="proposed")], [entry_file(35, "radar", "radar", "РЛС")]
    for written in files:
        folder = make_folder(tmp_path, *written)
        before = own_database.changes()
        with elsewhere.write() as db:
            load_glossary(db, accounts.secretariat(db), read_profile(Settings().profile_path), folder)
        time.sleep(HOLDS_FOR)
        assert own_database.changes() > before


def test_a_change_by_another_process_is_counted_in_time_without_a_pause_between_questions(
    own_database: Database, elsewhere: Database
) -> None:
    before = own_database.changes()
    with elsewhere.write() as db:
        make_entry(db)
    committed = time.monotonic()
    while own_database.changes() == before:
        assert time.monotonic() < committed + 1
        time.sleep(0.005)


def test_a_number_taken_before_a_change_is_not_given_again(own_database: Database, elsewhere: Database) -> None:
    taken = [own_database.changes()]
    for database in (own_database, elsewhere, own_database):
        with database.write() as db:
            make_entry(db)
        time.sleep(HOLDS_FOR)
        taken.append(own_database.changes())
    assert taken == sorted(set(taken))


@pytest.mark.parametrize("engine_name", ["postgresql"], scope="session")
def test_a_lost_connection_is_opened_again_and_counts_as_a_change(
    own_database: Database, elsewhere: Database
) -> None:
    before = own_database.changes()
    with elsewhere.write() as db:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        ended = db.execute(text(f"{others} AND datname = current_database()")).all()
    assert len(ended) == 1
    time.sleep(HOLDS_FOR)
    assert own_database.changes() > before


def test_it_keeps_its_connection_when_readers_hold_all_of_the_others(own_settings: Settings) -> None:
    database = Database.connect(own_settings.model_copy(update={"threads": 2, "lock_seconds": 1}))
    readers = [database.read() for _ in range(4)]
    for reader in readers:
        reader.__enter__()
    before = database.changes()
    time.sleep(HOLDS_FOR)
    assert database.changes() == before
    for reader in readers:
        reader.__exit__(None, None, None)
    database.dispose()


@pytest.mark.parametrize(
    "address", ["sqlite:////no/such/folder/compendium.db", "postgresql://postgres@127.0.0.1:1/compendium"]
)
def test_a_database_that_cannot_be_reached_is_said_to_be(address: str) -> None:
    database = Database.connect(Settings(database_url=address))
    with pytest.raises(NotReady):
        database.changes()
    assert not database.changes_are_fresh()
    database.dispose()
