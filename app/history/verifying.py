"""Verifying what the record holds of itself: both chains, and each sealed row against its last seal."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, desc, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.canonical import digest
from app.history.chain import GENESIS, broken_links, seal_fingerprint, seal_hash
from app.history.faults import Fault, FaultCode
from app.history.operations import link_of
from app.history.rows import PAGE, UNREADABLE, Stored, key_of, key_text, pages_of, row_digest, rows_of, tables_kept
from app.history.sealing import last_digests, seal_fields
from app.history.tables import AuditEvent, RowSeal
from app.kept import Kept

Each = Callable[[object], None]
"""Told of every row done."""

EVENTS: Table = AuditEvent.__table__  # type: ignore[attr-defined]
SEALS: Table = RowSeal.__table__  # type: ignore[attr-defined]


ANY_KEY = "[…]"
"""Stands for the key of a row whose very key cannot be read."""


@dataclass(frozen=True)
class Head:
    """A link of a chain, by which those before it are known."""

    seq: int
    hash: str


def head_of(db: Session, chain: Table) -> Head:
    """The last link of a chain."""
    last = db.execute(select(chain.c.seq, chain.c.hash).order_by(desc(chain.c.seq)).limit(1)).first()
    return Head(last.seq, last.hash) if last else Head(0, GENESIS)


def head_faults(db: Session, chain: Table, kept: Head) -> Iterator[Fault]:
    """Whether a link that was kept outside the database is still in the chain."""
    there = db.scalar(select(chain.c.hash).where(chain.c.seq == kept.seq))
    if (there or GENESIS) != kept.hash:
        yield Fault(FaultCode.HEAD, chain.name, key_text((kept.seq,)))


def event_faults(db: Session, each: Each) -> Iterator[Fault]:
    """The events that were changed, or that follow a missing one."""
    for seq in broken_links(_links(db, each)):
        yield Fault(FaultCode.EVENT, EVENTS.name, key_text((seq,)))


def seal_faults(db: Session, each: Each) -> Iterator[Fault]:
    """The seals that were changed, or that follow a missing one."""
    expected, last = GENESIS, 0
    for page in pages_of(db, SEALS):
        events = _event_hashes(db, page)
        for stored in page:
            each(stored)
            seal = stored.values
            if seal is None:
                yield Fault(FaultCode.UNREADABLE, SEALS.name, stored.key)
                continue
            fingerprint = seal_fingerprint(seal_fields(seal, events.get(seal["event_seq"])))
            if seal["seq"] != last + 1 or seal_hash(fingerprint, expected) != seal["hash"]:
                yield Fault(FaultCode.SEAL, SEALS.name, stored.key)
            expected, last = seal["hash"], seal["seq"]


def row_faults(db: Session, each: Each) -> Iterator[Fault]:
    """The rows of sealed tables that are not what was sealed, that are missing, or that nobody sealed."""
    for table in tables_kept(Kept.SEALED):
        try:
            yield from _faults_of_table(db, table, each)
        except UNREADABLE:
            yield Fault(FaultCode.UNREADABLE, table.name, ANY_KEY)


def unreadable_rows(db: Session, tables: Iterable[Table]) -> Iterator[Fault]:
    """The rows that cannot be read, where something went wrong for some reason or other."""
    for table in tables:
        try:
            for page in pages_of(db, table):
                for stored in page:
                    if stored.values is None:
                        yield Fault(FaultCode.UNREADABLE, table.name, stored.key)
        except UNREADABLE:
            yield Fault(FaultCode.UNREADABLE, table.name, ANY_KEY)


def _links(db: Session, each: Each) -> Iterator[tuple[int, dict[str, Any], str, str]]:
    for page in pages_of(db, EVENTS):
        for stored in page:
            each(stored)
            # What cannot be read fits nothing.
            yield link_of(stored.values) if stored.values is not None else (key_of(stored.key)[0], {}, "", "")


def _faults_of_table(db: Session, table: Table, each: Each) -> Iterator[Fault]:
    found = 0
    for page in pages_of(db, table):
        known = last_digests(db, table.name, [stored.key for stored in page])
        found += sum(known.get(stored.key) is not None for stored in page)
        for stored in page:
            each(stored)
            yield from _faults_of_row(table, stored, known.get(stored.key))
    if found != _rows_sealed(db, table):
        yield from _missing_rows(db, table)


def _event_hashes(db: Session, page: list[Stored]) -> dict[int | None, str]:
    named = {stored.values["event_seq"] for stored in page if stored.values is not None}
    return {
        row.seq: row.hash for row in db.execute(select(EVENTS.c.seq, EVENTS.c.hash).where(EVENTS.c.seq.in_(named)))
    }


def _faults_of_row(table: Table, stored: Stored, sealed: str | None) -> Iterator[Fault]:
    values = stored.values
    if values is None:
        yield Fault(FaultCode.UNREADABLE, table.name, stored.key)
        return
    if sealed is None:
        yield Fault(FaultCode.UNSEALED, table.name, stored.key)
    elif row_digest(table, values) != sealed:
        yield Fault(FaultCode.CHANGED, table.name, stored.key)
    # Wherever a table has a `content` and a `digest`, the one is the digest of the other.
    content = values.get("content")
    if content is not None and "digest" in values and digest(content) != values["digest"]:
        yield Fault(FaultCode.TEXT, table.name, stored.key)


def _rows_sealed(db: Session, table: Table) -> int:
    """How many rows the table has, as its seals say."""
    last = select(func.max(col(RowSeal.seq))).where(col(RowSeal.table_name) == table.name)
    living = select(func.count()).where(
        col(RowSeal.seq).in_(last.group_by(col(RowSeal.key))), col(RowSeal.digest).is_not(None)
    )
    return db.scalar(living) or 0


def _missing_rows(db: Session, table: Table) -> Iterator[Fault]:
    after = ""
    while True:
        last = (
            select(func.max(col(RowSeal.seq)))
            .where(col(RowSeal.table_name) == table.name, col(RowSeal.key) > after)
            .group_by(col(RowSeal.key))
            .order_by(col(RowSeal.key))
            .limit(PAGE)
        )
        sealed = db.execute(
            select(col(RowSeal.key), col(RowSeal.digest))
            .where(col(RowSeal.seq).in_(last))
            .order_by(col(RowSeal.key))
        ).all()
        if not sealed:
            return
        living = [row.key for row in sealed if row.digest is not None]
        there = {stored.key for stored in rows_of(db, table, [key_of(key) for key in living])}
        yield from (Fault(FaultCode.MISSING, table.name, key) for key in living if key not in there)
        after = sealed[-1].key
