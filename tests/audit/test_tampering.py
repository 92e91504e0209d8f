"""Whatever is changed, in whichever table, is found and named."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col

from app.audit.verifying import breaches, heads
from app.db import Writing
from app.history.breaches import Breach, BreachCode
from app.history.rows import row_digest, rows_of
from app.history.verifying import ANY_KEY
from app.kept import Kept, is_loose, kept
from app.proposals.tables import Proposal
from app.proposals.workflow import State
from app.settings import Settings
from app.tables import metadata
from tests.audit.tampering import change, engine_without_rules, tampering

VERIFIED = sorted(name for name, table in metadata.tables.items() if kept(table) is not Kept.PASSING)


def ignore(_done: object) -> None:
    """Progress."""


@pytest.fixture(scope="module")
def engine(filled: Settings) -> Iterator[Engine]:
    engine = engine_without_rules(filled)
    yield engine
    engine.dispose()


def found(connection: Connection) -> list[Breach]:
    with Session(connection, join_transaction_mode="create_savepoint") as db:
        return list(breaches(db, ignore))


def test_nothing_is_found_where_nothing_was_changed(engine: Engine) -> None:
    with engine.connect() as connection:
        assert found(connection) == []


@pytest.mark.parametrize("name", VERIFIED)
def test_one_byte_changed_in_any_column_of_any_table_is_found_and_its_row_named(engine: Engine, name: str) -> None:
    table = metadata.tables[name]
    for column in (column for column in table.columns if not is_loose(column)):
        with tampering(engine, table) as connection:
            keys = change(connection, table, column.name)
            with Session(connection, join_transaction_mode="create_savepoint") as db:
                assert any(breach.table == name and breach.key in keys for breach in breaches(db, ignore)), (
                    column.name
                )


@pytest.mark.parametrize("name", VERIFIED)
def test_a_row_taken_away_from_any_table_is_missed(engine: Engine, name: str) -> None:
    table = metadata.tables[name]
    with tampering(engine, table) as connection:
        first = connection.execute(text(f"SELECT * FROM {name}")).first()
        where = " AND ".join(f"{column.name} = :{column.name}" for column in table.primary_key)
        key = {column.name: first._mapping[column.name] for column in table.primary_key}
        connection.execute(text(f"DELETE FROM {name} WHERE {where}"), key)
        assert found(connection) != []


def test_a_row_that_nobody_sealed_is_named(engine: Engine) -> None:
    with tampering(engine, metadata.tables["party"]) as connection:
        connection.execute(
            text(
                "INSERT INTO party (code, side, languages, consents, names)"
                " VALUES ('observateur', 'x', '[]', false, '{}')"
            )
        )
        assert found(connection) == [Breach(BreachCode.UNSEALED, "party", '["observateur"]')]


def test_a_text_changed_together_with_its_digest_and_its_own_seal_breaks_the_chain_of_seals(engine: Engine) -> None:
    """Who can compute a row's digest still has to write every seal after it anew."""
    with tampering(engine, metadata.tables["row_seal"]) as connection:
        connection.execute(text("UPDATE party SET consents = NOT consents WHERE code = 'nato'"))
        party = metadata.tables["party"]
        with Session(connection, join_transaction_mode="create_savepoint") as db:
            (row,) = rows_of(db, party, [("nato",)])
        connection.execute(
            text("UPDATE row_seal SET digest = :digest WHERE table_name = 'party' AND key = :key"),
            {"digest": row_digest(party, row.values), "key": row.key},
        )
        assert [breach.code for breach in found(connection)] == [BreachCode.SEAL]


def test_a_state_that_the_log_does_not_lead_to_is_named_even_if_it_is_sealed(engine: Engine) -> None:
    with tampering(engine, metadata.tables["proposal"]) as connection:
        with Writing(connection, join_transaction_mode="create_savepoint") as db:
            proposal = db.scalars(select(Proposal).where(col(Proposal.state) == State.IN_REVIEW)).first()
            proposal.state = State.RETURNED
            db.commit()
            key = f"[{proposal.id}]"
        said = {"stored": "returned, 1", "recorded": "in_review, 1"}
        assert found(connection) == [Breach(BreachCode.STATE, "proposal", key, said)]


def test_a_chain_cut_short_is_whole_only_for_who_has_not_kept_its_head(engine: Engine) -> None:
    """Rows and their seals may be taken away together; the head that was written down tells."""
    with tampering(engine, metadata.tables["row_seal"]) as connection:
        with Session(connection, join_transaction_mode="create_savepoint") as db:
            kept = list(heads(db).items())
        connection.execute(text("DELETE FROM kept_answer"))
        connection.execute(text("DELETE FROM row_seal WHERE seq = (SELECT max(seq) FROM row_seal)"))
        with Session(connection, join_transaction_mode="create_savepoint") as db:
            named = [(breach.code, breach.table) for breach in breaches(db, ignore, kept)]
        assert (BreachCode.HEAD, "row_seal") in named
        assert (BreachCode.HEAD, "audit_event") not in named


@pytest.mark.parametrize(
    ("table", "column", "key"),
    [("account", "name", "[1]"), ("stem", "text", "[1]"), ("kept_answer", "key", ANY_KEY)],
)
def test_bytes_that_are_no_text_are_named_where_a_database_takes_them(
    engine: Engine, table: str, column: str, key: str
) -> None:
    with tampering(engine, metadata.tables[table]) as connection:
        first = f"(SELECT min({column}) FROM {table})" if key == ANY_KEY else "1"
        where = f"{column if key == ANY_KEY else 'id'} = {first}"
        if engine.dialect.name == "postgresql":
            with pytest.raises(DBAPIError, match="invalid byte sequence"):
                connection.execute(
                    text(f"UPDATE {table} SET {column} = convert_from('\\xff', 'UTF8') WHERE {where}")
                )
        else:
            connection.execute(text(f"UPDATE {table} SET {column} = CAST(x'ff' AS TEXT) WHERE {where}"))
            assert Breach(BreachCode.UNREADABLE, table, key) in found(connection)
