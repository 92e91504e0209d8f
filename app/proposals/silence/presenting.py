"""Silence procedures as the API shows them."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.calendars.deadlines import reminders
from app.entries.numbers import entry_number
from app.profile import Profile
from app.proposals.presenting import silence_brief
from app.proposals.silence.extending import extensions_of
from app.proposals.silence.items import items_of
from app.proposals.silence.schemas import ExtensionOut, ReminderOut, SilenceItemOut, SilenceOut
from app.proposals.silence.tables import Silence
from app.proposals.tables import Proposal


def silence_out(db: Session, silence: Silence, profile: Profile) -> SilenceOut:
    """A procedure with its items, extensions and reminders."""
    items = items_of(db, silence.id or 0)
    query = select(Proposal).where(col(Proposal.id).in_([item.proposal_id for item in items]))
    proposals = {proposal.id: proposal for proposal in db.scalars(query)}
    return SilenceOut(
        **silence_brief(silence).model_dump(),
        notice=silence.notice,
        bundle=silence.bundle,
        ended=silence.ended_at,
        urgency_refused_by=silence.urgency_refused_by,
        items=[
            SilenceItemOut(
                proposal=proposals[item.proposal_id].number,
                entry=_entry(proposals[item.proposal_id].entry_id),
                revision=item.revision,
                digest=item.digest,
                state=item.state,
                because_of=item.because_of or [],
            )
            for item in items
        ],
        extensions=[
            ExtensionOut(
                number=extension.number,
                working_days=extension.working_days,
                reason=extension.reason,
                party=extension.party,
                asked=extension.asked_at,
                granted_by=extension.granted_by,
                granted=extension.granted_at,
                expires=extension.expires_at,
            )
            for extension in extensions_of(db, silence)
        ],
        reminders=[
            ReminderOut(kind=reminder.kind.value, at=reminder.at)
            for reminder in reminders(silence.opened_at, silence.expires_at, profile.silence)
        ],
    )


def _entry(entry_id: int | None) -> str | None:
    return entry_number(entry_id) if entry_id is not None else None
