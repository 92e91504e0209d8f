"""Writing and reading the audit log."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import desc, insert, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.canonical import encode
from app.db import now
from app.history.chain import GENESIS, event_hash, first_broken_link
from app.history.rows import tables_kept
from app.history.sealing import seal_tables
from app.history.tables import AuditEvent, EntryChange, RowSeal
from app.http.request_id import current_request_id
from app.kept import Kept


@dataclass(frozen=True)
class Happening:
    """What an event is about."""

    action: str
    """Object and verb, such as `proposal.accept`."""
    proposal: str | None = None
    """The number of the proposal."""
    entry_id: int | None = None
    change: EntryChange | None = None
    """Set where the public text or status of the entry changed; puts the event into the change feed."""
    before: str | None = None
    after: str | None = None
    """Digests of the texts."""


def record(db: Session, actor: Actor, happening: Happening, **detail: str | int | list[str] | None) -> AuditEvent:
    """Append one event to the log, in the transaction of the change itself, when the rows are as it leaves them.

    Where the state of a proposal changes, the detail says `from` and `to`, and `revision` with a new text;
    where an entry gets a version, `version`. The status of a changed entry is noted by itself. Of these the
    states are rebuilt (`app/history/replay.py`).
    """
    seq, previous = _last(db)
    kept = {key: value for key, value in detail.items() if value is not None}
    if happening.change is not None:
        kept["status"] = _status_of(db, happening.entry_id)
    event = AuditEvent(**_event(actor, happening, encode(kept), seq + 1, now(db), previous))
    db.add(event)
    db.flush()
    return event


def record_together(
    db: Session, actor: Actor, happenings: Sequence[Happening], **detail: str | int | list[str] | None
) -> None:
    """Append an event for each of these, which all have the same detail, the status of their entries among it."""
    db.flush()
    seq, previous = _last(db)
    at, text = now(db), encode({key: value for key, value in detail.items() if value is not None})
    rows = []
    for place, happening in enumerate(happenings, seq + 1):
        rows.append(_event(actor, happening, text, place, at, previous))
        previous = rows[-1]["hash"]
    if rows:
        db.execute(insert(AuditEvent), rows)


def _last(db: Session) -> tuple[int, str]:
    """Number and hash of the last event."""
    query = select(col(AuditEvent.seq), col(AuditEvent.hash)).order_by(desc(col(AuditEvent.seq))).limit(1)
    last = db.execute(query).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def _event(
    actor: Actor, happening: Happening, detail: str, seq: int, at: datetime, previous: str
) -> dict[str, Any]:
    event: dict[str, Any] = {
        "seq": seq,
        "at": at,
        "action": happening.action,
        "account_id": actor.account_id,
        "party": actor.party,
        "proposal": happening.proposal,
        "entry_id": happening.entry_id,
        "change": happening.change,
        "before": happening.before,
        "after": happening.after,
        "detail": detail,
        "request_id": current_request_id(),
        "previous_hash": previous,
    }
    return {**event, "hash": event_hash(event_fields(event), previous)}


def verify(db: Session) -> int | None:
    """The sequence number of the first event that was tampered with, or that follows a missing one."""
    log = select(AuditEvent.__table__).order_by(col(AuditEvent.seq)).execution_options(yield_per=500)  # type: ignore[attr-defined]
    with closing(db.execute(log)) as events:
        return first_broken_link(link_of(event._asdict()) for event in events)


def link_of(row: Mapping[str, Any]) -> tuple[int, dict[str, Any], str, str]:
    """An event as `first_broken_link` takes it."""
    return row["seq"], event_fields(row), row["previous_hash"], row["hash"]


def renew_seals(db: Session, actor: Callable[[Session], Actor], reformed: Collection[str]) -> int:
    """Seal the rows that a release has changed or, in a database without seals, all there are; how many.

    Other rows keep their seals: whatever was done to them is still found. An event in the log names the tables.
    """
    unsealed = db.scalar(select(col(RowSeal.seq)).limit(1)) is None
    tables = [table for table in tables_kept(Kept.SEALED) if unsealed or table.name in reformed]
    filled = [table for table in tables if db.scalar(select(literal(1)).select_from(table).limit(1))]
    if not filled:
        return 0
    record(db, actor(db), Happening("seals.renew"), tables=[table.name for table in filled])
    return seal_tables(db, filled)


def changes_since(db: Session, since: int, limit: int) -> Sequence[AuditEvent]:
    """The events after `since` that changed a public entry, oldest first."""
    found = db.scalars(
        select(AuditEvent)
        .where(col(AuditEvent.change).is_not(None), col(AuditEvent.seq) > since)
        .order_by(col(AuditEvent.seq))
        .limit(limit)
    )
    return found.all()


def event_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the hash covers, from the columns, in the form that is the same on both databases."""
    return {
        "seq": row["seq"],
        "at": row["at"].isoformat(timespec="microseconds"),
        "action": row["action"],
        "account": row["account_id"],
        "party": row["party"],
        "proposal": row["proposal"],
        "entry": row["entry_id"],
        "change": row["change"].value if row["change"] else None,
        "before": row["before"],
        "after": row["after"],
        "detail": row["detail"],
        "request": row["request_id"],
    }


def _status_of(db: Session, entry_id: int | None) -> str:
    """The status of an entry, whose table is known here as the one that events refer to."""
    (reference,) = AuditEvent.__table__.c.entry_id.foreign_keys  # type: ignore[attr-defined]
    entry = reference.column.table
    status: StrEnum | None = db.scalar(select(entry.c.status).where(entry.c.id == entry_id))
    if status is None:
        raise RuntimeError("an event that changes an entry names one that there is")
    return status.value
