"""Proposals that nobody goes on with: they lapse in the end, and their proposer is reminded before."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import CLOCK
from app.calendars.deadlines import months_after
from app.calendars.rules import SilenceRules
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.tables import Proposal


def start_waiting(proposal: Proposal, rules: SilenceRules) -> None:
    """Count the idle time of a proposal from its last change."""
    proposal.deadline = months_after(proposal.updated_at, rules.idle_months, rules)
    _schedule(proposal, rules, proposal.updated_at)


def first_idle_reminder() -> Select[datetime | None]:
    """The question for the earliest instant at which a proposer is to be reminded; None if none is."""
    return select(func.min(col(Proposal.remind_at)))


def remind_of_idling(db: Session, rules: SilenceRules, at: datetime) -> None:
    """Record the reminders of an instant. They are no change of the proposal, and its idle time goes on."""
    for proposal in db.scalars(
        select(Proposal).where(col(Proposal.remind_at) == at).order_by(col(Proposal.id))
    ).all():
        _schedule(proposal, rules, at)
        db.flush()
        history.record(
            db,
            CLOCK,
            Happening("proposal.remind", proposal.number, proposal.entry_id),
            party=proposal.party,
            lapses=proposal.deadline.isoformat() if proposal.deadline is not None else None,
        )


def _schedule(proposal: Proposal, rules: SilenceRules, after: datetime) -> None:
    coming = (months_after(proposal.updated_at, months, rules) for months in rules.idle_reminders)
    proposal.remind_at = min((at for at in coming if at > after), default=None)
