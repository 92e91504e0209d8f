"""The rows of a SQLite database, copied into one of PostgreSQL."""

import sqlite3
from contextlib import closing

import psycopg
from psycopg import sql
from sqlalchemy import Table
from sqlmodel import SQLModel


def copy(file: str, address: str) -> None:
    """Fill a migrated, empty database with all rows of the one in a file."""
    with closing(sqlite3.connect(file)) as source, psycopg.connect(address) as target:
        # What refers to other rows is not checked again.
        target.execute("SET session_replication_role = replica")
        target.execute("SET TIME ZONE 'UTC'")
        target.execute("SET maintenance_work_mem = '1GB'")
        indexes = target.execute(
            "SELECT indexname, indexdef FROM pg_indexes LEFT JOIN pg_constraint ON conname = indexname"
            " WHERE schemaname = 'public' AND conname IS NULL"
        ).fetchall()
        for name, _ in indexes:
            target.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        for table in SQLModel.metadata.sorted_tables:
            _copy(source, target, table)
        for _, statement in indexes:
            target.execute(statement)
        _count_on(target)
    # As the server itself does after a while.
    with psycopg.connect(address, autocommit=True) as target:
        target.execute("VACUUM ANALYZE")


def _count_on(target: psycopg.Connection) -> None:
    """Let the numbers that the database gives out go on after those that were copied."""
    counted = target.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"
    )
    query = (
        "SELECT setval(pg_get_serial_sequence({of}, {text}), COALESCE(max({column}), 0) + 1, false) FROM {table}"
    )
    for table, column in counted.fetchall():
        named = {"column": sql.Identifier(column), "table": sql.Identifier(table)}
        target.execute(sql.SQL(query).format(of=sql.Literal(table), text=sql.Literal(column), **named))


def _copy(source: sqlite3.Connection, target: psycopg.Connection, table: Table) -> None:
    columns = table.columns.keys()
    order = ", ".join(table.primary_key.columns.keys())
    rows = source.execute(f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY {order}")
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with target.cursor().copy(into) as writing:
        for row in rows:
            writing.write_row(row)
