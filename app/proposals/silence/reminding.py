"""Reminders of a running silence. Each is an event of the log, from which webhooks tell the parties."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import CLOCK
from app.calendars.deadlines import ReminderKind, reminders
from app.calendars.rules import SilenceRules
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.positions.tables import Position, PositionKind
from app.proposals.silence.items import pending
from app.proposals.silence.tables import Silence


def schedule(silence: Silence, rules: SilenceRules, after: datetime) -> None:
    """Note when the parties are next reminded; the notice of the opening is no reminder."""
    coming = reminders(silence.opened_at, silence.expires_at, rules)
    left = [reminder.at for reminder in coming if reminder.at > after and reminder.kind is not ReminderKind.OPENED]
    silence.remind_at = min(left, default=None)


def first_reminder() -> Select[datetime | None]:
    """The question for the earliest instant at which parties are to be reminded; None if none is."""
    return select(func.min(col(Silence.remind_at)))


def remind(db: Session, rules: SilenceRules, at: datetime) -> None:
    """Record the reminders of an instant, with the parties that have not concurred yet."""
    for silence in db.scalars(select(Silence).where(col(Silence.remind_at) == at).order_by(col(Silence.id))).all():
        kinds = [r.kind for r in reminders(silence.opened_at, silence.expires_at, rules) if r.at == at]
        schedule(silence, rules, at)
        db.flush()
        history.record(
            db,
            CLOCK,
            Happening("silence.remind"),
            silence=silence.number,
            kind=kinds[0].value if kinds else None,
            expires=silence.expires_at.isoformat(),
            parties=sorted(set(silence.consensus_set.split()) - _concurring(db, silence)),
        )


def _concurring(db: Session, silence: Silence) -> set[str]:
    """The parties that have concurred with everything that is still pending."""
    waiting = [item.proposal_id for item in pending(db, silence.id or 0)]
    query = select(col(Position.party), col(Position.proposal_id)).where(
        col(Position.proposal_id).in_(waiting),
        col(Position.kind) == PositionKind.CONCUR,
        col(Position.element) == "",
        col(Position.voided_by).is_(None),
        col(Position.withdrawn_at).is_(None),
    )
    said: dict[str, set[int]] = {}
    for row in db.execute(query):
        said.setdefault(row.party, set()).add(row.proposal_id)
    return {party for party, proposals in said.items() if proposals >= set(waiting)}
