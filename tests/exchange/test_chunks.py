"""Large files, in several transactions: broken off, what was done is kept, and the next run goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from app.accounts import operations as accounts
from app.audit.verifying import breaches
from app.db import Database
from app.entries.content import EntryContent
from app.entries.tables import Entry
from app.errors import ImportRejected, UnreadableFile
from app.exchange.chunks import Import
from app.exchange.imported import ImportAs, Terms
from app.exchange.records import Fault, Incoming
from app.profile import read_profile
from app.settings import Settings
from tests.makers import body, content, make_subject_field
from tests.rows import everything

PROFILE = read_profile(Settings().profile_path)
TERMS = Terms("Imported.", ImportAs.INITIAL_LOAD, "IATE")


class Broken(Exception):
    """What a test breaks off with."""


def entries(count: int) -> list[Incoming]:
    """Every second one has a number of ours."""
    return [
        Incoming(
            n, f"TMD-{n:04d}" if n % 2 else f"x-{n}", content(en=f"decoy {n}", fr=f"leurre {n}", ru=f"ловушка {n}")
        )
        for n in range(1, count + 1)
    ]


@pytest.fixture
def importing(own_database: Database) -> Callable[[list[Incoming]], Import]:
    with own_database.write() as db:
        make_subject_field(db)
        accounts.secretariat(db)
    return lambda items: Import(own_database, accounts.secretariat, PROFILE, lambda: iter(items), TERMS, size=4)


def loaded(database: Database) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(Entry)) or 0


def test_a_large_file_comes_in_chunk_by_chunk(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    told: list[tuple[int, int, int]] = []
    report = importing(entries(10)).run(each=lambda done, of: told.append((done, of, loaded(own_database))))
    assert told == [(4, 10, 4), (8, 10, 8), (10, 10, 10)]
    assert [line.outcome for line in report] == ["new"] * 10
    with own_database.read() as db:
        assert list(breaches(db, lambda _row: None)) == []


def test_what_was_broken_off_goes_on_and_a_whole_file_changes_nothing(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    def breaking(done: int, _of: int) -> None:
        if done == 8:
            raise Broken

    with pytest.raises(Broken):
        importing(entries(10)).run(each=breaking)
    assert loaded(own_database) == 8
    report = importing(entries(10)).run()
    assert [line.outcome for line in report] == ["unchanged"] * 8 + ["new"] * 2
    before = everything(own_database)
    assert [line.outcome for line in importing(entries(10)).run()] == ["unchanged"] * 10
    assert everything(own_database) == before


def test_a_fault_anywhere_in_a_large_file_keeps_all_of_it_out(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = entries(10)
    items[8] = replace(items[8], content=None, faults=(Fault("", "csv_split_entry"),))
    before = everything(own_database)
    with pytest.raises(ImportRejected) as error:
        importing(items).run()
    assert [line.line for line in error.value.params["report"]] == [9]

    def broken() -> Iterator[Incoming]:
        yield from entries(9)
        raise UnreadableFile(reason="xml_malformed", line=10)

    with pytest.raises(UnreadableFile):
        replace(importing([]), read=broken).run()
    assert everything(own_database) == before


def test_a_chunk_that_is_refused_leaves_those_before_it(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = entries(10)
    items[9] = replace(items[9], content=content(ru=None))
    with pytest.raises(ImportRejected):
        importing(items).run()
    assert loaded(own_database) == 8
    assert len(importing(entries(10)).run()) == 10
    assert loaded(own_database) == 10


def test_relations_may_point_into_a_later_chunk_but_not_into_nothing(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    def related(target: str) -> list[Incoming]:
        fields = body(en="booster") | {"relations": [{"type": "see_also", "target": target}]}
        return [Incoming(1, "TMD-0001", EntryContent.model_validate(fields)), *entries(10)[1:]]

    with pytest.raises(ImportRejected):
        importing(related("TMD-0999")).run()
    assert loaded(own_database) == 0
    importing(related("TMD-0009")).run()
    assert loaded(own_database) == 10


def test_a_dry_run_of_a_large_file_changes_nothing(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    before = everything(own_database)
    report = importing(entries(10)).run(dry_run=True)
    assert [line.outcome for line in report] == ["new"] * 10
    assert everything(own_database) == before


def test_names_that_stand_twice_are_known_across_chunks(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = entries(10)
    items[9] = replace(items[9], reference=items[1].reference)
    report = importing(items).run()
    assert [warning.code for warning in report[9].warnings] == ["duplicate_external_id"]
    with own_database.read() as db:
        assert db.scalar(select(func.count()).select_from(Entry).where(col(Entry.id) > 0)) == 10


def test_a_small_file_is_one_transaction(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = entries(4)
    items[3] = replace(items[3], content=content(ru=None))
    before = everything(own_database)
    with pytest.raises(ImportRejected):
        importing(items).run()
    assert everything(own_database) == before
    assert importing([]).run() == []
