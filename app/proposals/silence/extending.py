"""More time: extensions, and urgency that a party refuses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.calendars.deadlines import deadline_after, extended
from app.db import now
from app.errors import InvalidInput, NotFound, NotPermitted, SilenceOver
from app.history import operations as history
from app.history.operations import Happening
from app.policy import Work
from app.profile import Profile
from app.proposals.silence import items
from app.proposals.silence.reminding import schedule
from app.proposals.silence.tables import Extension, Period, Silence
from app.proposals.tables import Proposal


def ask_for_time(
    db: Session, actor: Actor, profile: Profile, silence: Silence, *, working_days: int, reason: str
) -> Extension:
    """Ask for more time for everybody. The first request is granted at once, a second one by both co-chairs.

    Raises NotPermitted, SilenceOver, InvalidInput.
    """
    rules, earlier = profile.silence.extension, extensions_of(db, silence)
    if actor.account_id is None or actor.party is None or not policy.representative(actor, _work(silence, profile)):
        raise NotPermitted(action="silence.extend")
    _require_running(db, silence)
    if len(earlier) >= rules.most:
        raise InvalidInput(field="working_days", reason="no_more_extensions", most=rules.most)
    taken = sum(extension.working_days for extension in earlier if extension.granted_at is not None)
    left = rules.total_days - taken if earlier else rules.automatic_days
    if working_days > left:
        raise InvalidInput(field="working_days", reason="extension_too_long", most=left)
    extension = Extension(
        silence_id=_id(silence),
        number=len(earlier) + 1,
        working_days=working_days,
        reason=reason,
        party=actor.party,
        account_id=actor.account_id,
        asked_at=now(db),
    )
    db.add(extension)
    _record(db, actor, "silence.ask-for-time", silence, working_days=working_days, reason=reason)
    if not earlier:
        _grant(db, actor, profile, silence, extension)
    db.flush()
    return extension


def grant_time(db: Session, actor: Actor, profile: Profile, silence: Silence, number: int) -> Extension:
    """Grant an extension as the co-chair of a side; it holds once all sides have.

    Raises NotPermitted, SilenceOver, NotFound.
    """
    work = _work(silence, profile)
    if actor.party is None or not policy.each_co_chair(actor, work):
        raise NotPermitted(action="silence.grant")
    _require_running(db, silence)
    waiting = [e for e in extensions_of(db, silence) if e.number == number and e.granted_at is None]
    if not waiting:
        raise NotFound(what="extension", ref=str(number))
    (extension,) = waiting
    side = work.sides.get(actor.party, actor.party)
    extension.granted_by = sorted({*extension.granted_by, side})
    _record(db, actor, "silence.grant-time", silence, extension=number)
    if {work.sides.get(party, party) for party in work.consensus_set} <= {*extension.granted_by}:
        _grant(db, actor, profile, silence, extension)
    db.flush()
    return extension


def refuse_urgency(db: Session, actor: Actor, profile: Profile, silence: Silence) -> Silence:
    """Let an urgent procedure run for the normal period, as any party may demand soon after its opening.

    Raises NotPermitted, SilenceOver, InvalidInput.
    """
    if not policy.representative(actor, _work(silence, profile)):
        raise NotPermitted(action="silence.refuse-urgency")
    _require_running(db, silence)
    until = silence.opened_at + timedelta(hours=profile.silence.urgency_refusal_hours)
    if silence.period is not Period.URGENT or now(db) > until:
        raise InvalidInput(field="silence", reason="urgency_stands")
    silence.period = Period.NORMAL
    silence.urgency_refused_by = actor.party
    expires = deadline_after(silence.opened_at, profile.silence.periods.normal, profile.silence)
    _move_expiry(db, profile, silence, max(expires, silence.expires_at))
    _record(db, actor, "silence.refuse-urgency", silence)
    return silence


def extensions_of(db: Session, silence: Silence) -> Sequence[Extension]:
    """The requests for more time, in their order."""
    query = select(Extension).where(col(Extension.silence_id) == silence.id).order_by(col(Extension.number))
    return db.scalars(query).all()


def _grant(db: Session, actor: Actor, profile: Profile, silence: Silence, extension: Extension) -> None:
    extension.granted_at = now(db)
    extension.expires_at = extended(silence.expires_at, extension.working_days, profile.silence)
    _move_expiry(db, profile, silence, extension.expires_at)
    _record(db, actor, "silence.extend", silence, extension=extension.number)


def _move_expiry(db: Session, profile: Profile, silence: Silence, expires_at: datetime) -> None:
    silence.expires_at = expires_at
    schedule(silence, profile.silence, now(db))
    for item in items.pending(db, _id(silence)):
        proposal = db.get_one(Proposal, item.proposal_id)
        proposal.deadline = expires_at
        proposal.lock += 1
    db.flush()


def _require_running(db: Session, silence: Silence) -> None:
    if silence.ended_at is not None or now(db) > silence.expires_at:
        raise SilenceOver(number=silence.number)


def _work(silence: Silence, profile: Profile) -> Work:
    """What the policy needs to know of a procedure: the parties of its opening."""
    return Work(None, True, True, frozenset(silence.consensus_set.split()), profile.side_of)


def _record(db: Session, actor: Actor, action: str, silence: Silence, **detail: str | int | None) -> None:
    expires = silence.expires_at.isoformat()
    history.record(db, actor, Happening(action), silence=silence.number, expires=expires, **detail)


def _id(silence: Silence) -> int:
    if silence.id is None:
        raise RuntimeError("the silence procedure has not been flushed")
    return silence.id
