"""What the events of the workflow do beside changing the state of their proposal."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.entries import operations as entries
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.numbers import ENTRY_SERIES, next_number
from app.entries.tables import Decision, DecisionMethod, Entry
from app.history.tables import EntryChange
from app.proposals.assurance.certifying import certify
from app.proposals.causes import NO_CHANGE, Cause, Change
from app.proposals.dossier import Dossier
from app.proposals.positions import taking
from app.proposals.positions.tables import PositionKind
from app.proposals.workflow import Effect, Event, ProposalKind, State

Handler = Callable[[Session, Dossier, Cause], Change]


def apply(db: Session, dossier: Dossier, cause: Cause, wanted: Sequence[Effect]) -> Change:
    """Carry out the effects of an event; at most one of them changes what is public."""
    changes = [_HANDLERS[effect](db, dossier, cause) for effect in wanted]
    return next((change for change in changes if change is not NO_CHANGE), NO_CHANGE)


def _open_entry(db: Session, dossier: Dossier, cause: Cause) -> Change:
    if dossier.proposal.kind is not ProposalKind.NEW:
        return NO_CHANGE
    number = cause.entry_id or next_number(db, ENTRY_SERIES, first=dossier.profile.first_entry)
    entries.open_entry(db, number, dossier.content, proposal=dossier.proposal.number)
    dossier.proposal.entry_id = number
    return Change(EntryChange.PROPOSED)


def _refresh_entry(db: Session, dossier: Dossier, _cause: Cause) -> Change:
    entry = _unadopted(dossier)
    if entry is None:
        return NO_CHANGE
    before = entry.digest
    entries.show_proposed(db, entry, dossier.content)
    return Change(EntryChange.REVISED, before)


def _close_entry(db: Session, dossier: Dossier, _cause: Cause) -> Change:
    entry = _unadopted(dossier)
    if entry is None:
        return NO_CHANGE
    before = entry.digest
    entries.close_unadopted(db, entry)
    return Change(EntryChange.WITHDRAWN, before)


def _show_referendum(db: Session, dossier: Dossier, cause: Cause) -> Change:
    entry = _unadopted(dossier)
    if entry is None:
        return NO_CHANGE
    entries.show_referendum(db, entry, waits=cause.event is Event.AGREE_AD_REFERENDUM)
    return Change(EntryChange.REVISED, entry.digest)


def _adopt(db: Session, dossier: Dossier, cause: Cause) -> Change:
    entry, proposal = _entry(dossier), dossier.proposal
    before = entry.digest
    decision = cause.decision or decide(db, dossier, cause)
    if proposal.kind.ends_entry:
        entries.end(db, entry, decision, reason=proposal.justification, successor=proposal.successor_id)
        taking.attach_reservations(db, dossier, entry, decision)
        kind = EntryChange.WITHDRAWN if proposal.successor_id is None else EntryChange.SUPERSEDED
        return Change(kind, before, decision.number)
    corrects = dossier.revision.base_version if proposal.kind is ProposalKind.CORRIGENDUM else None
    version = entries.adopt(
        db,
        entry,
        dossier.content,
        decision,
        proposal=proposal.number,
        corrects=corrects,
        ad_referendum=decision.level.is_below(dossier.profile.agreed_from),
    )
    taking.attach_reservations(db, dossier, entry, decision)
    return Change(EntryChange.ADOPTED, before, decision.number, version.number)


def decide(db: Session, dossier: Dossier, cause: Cause) -> Decision:
    """The decision that an event makes, with who consented in words and who by saying nothing."""
    is_referendum = dossier.proposal.state is State.AD_REFERENDUM
    method = DecisionMethod.AD_REFERENDUM if is_referendum else DecisionMethod.MEETING
    if dossier.silence is not None:
        method = DecisionMethod.SILENCE
    absent = frozenset(cause.body.absent) & dossier.consensus_set
    explicit = dossier.consensus_set - absent
    if method is not DecisionMethod.MEETING:
        explicit = consenting_in_words(dossier, cause)
    return entries.new_decision(
        db,
        method=method,
        level=dossier.profile.co_chairs_decide_at,
        parties=dossier.consensus_set,
        explicit=explicit,
        absent=absent,
        scope=cause.body.scope,
        made_at=dossier.proposal.deadline if cause.event is Event.EXPIRE else None,
        silence=dossier.silence.number if dossier.silence else None,
        meeting=dossier.meeting.number if dossier.meeting and dossier.silence is None else None,
    )


def consenting_in_words(dossier: Dossier, cause: Cause) -> frozenset[str]:
    """The parties that have concurred with the whole text, or confirmed it."""
    said = {p.party for p in dossier.positions if p.kind is PositionKind.CONCUR and not p.element}
    said |= {sign_off.party for sign_off in dossier.sign_offs if sign_off.event is Event.CONFIRM}
    return (frozenset(said) | {cause.actor.party or ""}) & dossier.consensus_set


def _diverge(db: Session, dossier: Dossier, cause: Cause) -> Change:
    entry = _entry(dossier)
    before, is_new = entry.digest, entry.current_version is None
    tabled = dossier.proposal.state is State.TABLED
    decision = entries.new_decision(
        db,
        method=DecisionMethod.MEETING if tabled else DecisionMethod.CO_CHAIRS,
        level=dossier.profile.co_chairs_decide_at,
        parties=dossier.consensus_set,
        explicit=dossier.consensus_set,
        meeting=dossier.meeting.number if tabled and dossier.meeting else None,
        note=cause.body.reason,
    )
    entries.diverge(db, entry, decision, _parallel_texts(dossier, cause), cause.body.reason or "")
    return Change(EntryChange.DIVERGED if is_new else EntryChange.ANNOTATED, before, decision.number)


def _parallel_texts(dossier: Dossier, cause: Cause) -> Mapping[str, EntryContent]:
    """The text of each side, as its co-chair recorded it."""
    sides = dossier.profile.side_of
    texts = {
        sides.get(s.party, s.party): content_from(s.own_text)
        for s in dossier.sign_offs
        if s.event is Event.DIVERGE and s.own_text is not None
    }
    if cause.body.content is not None and cause.actor.party is not None:
        texts[sides.get(cause.actor.party, cause.actor.party)] = cause.body.content
    return texts


def _take_position(db: Session, dossier: Dossier, cause: Cause) -> Change:
    taking.take(db, dossier, cause)
    return NO_CHANGE


def _object(db: Session, dossier: Dossier, cause: Cause) -> Change:
    taking.take(db, dossier, cause)
    dossier.proposal.breaks += 1
    dossier.proposal.met_since_break = False
    return NO_CHANGE


def _lift_objection(db: Session, dossier: Dossier, cause: Cause) -> Change:
    taking.lift_objections(db, dossier, cause.actor.party)
    return NO_CHANGE


def _certify(db: Session, dossier: Dossier, cause: Cause) -> Change:
    certify(db, dossier, cause)
    return NO_CHANGE


def _unadopted(dossier: Dossier) -> Entry | None:
    """The entry that the proposal would bring its first text."""
    return dossier.entry if dossier.proposal.kind is ProposalKind.NEW else None


def _entry(dossier: Dossier) -> Entry:
    if dossier.entry is None:
        raise RuntimeError("an accepted proposal has an entry")
    return dossier.entry


_HANDLERS: Mapping[Effect, Handler] = {
    Effect.OPEN_ENTRY: _open_entry,
    Effect.REFRESH_ENTRY: _refresh_entry,
    Effect.CERTIFY: _certify,
    Effect.TAKE_POSITION: _take_position,
    Effect.OBJECT: _object,
    Effect.LIFT_OBJECTION: _lift_objection,
    Effect.SHOW_REFERENDUM: _show_referendum,
    Effect.ADOPT: _adopt,
    Effect.DIVERGE: _diverge,
    Effect.CLOSE_ENTRY: _close_entry,
}
