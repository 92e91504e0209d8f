"""What the passing of time does: silence and time for confirming expire, idle proposals lapse.

An expiry has its effect at its own instant, whenever somebody looks: the server before it reads or writes, a
task of the server, or `compendium tick`. Doing it twice, or in two processes at once, does it once.
"""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import CLOCK
from app.db import now
from app.entries import operations as entries
from app.entries.tables import Decision, DecisionMethod
from app.profile import Profile
from app.proposals import causing
from app.proposals.causes import Cause
from app.proposals.dossier import Dossier, assembled
from app.proposals.effects import consenting_in_words, decide
from app.proposals.idling import first_idle_reminder, remind_of_idling
from app.proposals.moving import carry_out
from app.proposals.silence.reminding import first_reminder, remind
from app.proposals.tables import Proposal
from app.proposals.workflow import IDLE_STATES, Event, State, judge


def next_deadline(db: Session) -> datetime | None:
    """The earliest instant after which time has something to do; None if nothing waits."""
    first = (first_deadline(), first_reminder(), first_idle_reminder())
    waiting = db.execute(select(*(question.scalar_subquery() for question in first))).one()
    return min((at for at in waiting if at is not None), default=None)


def tick(db: Session, profile: Profile) -> list[str]:
    """Let happen what was due first, if its instant has passed; the numbers of the proposals.

    Those of one instant go together, so that one decision adopts what one procedure held.
    """
    first = next_deadline(db)
    # At the very instant there is still time: who breaks silence then is heard.
    if first is None or first >= now(db):
        return []
    if first == db.scalars(first_reminder()).one():
        remind(db, profile.silence, first)
        return []
    if first == db.scalars(first_idle_reminder()).one():
        remind_of_idling(db, profile.silence, first)
        return []
    decisions: dict[int, Decision] = {}
    due = db.scalars(select(Proposal).where(col(Proposal.deadline) == first).order_by(col(Proposal.id))).all()
    for proposal in due:
        _expire(db, assembled(db, proposal, profile), decisions)
    return [proposal.number for proposal in due]


def first_deadline() -> Select[datetime | None]:
    """The question for the earliest deadline of a proposal; None if none has any."""
    return select(func.min(col(Proposal.deadline)))


def _expire(db: Session, dossier: Dossier, decisions: dict[int, Decision]) -> None:
    if dossier.proposal.deadline is None:
        return  # another of the same instant has moved it
    if dossier.proposal.state in IDLE_STATES:
        carry_out(db, dossier, Cause(CLOCK, Event.LAPSE))
        return
    expiry = Cause(CLOCK, Event.EXPIRE)
    if judge(dossier.facts(expiry.given), Event.EXPIRE, CLOCK).failing:
        # What it was written against is no longer so: it is not adopted.
        causing.drop_out(db, dossier, [])
        return
    expiry = Cause(CLOCK, Event.EXPIRE, decision=_decision(db, dossier, expiry, decisions))
    moved, change = carry_out(db, dossier, expiry)
    causing.overtake(db, moved, change)


def _decision(db: Session, dossier: Dossier, cause: Cause, decisions: dict[int, Decision]) -> Decision:
    """One decision for all that a silence procedure held; one for each text that was to be confirmed."""
    silence = dossier.silence
    if silence is None or silence.id is None or dossier.proposal.state is not State.UNDER_SILENCE:
        return decide(db, dossier, cause)
    if silence.id not in decisions:
        decisions[silence.id] = entries.new_decision(
            db,
            method=DecisionMethod.SILENCE,
            level=dossier.profile.co_chairs_decide_at,
            parties=dossier.consensus_set,
            explicit=consenting_in_words(dossier, cause),
            made_at=silence.expires_at,
            silence=silence.number,
        )
    return decisions[silence.id]
