"""Verifying what the record holds of itself: both chains, and each sealed row against its last seal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, desc, func, select
from sqlalchemy.orm import Session

from app.canonical import digest
from app.history.breaches import Breach, BreachCode
from app.history.chain import GENESIS, broken_links, seal_fingerprint, seal_hash
from app.history.operations import link_of
from app.history.rows import PAGE, UNREADABLE, Stored, key_of, key_text, pages_of, row_digest, rows_of, tables_kept
from app.history.sealing import last_digests, seal_fields
from app.history.tables import EVENTS, SEALS
from app.kept import Kept

Each = Callable[[object], None]
"""Told of every row done."""


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


def head_breaches(db: Session, chain: Table, kept: Head) -> Iterator[Breach]:
    """Whether a link that was kept outside the database is still in the chain."""
    there = db.scalar(select(chain.c.hash).where(chain.c.seq == kept.seq))
    if (there or GENESIS) != kept.hash:
        yield Breach(BreachCode.HEAD, chain.name, key_text((kept.seq,)))


def event_hashes(db: Session, seals: Iterable[Mapping[str, Any]]) -> dict[int | None, str]:
    """The hashes of the events that seals name, by sequence number."""
    named = {seal["event_seq"] for seal in seals}
    query = select(EVENTS.c.seq, EVENTS.c.hash).where(EVENTS.c.seq.in_(named))
    return {row.seq: row.hash for row in db.execute(query)}


def event_breaches(db: Session, each: Each) -> Iterator[Breach]:
    """The events that were changed, or that follow a missing one."""
    for seq in broken_links(_links(db, each)):
        yield Breach(BreachCode.EVENT, EVENTS.name, key_text((seq,)))


def seal_breaches(db: Session, each: Each) -> Iterator[Breach]:
    """The seals that were changed, or that follow a missing one."""
    expected, last = GENESIS, 0
    for page in pages_of(db, SEALS):
        events = event_hashes(db, [stored.values for stored in page if stored.values is not None])
        for stored in page:
            each(stored)
            seal = stored.values
            if seal is None:
                yield Breach(BreachCode.UNREADABLE, SEALS.name, stored.key)
                continue
            fingerprint = seal_fingerprint(seal_fields(seal, events.get(seal["event_seq"])))
            if seal["seq"] != last + 1 or seal_hash(fingerprint, expected) != seal["hash"]:
                yield Breach(BreachCode.SEAL, SEALS.name, stored.key)
            expected, last = seal["hash"], seal["seq"]


def row_breaches(db: Session, each: Each) -> Iterator[Breach]:
    """The rows of sealed tables that are not what was sealed, that are missing, or that nobody sealed."""
    for table in tables_kept(Kept.SEALED):
        try:
            yield from _breaches_of_table(db, table, each)
        except UNREADABLE:
            yield Breach(BreachCode.UNREADABLE, table.name, ANY_KEY)


def unreadable_rows(db: Session, tables: Iterable[Table]) -> Iterator[Breach]:
    """The rows that cannot be read, where something went wrong for some reason or other."""
    for table in tables:
        try:
            for page in pages_of(db, table):
                for stored in page:
                    if stored.values is None:
                        yield Breach(BreachCode.UNREADABLE, table.name, stored.key)
        except UNREADABLE:
            yield Breach(BreachCode.UNREADABLE, table.name, ANY_KEY)


def _links(db: Session, each: Each) -> Iterator[tuple[int, dict[str, Any], str, str]]:
    for page in pages_of(db, EVENTS):
        for stored in page:
            each(stored)
            # What cannot be read fits nothing.
            yield link_of(stored.values) if stored.values is not None else (key_of(stored.key)[0], {}, "", "")


def _breaches_of_table(db: Session, table: Table, each: Each) -> Iterator[Breach]:
    found = 0
    for page in pages_of(db, table):
        known = last_digests(db, table.name, [stored.key for stored in page])
        found += sum(known.get(stored.key) is not None for stored in page)
        for stored in page:
            each(stored)
            yield from _breaches_of_row(table, stored, known.get(stored.key))
    if found != _rows_sealed(db, table):
        yield from _missing_rows(db, table)


def _breaches_of_row(table: Table, stored: Stored, sealed: str | None) -> Iterator[Breach]:
    values = stored.values
    if values is None:
        yield Breach(BreachCode.UNREADABLE, table.name, stored.key)
        return
    if sealed is None:
        yield Breach(BreachCode.UNSEALED, table.name, stored.key)
    elif row_digest(table, values) != sealed:
        yield Breach(BreachCode.CHANGED, table.name, stored.key)
    # Wherever a table has a `content` and a `digest`, the one is the digest of the other.
    content = values.get("content")
    if content is not None and "digest" in values and digest(content) != values["digest"]:
        yield Breach(BreachCode.TEXT, table.name, stored.key)


def _rows_sealed(db: Session, table: Table) -> int:
    """How many rows the table has, as its seals say."""
    last = select(func.max(SEALS.c.seq)).where(SEALS.c.table_name == table.name)
    living = select(func.count()).where(SEALS.c.seq.in_(last.group_by(SEALS.c.key)), SEALS.c.digest.is_not(None))
    return db.scalar(living) or 0


def _missing_rows(db: Session, table: Table) -> Iterator[Breach]:
    after = ""
    while True:
        last = (
            select(func.max(SEALS.c.seq))
            .where(SEALS.c.table_name == table.name, SEALS.c.key > after)
            .group_by(SEALS.c.key)
            .order_by(SEALS.c.key)
            .limit(PAGE)
        )
        sealed = db.execute(
            select(SEALS.c.key, SEALS.c.digest).where(SEALS.c.seq.in_(last)).order_by(SEALS.c.key)
        ).all()
        if not sealed:
            return
        living = [row.key for row in sealed if row.digest is not None]
        there = {stored.key for stored in rows_of(db, table, [key_of(key) for key in living])}
        yield from (Breach(BreachCode.MISSING, table.name, key) for key in living if key not in there)
        after = sealed[-1].key
