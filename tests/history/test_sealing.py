"""Seals: one for each row that a transaction changed, written before it commits."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, insert, select, update
from sqlmodel import col

from app.accounts.operations import account_named, create_token
from app.accounts.tables import Account, ApiToken, Party
from app.db import Database
from app.entries.numbers import next_number
from app.entries.operations import new_decision
from app.entries.tables import Decision, DecisionMethod, EntrySubject, NumberSeries
from app.history.chain import GENESIS, seal_fingerprint, seal_hash
from app.history.rows import plain, row_digest, row_form, tables_kept
from app.history.sealing import seal_fields
from app.history.tables import AuditEvent, RowSeal
from app.kept import Kept, loose
from app.profile import ApprovalLevel
from tests.clocks import FakeClock
from tests.makers import make_entry


def seals(database: Database, since: int = 0) -> Sequence[RowSeal]:
    with database.read() as db:
        return db.scalars(select(RowSeal).where(col(RowSeal.seq) > since).order_by(col(RowSeal.seq))).all()


@pytest.fixture
def head(own_database: Database) -> int:
    """The number of the last seal of a database that has only its parties."""
    return max((seal.seq for seal in seals(own_database)), default=0)


def sealed(database: Database, head: int) -> list[tuple[str, str]]:
    """The rows sealed since."""
    return [(seal.table_name, seal.key) for seal in seals(database, head)]


def test_each_row_that_a_transaction_changed_has_one_seal(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        account = account_named(db, "nato-delegate", "nato")
        for _ in range(3):
            next_number(db, "D", 2026)
    assert sealed(own_database, head) == [("account", f"[{account.id}]"), ("number_series", '["D",2026]')]


def test_a_transaction_that_is_taken_back_leaves_no_seal(own_database: Database, head: int) -> None:
    with suppress(ValueError), own_database.write() as db:
        account_named(db, "russia-delegate", "russia")
        raise ValueError("прервано")
    assert sealed(own_database, head) == []


def test_a_row_written_as_it_was_gets_no_second_seal(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        party = db.get_one(Party, "nato")
        party.consents = False
        db.flush()
        party.consents = True
    assert sealed(own_database, head) == []


def test_what_a_savepoint_took_back_is_not_sealed(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        with db.begin_nested() as savepoint:
            account_named(db, "nato-expert", "nato")
            savepoint.rollback()
        with db.begin_nested():
            next_number(db, "D", 2026)
    assert sealed(own_database, head) == [("number_series", '["D",2026]')]


def test_seals_are_chained_and_name_the_last_event(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        make_entry(db, fr="leurre d'œuvre", ru="мнимая цель")
    found = seals(own_database)
    with own_database.read() as db:
        events = {event.seq: event.hash for event in db.scalars(select(AuditEvent))}
    assert [seal.seq for seal in found] == list(range(1, len(found) + 1))
    assert {seal.event_seq for seal in found[head:]} == {max(events)}
    previous = GENESIS
    for seal in found:
        fields = seal_fields(seal.model_dump(), events.get(seal.event_seq))
        assert seal.hash == seal_hash(seal_fingerprint(fields), previous)
        previous = seal.hash


def test_derived_rows_are_not_sealed(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        make_entry(db)
        assert db.scalars(select(EntrySubject)).all()
    derived = {table.name for table in tables_kept(Kept.DERIVED)}
    assert "entry" not in derived
    assert {table for table, _ in sealed(own_database, head)}.isdisjoint(derived)


def test_a_row_that_was_deleted_leaves_a_seal_of_its_end(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        db.add(NumberSeries(series="S", year=2026, last=1))
    with own_database.write() as db:
        db.delete(db.get_one(NumberSeries, ("S", 2026)))
    assert [(seal.key, seal.digest is None) for seal in seals(own_database, head)] == [
        ('["S",2026]', False),
        ('["S",2026]', True),
    ]


def test_bulk_changes_are_sealed(own_database: Database, head: int) -> None:
    with own_database.write() as db:
        db.execute(insert(NumberSeries), [{"series": "S", "year": year, "last": 1} for year in (2026, 2027)])
        db.execute(insert(NumberSeries).values(series="S", year=2028, last=1))
    with own_database.write() as db:
        db.execute(update(NumberSeries).where(col(NumberSeries.year) > 2026).values(last=2))
        db.execute(delete(NumberSeries).where(col(NumberSeries.year) == 2028))
        db.execute(update(NumberSeries), [{"series": "S", "year": 2026, "last": 5}])
    assert sealed(own_database, head + 3) == [("number_series", f'["S",{year}]') for year in (2026, 2027, 2028)]
    assert seals(own_database)[-1].digest is None


def test_a_bulk_insert_that_names_no_keys_is_refused(own_database: Database, clock: FakeClock) -> None:
    with own_database.write() as db:
        for statement, rows in (
            (insert(Account), [{"name": "nato-expert", "created_at": clock()}]),
            (insert(Account).values(name="nato-expert", created_at=clock()), None),
        ):
            with pytest.raises(RuntimeError, match="account names the key"):
                db.execute(statement, rows)


def test_the_form_of_a_row_holds_moments_codes_and_lists_alike_on_both_databases(
    own_database: Database, clock: FakeClock
) -> None:
    with own_database.write() as db:
        clock.advance(microseconds=1)
        create_token(db, name="secretariat", roles=frozenset())
        decision = new_decision(
            db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT, note="Основание № 1"
        )
    with own_database.read() as db:
        found = db.execute(select(Decision.__table__)).one()._asdict()
        token = db.execute(select(ApiToken.__table__)).one()._asdict()
    at = clock().isoformat(timespec="microseconds")
    assert row_form(Decision.__table__, found) == {
        "table": "decision",
        "row": {
            "id": decision.id,
            "number": decision.number,
            "made_at": at,
            "method": "initial_load",
            "level": "expert",
            "parties": "",
            "scope": "full",
            "explicit": "",
            "absent": "",
            "sheet": decision.sheet,
            "note": "Основание № 1",
        },
    }
    assert at.endswith("+00:00")
    row = row_form(ApiToken.__table__, token)["row"]
    assert (row["roles"], row["languages"]) == ([], [])
    assert "expires_at" not in row
    assert row_digest(Decision.__table__, found) == seals_of(own_database, "decision")[-1].digest


def seals_of(database: Database, table: str) -> list[RowSeal]:
    return [seal for seal in seals(database) if seal.table_name == table]


def test_sealed_rows_have_plain_keys_and_never_go_unseen() -> None:
    """A deletion that cascades within the database would leave no seal."""
    for table in tables_kept(Kept.SEALED):
        kinds = [getattr(column.type, "impl", column.type) for column in table.primary_key]
        assert all(isinstance(kind, Integer | String) for kind in kinds), table.name
        assert [key.ondelete for key in table.foreign_keys if key.ondelete] == [], table.name


def test_what_is_null_or_declared_loose_is_left_out_of_the_form_of_a_row() -> None:
    """So that a column may be added, and one that changes all the time is not sealed each time."""
    table = Table(
        "visitor",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("name", String),
        Column("seen", Integer, info=loose("moves with every request")),
        Column("note", String),
    )
    assert row_form(table, {"id": 7, "name": "наблюдатель", "seen": 3, "note": None}) == {
        "table": "visitor",
        "row": {"id": 7, "name": "наблюдатель"},
    }


@pytest.mark.parametrize("value", [1.5, object()])
def test_what_not_every_program_writes_alike_has_no_form(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        plain(value)
