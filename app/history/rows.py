"""Rows of any table in a form that is the same on both databases, one by one or page by page."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, literal, select, tuple_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from app.canonical import digest, encode
from app.kept import Kept, is_loose, kept

PAGE = 500
"""Rows that are held at once."""

Key = tuple[Any, ...]

UNREADABLE = (ValueError, LookupError, TypeError, DBAPIError)
"""How a column shows that it holds what its type does not allow."""


@dataclass(frozen=True)
class Stored:
    """A row as it was found."""

    key: str
    values: Mapping[str, Any] | None
    """By column; none if the database holds what cannot be read."""


def tables_kept(how: Kept) -> list[Table]:
    """The tables whose rows are kept honest in this way, those that others refer to first."""
    return [table for table in SQLModel.metadata.sorted_tables if kept(table) is how]


def key_text(key: Key) -> str:
    """The primary key of a row as a canonical JSON list."""
    return encode([plain(value) for value in key])


def key_of(text: str) -> Key:
    """The primary key that a JSON list names."""
    return tuple(json.loads(text))


def row_form(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The row as its seal covers it.

    What is NULL is left out, so that a later release may add a column without breaking the seals there are.
    """
    columns = [column.name for column in table.columns if not is_loose(column)]
    row = {name: plain(values[name]) for name in columns if values[name] is not None}
    return {"table": table.name, "row": row}


def row_digest(table: Table, values: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical form of a row."""
    return digest(encode(row_form(table, values)))


def plain(value: Any) -> Any:
    """A value of a column as JSON has it."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(name): plain(item) for name, item in value.items()}
    # A float, for one, is not written alike by every program that might re-compute the digest.
    raise TypeError(f"a {type(value).__name__} has no canonical form")


def rows_of(db: Session, table: Table, keys: Collection[Key]) -> list[Stored]:
    """Those of the rows with these keys that there are."""
    return [found for part in parts(list(keys)) for found in _read(db, table, _by_key(table, part))]


def rows_where(db: Session, table: Table, condition: ColumnElement[bool]) -> list[Stored]:
    """The rows for which a condition holds."""
    return _read(db, table, select(table).where(condition))


def pages_of(db: Session, table: Table, size: int = PAGE) -> Iterator[list[Stored]]:
    """All rows of a table in the order of their keys, a page at a time."""
    columns = list(table.primary_key)
    following: list[ColumnElement[bool]] = []
    while True:
        keys = [tuple(row) for row in db.execute(select(*columns).where(*following).order_by(*columns).limit(size))]
        if not keys:
            return
        yield _read(db, table, _by_key(table, keys))
        following = [_tuple(columns) > _literals(columns, keys[-1])]


def parts(items: Sequence[Any], size: int = PAGE) -> Iterator[Sequence[Any]]:
    """The same in pieces."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _read(db: Session, table: Table, query: Select[Any]) -> list[Stored]:
    columns = list(table.primary_key)
    try:
        found = [row._asdict() for row in db.execute(query)]
    except UNREADABLE:
        # One row of the page cannot be read: the others still can, one by one.
        keys = [tuple(row) for row in db.execute(query.with_only_columns(*columns, maintain_column_froms=True))]
        return [_read_one(db, table, key) for key in keys]
    return [Stored(key_text(tuple(values[c.name] for c in columns)), values) for values in found]


def _read_one(db: Session, table: Table, key: Key) -> Stored:
    try:
        return Stored(key_text(key), db.execute(_by_key(table, [key])).one()._asdict())
    except UNREADABLE:
        return Stored(key_text(key), None)


def _by_key(table: Table, keys: Sequence[Key]) -> Select[Any]:
    columns = list(table.primary_key)
    if len(columns) == 1:
        return select(table).where(columns[0].in_([key[0] for key in keys])).order_by(columns[0])
    return select(table).where(_tuple(columns).in_(keys)).order_by(*columns)


def _tuple(columns: Sequence[Column[Any]]) -> ColumnElement[Any]:
    return tuple_(*columns) if len(columns) > 1 else columns[0]


def _literals(columns: Sequence[Column[Any]], key: Key) -> Any:
    values = [literal(value, column.type) for value, column in zip(key, columns, strict=True)]
    return tuple_(*values) if len(values) > 1 else values[0]
