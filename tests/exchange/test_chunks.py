"""Large files, in several transactions: broken off, what was done is kept, and the next run goes on."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from app.accounts import operations as accounts
from app.audit.verifying import breaches
from app.db import Database
from app.entries.content import EntryContent
from app.entries.tables import Entry, EntryRelation
from app.errors import ImportRejected, UnreadableFile
from app.exchange.chunks import Import
from app.exchange.imported import ImportAs, ImportFile, Terms
from app.exchange.records import Fault, Incoming
from app.history.tables import AuditEvent
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


def with_relations(count: int, targets: dict[int, list[int]]) -> list[Incoming]:
    """Entries with numbers, some of which are related to others."""
    texts = [body(en=f"decoy {n}", fr=f"leurre {n}", ru=f"ловушка {n}") for n in range(1, count + 1)]
    for number, others in targets.items():
        texts[number - 1]["relations"] = [{"type": "see_also", "target": f"TMD-{n:04d}"} for n in others]
    return [Incoming(n, f"TMD-{n:04d}", EntryContent.model_validate(text)) for n, text in enumerate(texts, 1)]


def dangling(database: Database) -> list[int]:
    """The targets of relations that are not there."""
    with database.read() as db:
        there = select(col(Entry.id))
        return list(
            db.scalars(select(col(EntryRelation.target_id)).where(~col(EntryRelation.target_id).in_(there)))
        )


def test_what_is_related_to_a_later_chunk_waits_for_it(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    """1 waits for 2, and 2 for 9, which is related to 1; 3 is related to its own chunk, 8 to an earlier one."""
    items = with_relations(10, {1: [2], 2: [9], 3: [4], 8: [3], 9: [1]})
    told: list[tuple[int, list[int]]] = []
    report = importing(items).run(each=lambda done, _of: told.append((done, dangling(own_database))))
    assert told == [(2, []), (6, []), (10, [])]
    assert [line.line for line in report] == list(range(1, 11))
    assert [line.outcome for line in report] == ["new"] * 10
    before = everything(own_database)
    assert [line.outcome for line in importing(items).run()] == ["unchanged"] * 10
    assert everything(own_database) == before


def test_no_relation_points_into_a_chunk_that_was_refused(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = with_relations(10, {1: [10], 5: [1], 6: [2]})
    faulty = [*items[:8], Incoming(9, "TMD-0009", content(ru=None)), items[9]]
    with pytest.raises(ImportRejected) as error:
        importing(faulty).run()
    # Those that have waited are told of with the chunk for which they waited.
    assert [(line.line, line.outcome) for line in error.value.params["report"]] == [
        (1, "new"),
        (5, "new"),
        (9, "rejected"),
        (10, "new"),
    ]
    assert loaded(own_database) == 6
    assert dangling(own_database) == []
    assert [line.outcome for line in importing(items).run()].count("new") == 4
    assert (loaded(own_database), dangling(own_database)) == (10, [])
    with own_database.read() as db:
        assert list(breaches(db, lambda _row: None)) == []


def test_a_dry_run_of_a_large_file_knows_of_relations_between_its_chunks(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    before = everything(own_database)
    report = importing(with_relations(10, {1: [10], 9: [2]})).run(dry_run=True)
    assert [line.outcome for line in report] == ["new"] * 10
    assert everything(own_database) == before


def test_drafts_are_not_related_to_what_gets_no_number(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    drafts = replace(TERMS, into=ImportAs.PROPOSALS)
    for size in (4, 20):
        with pytest.raises(ImportRejected) as error:
            replace(importing(with_relations(10, {1: [10]})), terms=drafts, size=size).run()
        (refused,) = [line for line in error.value.params["report"] if line.outcome == "rejected"]
        assert (refused.line, [fault.code for fault in refused.faults]) == (1, ["unknown_entry"])


def test_a_large_file_with_a_number_twice_is_refused_as_a_whole(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    items = entries(10)
    items[9] = replace(items[9], reference="TMD-0001")
    before = everything(own_database)
    with pytest.raises(ImportRejected) as error:
        importing(items).run()
    (refused,) = error.value.params["report"]
    assert (refused.line, [fault.code for fault in refused.faults]) == (10, ["duplicate_reference"])
    assert everything(own_database) == before


def imports_in_the_log(database: Database) -> list[dict[str, Any]]:
    with database.read() as db:
        events = db.scalars(select(AuditEvent).where(col(AuditEvent.action) == "file.import"))
        return [json.loads(event.detail) for event in events]


def test_each_chunk_leaves_an_event_that_names_the_file(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    file = ImportFile("jsonl", "a" * 64)
    common = {"format": "jsonl", "file": "a" * 64, "into": "initial-load", "collection": "IATE", "parts": 3}
    wanted = replace(importing(entries(10)), terms=replace(TERMS, file=file))
    wanted.run(dry_run=True)
    assert imports_in_the_log(own_database) == []
    wanted.run()
    counts = {"amendment": 0, "unchanged": 0}
    assert imports_in_the_log(own_database) == [
        {**common, **counts, "part": part, "new": new} for part, new in ((1, 4), (2, 4), (3, 2))
    ]
    wanted.run()
    assert len(imports_in_the_log(own_database)) == 3


def test_an_event_tells_what_was_new_and_by_whom(
    own_database: Database, importing: Callable[[list[Incoming]], Import]
) -> None:
    importing(entries(2)).run()
    amended = [*entries(2), *entries(3)[2:]]
    amended[0] = replace(amended[0], content=content(en="decoy 1", fr="leurre gonflable", ru="ловушка 1"))
    replace(importing(amended), terms=replace(TERMS, into=ImportAs.PROPOSALS)).run()
    assert imports_in_the_log(own_database)[1:] == [
        {"into": "proposals", "collection": "IATE", "new": 1, "amendment": 1, "unchanged": 1}
    ]
    with own_database.read() as db:
        who = accounts.account_called(db, "secretariat").id
        query = select(col(AuditEvent.account_id)).where(col(AuditEvent.action) == "file.import")
        assert list(db.scalars(query)) == [who, who]
        assert list(breaches(db, lambda _row: None)) == []


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
