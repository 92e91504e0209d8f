"""Changing rows behind the back of the service, as somebody with all rights over the database could."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Engine, Integer, Table, create_engine, event, inspect, text
from sqlalchemy.engine import Connection

from app.db import prepare_sqlite
from app.settings import Settings


def engine_without_rules(settings: Settings) -> Engine:
    """An engine for whose connections no foreign key and no CHECK holds, as far as SQLite is concerned."""
    engine = create_engine(settings.database_url)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, foreign_keys=False)

        @event.listens_for(engine, "connect")
        def _(connection, _record) -> None:
            connection.execute("PRAGMA ignore_check_constraints = ON")

    return engine


@contextmanager
def tampering(engine: Engine, table: Table) -> Iterator[Connection]:
    """A transaction in which a table refuses nothing, and which is undone."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for check in inspect(connection).get_check_constraints(table.name):
                connection.execute(text(f'ALTER TABLE {table.name} DROP CONSTRAINT "{check["name"]}"'))
        else:
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
            for (name,) in connection.execute(triggers, {"table": table.name}).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        connection.rollback()


def change(connection: Connection, table: Table, column: str) -> set[str]:
    """Change one byte in a column of one row; the keys that the row had before and has now."""
    names = [c.name for c in table.primary_key]
    query = f"SELECT {', '.join(names)}, {column} FROM {table.name} ORDER BY {column} IS NULL, {', '.join(names)}"
    *key, value = connection.execute(text(query)).first() or ()
    new = changed(value, table.c[column].type, connection.dialect.name)
    placeholder = "CAST(:new AS json)" if isinstance(value, dict | list) else ":new"
    where = " AND ".join(f"{name} = :{name}" for name in names)
    given = {"new": json.dumps(new, ensure_ascii=False) if isinstance(value, dict | list) else new}
    done = connection.execute(
        text(f"UPDATE {table.name} SET {column} = {placeholder} WHERE {where}"),
        given | dict(zip(names, key, strict=True)),
    )
    assert done.rowcount == 1
    now = [new if name == column else part for name, part in zip(names, key, strict=True)]
    return {json.dumps(k, ensure_ascii=False, separators=(",", ":")) for k in (key, now)}


def changed(value: Any, kind: Any, dialect: str) -> Any:
    """The same but for one bit, or something in the place of nothing."""
    match value:
        case None:
            return _something(kind, dialect)
        case bool():
            return not value
        case int():
            return value ^ (1 << 13)
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "\x20"
        case list():
            return [changed(value[0], kind, dialect), *value[1:]] if value else ["x"]
        case dict():
            return {name: changed(item, kind, dialect) for name, item in value.items()} or {"x": "x"}
    raise TypeError(type(value))


def _something(kind: Any, dialect: str) -> Any:
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, Date):
        return "2026-11-27"
    if isinstance(kind, JSON):
        return '["x"]'
    if isinstance(kind, DateTime):
        moment = "2026-11-27 12:00:00.000000"
        return moment if dialect == "sqlite" else datetime.fromisoformat(f"{moment}+00:00")
    return 1 if isinstance(kind, Integer) else "x"
