"""Whatever is changed, in whichever table, is found and named."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from app.audit.verifying import faults
from app.db import Database
from app.history.faults import Fault
from app.kept import Kept, is_loose, kept
from app.settings import Settings
from app.tables import metadata
from tests.audit.scenario import fill
from tests.audit.tampering import change, engine_without_rules, tampering
from tests.databases import Templates

VERIFIED = sorted(name for name, table in metadata.tables.items() if kept(table) is not Kept.PASSING)


def ignore(_done: object) -> None:
    """Progress."""


@pytest.fixture(scope="module")
def engine(engine_name: str, templates: Templates) -> Iterator[Engine]:
    """A database with rows in every table."""
    name = f"tmd_{uuid4().hex[:12]}"
    settings = Settings(database_url=templates.copy(engine_name, name))
    with Database.opened(settings) as database:
        fill(settings, database)
    engine = engine_without_rules(settings)
    yield engine
    engine.dispose()
    templates.drop(engine_name, name)


def found(connection: Connection) -> list[Fault]:
    with Session(connection, join_transaction_mode="create_savepoint") as db:
        return list(faults(db, ignore))


def test_nothing_is_found_where_nothing_was_changed(engine: Engine) -> None:
    with engine.connect() as connection:
        assert found(connection) == []


@pytest.mark.parametrize("name", VERIFIED)
def test_one_byte_changed_in_any_column_of_any_table_is_found_and_its_row_named(engine: Engine, name: str) -> None:
    table = metadata.tables[name]
    for column in table.columns:
        if is_loose(column):
            continue
        with tampering(engine, table) as connection:
            keys = change(connection, table, column.name)
            with Session(connection, join_transaction_mode="create_savepoint") as db:
                assert any(fault.table == name and fault.key in keys for fault in faults(db, ignore)), column.name


@pytest.mark.parametrize("name", VERIFIED)
def test_a_row_taken_away_from_any_table_is_missed(engine: Engine, name: str) -> None:
    table = metadata.tables[name]
    with tampering(engine, table) as connection:
        first = connection.execute(text(f"SELECT * FROM {name}")).first()
        where = " AND ".join(f"{column.name} = :{column.name}" for column in table.primary_key)
        key = {column.name: first._mapping[column.name] for column in table.primary_key}
        connection.execute(text(f"DELETE FROM {name} WHERE {where}"), key)
        assert found(connection) != []
