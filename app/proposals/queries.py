"""Questions about proposals."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor, Role
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import OPEN_STATES, ProposalKind, State


def proposals_after(
    db: Session, actor: Actor, states: Sequence[State], entry_id: int | None, after: int, limit: int
) -> Sequence[tuple[Proposal, ProposalRevision]]:
    """The proposals that the caller may read, oldest first."""
    query = readable(actor).where(col(Proposal.id) > after)
    if states:
        query = query.where(col(Proposal.state).in_(states))
    if entry_id is not None:
        query = query.where(col(Proposal.entry_id) == entry_id)
    return [(p, r) for p, r in db.execute(query.order_by(col(Proposal.id)).limit(limit))]


def readable(actor: Actor) -> Select[Proposal, ProposalRevision]:
    """The proposals that the caller may read, each with its current text."""
    return (
        select(Proposal, ProposalRevision)
        .join(
            ProposalRevision,
            (col(ProposalRevision.proposal_id) == col(Proposal.id))
            & (col(ProposalRevision.number) == col(Proposal.revision)),
        )
        .where(readable_by(actor))
    )


def revisions_of(db: Session, proposal_id: int) -> Sequence[ProposalRevision]:
    """All texts of a proposal, oldest first."""
    query = select(ProposalRevision).where(col(ProposalRevision.proposal_id) == proposal_id)
    return db.scalars(query.order_by(col(ProposalRevision.number))).all()


def open_proposal_of_new_entry(db: Session, entry_id: int) -> Proposal | None:
    """The proposal under review that would bring an entry its first text."""
    query = select(Proposal).where(
        col(Proposal.entry_id) == entry_id,
        col(Proposal.kind) == ProposalKind.NEW,
        col(Proposal.state).in_(OPEN_STATES - {State.DRAFT, State.SUBMITTED, State.RETURNED}),
    )
    return db.scalars(query).one_or_none()


def was_proposed(db: Session, entry_id: int, digest: str) -> bool:
    """Whether this very text was ever proposed for an entry, whatever became of it."""
    query = (
        select(col(ProposalRevision.number))
        .join(Proposal, col(Proposal.id) == col(ProposalRevision.proposal_id))
        .where(col(Proposal.entry_id) == entry_id, col(ProposalRevision.digest) == digest)
    )
    return db.scalars(query.limit(1)).first() is not None


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """policy.reader_of_proposal as a condition; a test holds the two against each other."""
    if actor.is_anonymous:
        return false()
    readable: list[ColumnElement[bool]] = [col(Proposal.accepted_at).is_not(None)]
    if actor.party is not None:
        readable.append(col(Proposal.party) == actor.party)
    if actor.has(Role.SECRETARIAT):
        readable.append(col(Proposal.submitted_at).is_not(None))
        if actor.party is None:
            readable.append(col(Proposal.party).is_(None))
    return or_(*readable)
