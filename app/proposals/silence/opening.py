"""Opening a silence procedure: both co-chairs put the same frozen texts under silence for the same period."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.calendars.deadlines import deadline_after
from app.calendars.rules import SilenceRules
from app.canonical import digest, encode
from app.db import now
from app.entries.numbers import dated_number, next_number
from app.errors import InvalidInput
from app.history import operations as history
from app.history.operations import Happening
from app.profile import Profile
from app.proposals.causes import Cause
from app.proposals.dossier import Dossier, dossier_of
from app.proposals.moving import carry_out
from app.proposals.silence.tables import Period, Silence, SilenceItem
from app.proposals.workflow import Event, ProposalKind, State


def request(
    db: Session, actor: Actor, profile: Profile, dossiers: Sequence[Dossier], period: Period | None = None
) -> Silence | None:
    """Ask, as a co-chair, for silence on these proposals; the procedure once the other side has asked for the same.

    All of them are put under silence, or none. Raises InvalidInput, TransitionNotAllowed, NotPermitted,
    StaleBase, GuardsFailed.
    """
    entries = [dossier.proposal.entry_id for dossier in dossiers]
    if len(set(entries)) != len(entries):
        # The second of two changes to one entry would undo the first.
        raise InvalidInput(field="proposals", reason="entry_twice")
    period = period or usual_period(dossiers, profile.silence)
    texts = [
        {"proposal": d.proposal.number, "revision": d.proposal.revision, "digest": d.revision.digest}
        for d in sorted(dossiers, key=lambda dossier: dossier.id)
    ]
    cause = Cause(actor, Event.OPEN_SILENCE, bundle=encode({"period": period.value, "proposals": texts}))
    together = _asked_for_together(dossiers, cause.bundle)
    moved = [carry_out(db, dossier, cause)[0] for dossier in together]
    if any(dossier.proposal.state is not State.UNDER_SILENCE for dossier in moved):
        return None
    return _opened(db, actor, profile, moved, period, digest(encode(texts)))


def join(db: Session, actor: Actor, dossier: Dossier, period: Period | None) -> Silence | None:
    """Ask for silence on one proposal: with those that the other side has asked for together with it."""
    asked = next(
        (s.terms for s in dossier.sign_offs if s.event is Event.OPEN_SILENCE and s.party != actor.party), None
    )
    profile = dossier.profile
    if asked is None or period is not None:
        return request(db, actor, profile, [dossier], period)
    terms = json.loads(asked)
    others = [text["proposal"] for text in terms["proposals"] if text["proposal"] != dossier.proposal.number]
    together = [dossier, *(dossier_of(db, actor, number, profile) for number in others)]
    return request(db, actor, profile, together, Period(terms["period"]))


def usual_period(dossiers: Sequence[Dossier], rules: SilenceRules) -> Period:
    """The period that the rules give these proposals."""
    if all(dossier.proposal.kind is ProposalKind.CORRIGENDUM for dossier in dossiers):
        return Period.CORRIGENDUM
    if all(dossier.proposal.breaks for dossier in dossiers):
        return Period.RECIRCULATION
    return Period.LARGE_BATCH if len(dossiers) > rules.large_batch_over else Period.NORMAL


def _asked_for_together(dossiers: Sequence[Dossier], bundle: str) -> list[Dossier]:
    """The dossiers without requests for this bundle that their party has since replaced for some of it.

    What was asked for all of them counts for all or for none, or a part of them would be put under silence.
    """
    asking = [{s.party for s in dossier.sign_offs if s.terms == bundle} for dossier in dossiers]
    standing = set.intersection(*asking)
    return [
        replace(dossier, sign_offs=tuple(s for s in dossier.sign_offs if s.terms != bundle or s.party in standing))
        for dossier in dossiers
    ]


def _opened(
    db: Session, actor: Actor, profile: Profile, dossiers: Sequence[Dossier], period: Period, bundle: str
) -> Silence:
    at = now(db)
    silence = Silence(
        number=dated_number("S", at.year, next_number(db, "S", at.year)),
        notice=dated_number("N", at.year, next_number(db, "N", at.year)),
        period=period,
        bundle=bundle,
        consensus_set=" ".join(sorted(profile.consenting_on(at.date()))),
        zone=profile.silence.zone,
        opened_at=at,
        expires_at=deadline_after(at, days_of(period, profile.silence), profile.silence),
    )
    db.add(silence)
    db.flush()
    if silence.id is None:
        raise RuntimeError("the silence procedure has been flushed")
    for dossier in dossiers:
        number, frozen = dossier.revision.number, dossier.revision.digest
        db.add(SilenceItem(silence_id=silence.id, proposal_id=dossier.id, revision=number, digest=frozen))
        dossier.proposal.deadline = silence.expires_at
    db.flush()
    numbers = [dossier.proposal.number for dossier in dossiers]
    history.record(
        db,
        actor,
        Happening("silence.open", after=bundle),
        silence=silence.number,
        period=period.value,
        expires=silence.expires_at.isoformat(),
        parties=silence.consensus_set.split(),
        proposals=numbers,
    )
    return silence


def days_of(period: Period, rules: SilenceRules) -> int:
    """The working days of a period."""
    days: int = getattr(rules.periods, period.value)
    return days
