"""Meetings and their agendas."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.numbers import next_number
from app.errors import NotFound, NotPermitted
from app.history import operations as history
from app.history.operations import Happening
from app.proposals.meetings.tables import AgendaItem, Meeting
from app.proposals.tables import Proposal


def call_meeting(db: Session, actor: Actor, *, held_on: date, place: str) -> Meeting:
    """Give a meeting its number, `M(2026)02`. Raises NotPermitted."""
    if actor.account_id is None or not policy.may_call_meetings(actor):
        raise NotPermitted(action="meeting.call")
    year = held_on.year
    meeting = Meeting(
        number=f"M({year}){next_number(db, 'M', year):02d}",
        held_on=held_on,
        place=place,
        account_id=actor.account_id,
        created_at=now(db),
    )
    db.add(meeting)
    db.flush()
    history.record(db, actor, Happening("meeting.call"), meeting=meeting.number, held_on=held_on.isoformat())
    return meeting


def meeting_numbered(db: Session, number: str) -> Meeting:
    """The meeting of a number. Raises NotFound."""
    found = db.scalars(select(Meeting).where(col(Meeting.number) == number.upper())).one_or_none()
    if found is None:
        raise NotFound(what="meeting", ref=number)
    return found


def put_on_agenda(db: Session, meeting: Meeting, proposal: Proposal) -> None:
    """Put the current text of a proposal before a meeting. It stays on the agendas of earlier ones."""
    proposal.meeting_id = meeting.id
    meeting_id, proposal_id = meeting.id or 0, proposal.id or 0
    item = AgendaItem(meeting_id=meeting_id, proposal_id=proposal_id, revision=proposal.revision, tabled_at=now(db))
    db.merge(item)


def agenda_of(db: Session, meeting: Meeting) -> Sequence[tuple[Proposal, AgendaItem]]:
    """The proposals that were put before a meeting, in the order of their numbers."""
    query = (
        select(Proposal, AgendaItem)
        .join(AgendaItem, col(AgendaItem.proposal_id) == col(Proposal.id))
        .where(col(AgendaItem.meeting_id) == meeting.id)
        .order_by(col(Proposal.id))
    )
    return [(proposal, item) for proposal, item in db.execute(query)]


def meetings_after(db: Session, after: int, limit: int) -> Sequence[Meeting]:
    """The meetings in the order in which they were called."""
    return db.scalars(select(Meeting).where(col(Meeting.id) > after).order_by(col(Meeting.id)).limit(limit)).all()
