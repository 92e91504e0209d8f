"""Writing and reading the audit log."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import desc, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.canonical import encode
from app.db import now
from app.history.chain import GENESIS, event_hash, first_broken_link
from app.history.tables import AuditEvent, EntryChange
from app.http.request_id import current_request_id


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
    """Append one event to the log, in the transaction of the change itself."""
    last = db.scalars(select(AuditEvent).order_by(desc(col(AuditEvent.seq))).limit(1)).one_or_none()
    kept = {key: value for key, value in detail.items() if value is not None}
    event = AuditEvent(
        seq=last.seq + 1 if last else 1,
        at=now(db),
        action=happening.action,
        account_id=actor.account_id,
        party=actor.party,
        proposal=happening.proposal,
        entry_id=happening.entry_id,
        change=happening.change,
        before=happening.before,
        after=happening.after,
        detail=encode(kept),
        request_id=current_request_id(),
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    event.hash = event_hash(_fields(event), event.previous_hash)
    db.add(event)
    db.flush()
    return event


def verify(db: Session) -> int | None:
    """The sequence number of the first event that was tampered with, or that follows a missing one."""
    log = select(AuditEvent).order_by(col(AuditEvent.seq)).execution_options(yield_per=500)
    with closing(db.scalars(log)) as events:
        return first_broken_link((e.seq, _fields(e), e.previous_hash, e.hash) for e in events)


def changes_since(db: Session, since: int, limit: int) -> Sequence[AuditEvent]:
    """The events after `since` that changed a public entry, oldest first."""
    found = db.scalars(
        select(AuditEvent)
        .where(col(AuditEvent.change).is_not(None), col(AuditEvent.seq) > since)
        .order_by(col(AuditEvent.seq))
        .limit(limit)
    )
    return found.all()


def _fields(event: AuditEvent) -> dict[str, Any]:
    """The fields that the hash covers, in the form that is the same on both databases."""
    return {
        "seq": event.seq,
        "at": event.at.isoformat(timespec="microseconds"),
        "action": event.action,
        "account": event.account_id,
        "party": event.party,
        "proposal": event.proposal,
        "entry": event.entry_id,
        "change": event.change.value if event.change else None,
        "before": event.before,
        "after": event.after,
        "detail": event.detail,
        "request": event.request_id,
    }
