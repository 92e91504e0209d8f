"""Sealing: what a transaction has left in each row that it changed, written just before the commit.

A session that writes notes the keys of the rows it flushes, and those that its bulk statements meet. Before
the commit the rows are read back, so that what is sealed is what the database holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update, desc, event, func, insert, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, object_mapper
from sqlmodel import SQLModel

from app.db import Writing
from app.history.chain import GENESIS, seal_fingerprint, seal_hash
from app.history.rows import PAGE, Key, Stored, key_text, pages_of, parts, row_digest, rows_of
from app.history.tables import EVENTS, SEALS
from app.kept import Kept, kept

Touched = dict[Table, dict[Key, bool]]
"""The rows that a transaction changed, and whether each was new, so that it cannot have a seal yet."""

_TOUCHED = "rows_touched"


def seal_fields(seal: Mapping[str, Any], event_hash: str | None) -> dict[str, Any]:
    """What the fingerprint of a seal covers: its row of `row_seal`, and the hash of the event that it names."""
    return {
        "seq": seal["seq"],
        "table": seal["table_name"],
        "key": seal["key"],
        "digest": seal["digest"],
        "event": seal["event_seq"],
        "event_hash": event_hash,
    }


def last_digests(db: Session, table: str, keys: Iterable[str]) -> dict[str, str | None]:
    """What the last seal of each of these rows says; a row that was never sealed is not among them."""
    found: dict[str, str | None] = {}
    for part in parts(sorted(keys)):
        last = (
            select(func.max(SEALS.c.seq))
            .where(SEALS.c.table_name == table, SEALS.c.key.in_(part))
            .group_by(SEALS.c.key)
        )
        known = select(SEALS.c.key, SEALS.c.digest).where(SEALS.c.seq.in_(last))
        found |= {row.key: row.digest for row in db.connection().execute(known)}
    return found


def seal_tables(db: Session, tables: Iterable[Table]) -> int:
    """Seal the rows of whole tables as they are now; how many had no seal, or another one."""
    return sum(
        _seal(db, {table: {_key(table, stored.values): False for stored in page if stored.values is not None}})
        for table in tables
        for page in pages_of(db, table)
    )


@event.listens_for(Writing, "after_flush")
def _note_rows(db: Session, _flushing: UOWTransaction) -> None:
    _note(db, db.new, new=True)
    _note(db, [*(row for row in db.dirty if db.is_modified(row)), *db.deleted], new=False)


def _note(db: Session, rows: Iterable[object], *, new: bool) -> None:
    for row in rows:
        mapper = object_mapper(row)
        table = mapper.local_table
        if isinstance(table, Table) and kept(table) is Kept.SEALED:
            _touched(db)[table].setdefault(tuple(mapper.primary_key_from_instance(row)), new)


@event.listens_for(Writing, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Insert | Update | Delete):
        return
    # The table itself: what stands in a statement may be the table as the mapping of a class.
    table = SQLModel.metadata.tables.get(getattr(statement.table, "name", ""))
    if table is None or kept(table) is not Kept.SEALED:
        return
    if isinstance(state.parameters, Sequence):
        met = _named(table, state.parameters)
    elif isinstance(statement, Insert):
        met = _named(table, [state.parameters or statement.compile().params])
    else:
        query = select(*table.primary_key)
        if statement.whereclause is not None:
            query = query.where(statement.whereclause)
        met = [tuple(row) for row in state.session.execute(query, state.parameters)]
    touched = _touched(state.session)[table]
    # What was inserted had no seal, or one that says that it was deleted.
    touched |= {key: touched.get(key, isinstance(statement, Insert)) for key in met}


def _named(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Key]:
    """The keys that the parameters of a bulk statement name."""
    names = [column.name for column in table.primary_key]
    keys = [tuple([row.get(name) for name in names]) for row in rows]
    if any(None in key for key in keys):
        raise RuntimeError(f"use the session's `add`: a bulk statement on {table.name} names the key of each row")
    return keys


@event.listens_for(Writing, "before_commit")
def _seal_touched(db: Session) -> None:
    if db.in_nested_transaction():
        return  # a savepoint; what it leaves is sealed with the rest
    db.flush()
    touched: Touched | None = db.info.pop(_TOUCHED, None)
    if touched:
        _seal(db, touched)


def _touched(db: Session) -> Touched:
    touched: Touched = db.info.setdefault(_TOUCHED, defaultdict(dict))
    return touched


def _seal(db: Session, touched: Touched) -> int:
    """Seal those of the rows that are not what their last seal says; how many they were."""
    seals: list[dict[str, Any]] = []
    for table in sorted(touched, key=lambda table: table.name):
        keys = {key_text(key): new for key, new in touched[table].items()}
        now = {stored.key: _digest(table, stored) for stored in rows_of(db, table, touched[table])}
        before = last_digests(db, table.name, [key for key, new in keys.items() if not new])
        seals += (
            {"table_name": table.name, "key": key, "digest": now.get(key)}
            for key in sorted(keys)
            if now.get(key) != before.get(key)
        )
    _append(db, seals)
    return len(seals)


def _digest(table: Table, stored: Stored) -> str:
    if stored.values is None:
        raise RuntimeError(f"the row {stored.key} of {table.name} cannot be read back")
    return row_digest(table, stored.values)


def _append(db: Session, seals: list[dict[str, Any]]) -> None:
    if not seals:
        return
    # Not through the session, which would look for mapped classes in each statement.
    connection = db.connection()
    happened = connection.execute(select(EVENTS.c.seq, EVENTS.c.hash).order_by(desc(EVENTS.c.seq)).limit(1)).first()
    last = connection.execute(select(SEALS.c.seq, SEALS.c.hash).order_by(desc(SEALS.c.seq)).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    for place, seal in enumerate(seals, seq + 1):
        seal |= {"seq": place, "event_seq": happened.seq if happened else None}
        fingerprint = seal_fingerprint(seal_fields(seal, happened.hash if happened else None))
        seal["hash"] = previous = seal_hash(fingerprint, previous)
    for part in parts(seals, PAGE):
        connection.execute(insert(SEALS), list(part))


def _key(table: Table, values: Mapping[str, Any]) -> Key:
    return tuple(values[column.name] for column in table.primary_key)
