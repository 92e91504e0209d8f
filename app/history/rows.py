"""Rows of any table in a form that is the same on both databases, one by one or page by page."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Dialect,
    LargeBinary,
    Table,
    Text,
    cast,
    literal,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType, TypeEngine
from sqlmodel import SQLModel

from app.canonical import digest, encode
from app.kept import Kept, is_loose, kept

PAGE = 500
"""Rows that are held at once."""

Key = tuple[Any, ...]
Decoder = Callable[[Any], Any]

UNREADABLE = (ValueError, LookupError, TypeError, DBAPIError)
"""How a column shows that it holds what its type does not allow."""


@dataclass(frozen=True)
class Stored:
    """A row as it was found."""

    key: str
    values: Mapping[str, Any] | None
    """By column; none if the database holds what the service would not have written."""


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
    return _read(db, table, condition)


def pages_of(db: Session, table: Table, size: int = PAGE) -> Iterator[list[Stored]]:
    """All rows of a table in the order of their keys, a page at a time."""
    columns = [_raw(column) for column in table.primary_key]
    following: list[ColumnElement[bool]] = []
    while True:
        query = select(*columns).select_from(table).where(*following).order_by(*table.primary_key).limit(size)
        keys = [tuple(row) for row in db.connection().execute(query)]
        if not keys:
            return
        yield _read(db, table, _by_key(table, keys))
        following = [_tuple(columns) > _tuple([literal(value) for value in keys[-1]])]


def parts(items: Sequence[Any], size: int = PAGE) -> Iterator[Sequence[Any]]:
    """The same in pieces."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _read(db: Session, table: Table, condition: ColumnElement[bool]) -> list[Stored]:
    columns = [_raw(column).label(column.name) for column in table.columns]
    query = select(*columns).select_from(table).where(condition).order_by(*table.primary_key)
    decoders = _decoders(table, db.get_bind().dialect)
    try:
        found = [row._asdict() for row in db.connection().execute(query)]
    except DBAPIError:
        # SQLite holds a text that is none: the other rows can still be read, one by one.
        keys = (
            db.connection().execute(select(*(_raw(column) for column in table.primary_key)).where(condition)).all()
        )
        return [_read_one(db, table, tuple(key)) for key in keys]
    return [_stored(table, decoders, raw) for raw in found]


def _read_one(db: Session, table: Table, key: Key) -> Stored:
    columns = [_raw(column).label(column.name) for column in table.columns]
    try:
        raw = db.connection().execute(select(*columns).select_from(table).where(_by_key(table, [key]))).one()
    except DBAPIError:
        return Stored(key_text(key), None)
    return _stored(table, _decoders(table, db.get_bind().dialect), raw._asdict())


def _stored(table: Table, decoders: Mapping[str, Decoder], raw: Mapping[str, Any]) -> Stored:
    key = key_text(tuple(raw[column.name] for column in table.primary_key))
    try:
        return Stored(key, {name: decoders[name](value) for name, value in raw.items()})
    except UNREADABLE:
        return Stored(key, None)


def _raw(column: Column[Any]) -> ColumnElement[Any]:
    """A column as the database holds it, so that what the service would not have written is seen as that."""
    if isinstance(column.type, JSON):
        return cast(column, Text)
    # Annotated as nothing in particular, it is neither converted nor refused.
    return type_coerce(column, NullType())


def _decoders(table: Table, dialect: Dialect) -> dict[str, Decoder]:
    return {column.name: _decoder(column.type, dialect) for column in table.columns}


def _decoder(kind: TypeEngine[Any], dialect: Dialect) -> Decoder:
    """Turns what the database holds into a value. Raises what is in UNREADABLE."""
    if isinstance(kind, JSON):
        return lambda raw: None if raw is None else _as_written(json.loads(raw), raw, json.dumps)
    kind = kind.dialect_impl(dialect)
    to_value = kind.result_processor(dialect, None) or _same
    # PostgreSQL holds values; SQLite holds texts and integers, several of which may mean the same.
    to_raw = (kind.bind_processor(dialect) if dialect.name == "sqlite" else None) or _same
    binary = isinstance(kind, LargeBinary)

    def decode(raw: Any) -> Any:
        if isinstance(raw, bytes) and not binary:
            raise ValueError("bytes in the place of something else")
        return None if raw is None else _as_written(to_value(raw), raw, to_raw, check=dialect.name == "sqlite")

    return decode


def _as_written(value: Any, raw: Any, to_raw: Decoder, *, check: bool = True) -> Any:
    if check and to_raw(value) != raw:
        raise ValueError("not in the form in which it is written")
    return value


def _same(value: Any) -> Any:
    return value


def _by_key(table: Table, keys: Sequence[Key]) -> ColumnElement[bool]:
    columns = [_raw(column) for column in table.primary_key]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


def _tuple(columns: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    return tuple_(*columns) if len(columns) > 1 else columns[0]
