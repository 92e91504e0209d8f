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
from app.proposals.moving import carry_out, permitted, verdict_on
from app.proposals.silence.reminding import schedule
from app.proposals.silence.tables import Period, Silence, SilenceItem
from app.proposals.workflow import Event, ProposalKind, Verdict

Frozen = dict[str, str | int]
"""One text of a bundle: its proposal, revision and digest."""


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
    period, texts = period or usual_period(dossiers, profile.silence), _frozen(dossiers)
    cause = _asking(actor, period, texts)
    # A text that went back to review since takes its partner's request along, and holds up the others.
    hold = any(permitted(dossier, actor, cause.event, cause.given).waits_for for dossier in dossiers)
    moved = [carry_out(db, dossier, cause, hold=hold)[0] for dossier in dossiers]
    return None if hold else _opened(db, actor, profile, moved, period, digest(encode(texts)))


def join(db: Session, actor: Actor, dossier: Dossier, period: Period | None) -> Silence | None:
    """Ask for silence on one proposal: with those that the other side has asked for together with it."""
    together, wanted = _together(db, actor, dossier, period)
    return request(db, actor, dossier.profile, together, wanted)


def foreseen(db: Session, actor: Actor, dossier: Dossier, period: Period | None) -> Verdict:
    """What would come of joining in. Raises TransitionNotAllowed, NotPermitted."""
    together, wanted = _together(db, actor, dossier, period)
    cause = _asking(actor, wanted or usual_period(together, dossier.profile.silence), _frozen(together))
    verdicts = [verdict_on(one, actor, cause.event, cause.given) for one in together]
    waits_for = {party for verdict in verdicts for party in verdict.waits_for}
    return replace(verdicts[0], waits_for=tuple(sorted(waits_for)))


def _together(
    db: Session, actor: Actor, dossier: Dossier, period: Period | None
) -> tuple[list[Dossier], Period | None]:
    """What silence is asked for when it is asked for one proposal: the batch of the other side, if there is one."""
    asked = next(
        (s.terms for s in dossier.sign_offs if s.event is Event.OPEN_SILENCE and s.party != actor.party), None
    )
    if asked is None or period is not None:
        return [dossier], period
    terms = json.loads(asked)
    others = [text["proposal"] for text in terms["proposals"] if text["proposal"] != dossier.proposal.number]
    together = [dossier, *(dossier_of(db, actor, number, dossier.profile) for number in others)]
    return together, Period(terms["period"])


def _asking(actor: Actor, period: Period, texts: Sequence[Frozen]) -> Cause:
    """What a co-chair records who asks for silence on these texts."""
    return Cause(actor, Event.OPEN_SILENCE, bundle=encode({"period": period.value, "proposals": texts}))


def _frozen(dossiers: Sequence[Dossier]) -> list[Frozen]:
    """The texts, each by its digest, in the order of their proposals."""
    return [
        {"proposal": d.proposal.number, "revision": d.proposal.revision, "digest": d.revision.digest}
        for d in sorted(dossiers, key=lambda dossier: dossier.id)
    ]


def usual_period(dossiers: Sequence[Dossier], rules: SilenceRules) -> Period:
    """The period that the rules give these proposals."""
    if all(dossier.proposal.kind is ProposalKind.CORRIGENDUM for dossier in dossiers):
        return Period.CORRIGENDUM
    if all(dossier.proposal.breaks for dossier in dossiers):
        return Period.RECIRCULATION
    return Period.LARGE_BATCH if len(dossiers) > rules.large_batch_over else Period.NORMAL


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
    schedule(silence, profile.silence, at)
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
