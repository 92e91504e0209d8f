"""Events with all that follows from them: others of a batch drop out, a later text is overtaken."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import CLOCK, Actor
from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.errors import InvalidInput
from app.proposals.causes import NOTHING_GIVEN, Cause, Change
from app.proposals.checks import check_parallel_text
from app.proposals.dossier import Dossier, assembled
from app.proposals.inputs import EventInput
from app.proposals.meetings.operations import meeting_numbered, put_on_agenda
from app.proposals.moving import carry_out, verdict_on
from app.proposals.silence import items, opening
from app.proposals.silence.dependants import dependants_of
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import Event, State, Verdict


def cause(
    db: Session,
    actor: Actor,
    dossier: Dossier,
    event: Event,
    body: EventInput = NOTHING_GIVEN,
    *,
    entry_id: int | None = None,
) -> tuple[Dossier, str | None]:
    """Let an event happen to a proposal; with it the number of the decision, if the event made one.

    `entry_id` is the number of a new entry that the shipped glossary has already numbered.
    Raises TransitionNotAllowed, NotPermitted, StaleBase, GuardsFailed, InvalidInput, NotFound.
    """
    if event is Event.REVISE:
        raise InvalidInput(field="event", reason="revision_needs_text")
    if event is Event.OPEN_SILENCE:
        opening.join(db, actor, dossier, body.period)
        return assembled(db, dossier.proposal, dossier.profile), None
    _prepare(db, dossier, event, body)
    batch = _batch(db, dossier) if event is Event.BREAK else {}
    moved, change = carry_out(db, dossier, Cause(actor, event, body, entry_id=entry_id))
    _drop_dependants(db, moved, batch)
    overtake(db, moved, change)
    return moved, change.decision


def foresee(db: Session, actor: Actor, dossier: Dossier, event: Event, body: EventInput = NOTHING_GIVEN) -> Verdict:
    """What would come of an event, were it caused now. Raises TransitionNotAllowed, NotPermitted."""
    if event is Event.OPEN_SILENCE:
        return opening.foreseen(db, actor, dossier, body.period)
    return verdict_on(dossier, actor, event, Cause(actor, event, body).given)


def overtake(db: Session, adopted: Dossier, change: Change) -> None:
    """Take those proposals out of silence whose text was written against what has just been replaced or ended."""
    if change.decision is None or adopted.proposal.state is not State.ADOPTED:
        return
    waiting = (State.UNDER_SILENCE, State.AD_REFERENDUM)
    query = select(Proposal).where(
        col(Proposal.entry_id) == adopted.proposal.entry_id,
        col(Proposal.state).in_(waiting),
        col(Proposal.id) != adopted.id,
    )
    for proposal in db.scalars(query.order_by(col(Proposal.id))).all():
        drop_out(db, assembled(db, proposal, adopted.profile), [adopted.proposal.number])


def drop_out(db: Session, dossier: Dossier, because_of: Sequence[str]) -> Dossier:
    """Send a proposal back to where it waited for silence, through no fault of its own."""
    return carry_out(db, dossier, Cause(CLOCK, Event.DROP_OUT), because_of=because_of)[0]


def _prepare(db: Session, dossier: Dossier, event: Event, body: EventInput) -> None:
    """Hold what comes with the event against the database, before anything moves."""
    if event is Event.TABLE and body.meeting is not None:
        put_on_agenda(db, meeting_numbered(db, body.meeting), dossier.proposal)
    if event is Event.DIVERGE and body.content is not None:
        check_parallel_text(db, dossier.proposal.entry_id, body.content)
    if strangers := set(body.absent) - dossier.consensus_set:
        raise InvalidInput(field="absent", reason="not_in_consensus_set", value=sorted(strangers))


def _batch(db: Session, dossier: Dossier) -> dict[str, int]:
    """The proposals, by entry number, on which silence runs together with this one."""
    if dossier.silence is None or dossier.silence.id is None:
        return {}
    waiting = {item.proposal_id for item in items.pending(db, dossier.silence.id)}
    found = db.scalars(select(Proposal).where(col(Proposal.id).in_(waiting)))
    return {entry_number(p.entry_id): p.id for p in found if p.entry_id is not None and p.id is not None}


def _drop_dependants(db: Session, broken: Dossier, batch: dict[str, int]) -> None:
    """Let the entries drop out whose definitions depend on the one that was objected to; the rest proceeds."""
    if broken.proposal.state is not State.OBJECTED or broken.proposal.entry_id is None or len(batch) < 2:
        return
    texts = {number: content_from(text) for number, text in _texts(db, batch)}
    for number in dependants_of(entry_number(broken.proposal.entry_id), texts):
        dependant = assembled(db, db.get_one(Proposal, batch[number]), broken.profile)
        drop_out(db, dependant, [broken.proposal.number])


def _texts(db: Session, batch: dict[str, int]) -> Iterable[tuple[str, str]]:
    for number, proposal_id in sorted(batch.items()):
        proposal = db.get_one(Proposal, proposal_id)
        yield number, db.get_one(ProposalRevision, (proposal_id, proposal.revision)).content
