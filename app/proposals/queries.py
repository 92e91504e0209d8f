"""Questions about proposals."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor, Role
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.tables import Entry
from app.errors import NotFound
from app.findings.operations import Remarks
from app.policy import Work
from app.proposals.remarks import faults_in, remarks_on
from app.proposals.tables import Proposal, ProposalRevision, SignOff
from app.proposals.workflow import Facts, ProposalKind, State


@dataclass(frozen=True)
class Dossier:
    """A proposal with all that its rules look at."""

    proposal: Proposal
    revision: ProposalRevision
    entry: Entry | None
    content: EntryContent
    sign_offs: tuple[SignOff, ...]
    """Those on the current revision."""
    consensus_set: frozenset[str]
    remarks: Callable[[Stage], Remarks]
    """What the linter says of the text; worked out once, when it is first asked for."""

    @property
    def id(self) -> int:
        if self.proposal.id is None:
            raise RuntimeError("the proposal has not been flushed")
        return self.proposal.id

    @property
    def etag(self) -> str:
        return f'"{self.proposal.number}-{self.proposal.lock}"'

    @property
    def current_version(self) -> int | None:
        return self.entry.current_version if self.entry is not None else None

    def facts(self, reason: str | None = None) -> Facts:
        """The proposal as the workflow engine sees it."""
        return Facts(
            state=self.proposal.state,
            work=work_of(self.proposal, self.consensus_set),
            base_is_current=self.revision.base_version == self.current_version,
            missing=tuple(self.content.missing_for_agreement()),
            signed={sign_off.party: sign_off.event for sign_off in self.sign_offs},
            reason=reason,
            faults=faults_in(self.remarks),
        )


def work_of(proposal: Proposal, consensus_set: frozenset[str]) -> Work:
    """The proposal as the policy sees it."""
    return Work(
        party=proposal.party,
        is_shared=proposal.accepted_at is not None,
        is_submitted=proposal.submitted_at is not None,
        consensus_set=consensus_set,
    )


def dossier_of(db: Session, actor: Actor, ref: str, consensus_set: frozenset[str]) -> Dossier:
    """The proposal of a number or id. Raises NotFound, also where the caller may not know of it."""
    found = db.scalars(select(Proposal).where(_named(ref))).one_or_none()
    if found is None or not policy.reader_of_proposal(actor, work_of(found, consensus_set)):
        raise NotFound(what="proposal", ref=ref)
    return assembled(db, found, consensus_set)


def assembled(db: Session, proposal: Proposal, consensus_set: frozenset[str]) -> Dossier:
    """A proposal with its current revision, its entry and the sign-offs that stand."""
    revision = db.get_one(ProposalRevision, (proposal.id, proposal.revision))
    signed = select(SignOff).where(
        col(SignOff.proposal_id) == proposal.id,
        col(SignOff.revision) == proposal.revision,
        col(SignOff.digest) == revision.digest,
    )
    content = content_from(revision.content)
    return Dossier(
        proposal=proposal,
        revision=revision,
        entry=db.get(Entry, proposal.entry_id) if proposal.entry_id is not None else None,
        content=content,
        sign_offs=tuple(db.scalars(signed.order_by(col(SignOff.party)))),
        consensus_set=consensus_set,
        remarks=cache(lambda stage: remarks_on(db, proposal, content, revision.digest, stage)),
    )


def proposals_after(
    db: Session, actor: Actor, states: Sequence[State], entry_id: int | None, after: int, limit: int
) -> Sequence[tuple[Proposal, ProposalRevision]]:
    """The proposals that the caller may read, oldest first."""
    query = (
        select(Proposal, ProposalRevision)
        .join(
            ProposalRevision,
            (col(ProposalRevision.proposal_id) == col(Proposal.id))
            & (col(ProposalRevision.number) == col(Proposal.revision)),
        )
        .where(col(Proposal.id) > after, _readable_by(actor))
    )
    if states:
        query = query.where(col(Proposal.state).in_(states))
    if entry_id is not None:
        query = query.where(col(Proposal.entry_id) == entry_id)
    return [(p, r) for p, r in db.execute(query.order_by(col(Proposal.id)).limit(limit))]


def revisions_of(db: Session, dossier: Dossier) -> Sequence[ProposalRevision]:
    """All texts of a proposal, oldest first."""
    query = select(ProposalRevision).where(col(ProposalRevision.proposal_id) == dossier.id)
    return db.scalars(query.order_by(col(ProposalRevision.number))).all()


def open_proposal_of_new_entry(db: Session, entry_id: int) -> Proposal | None:
    """The proposal under review that would bring an entry its first text."""
    query = select(Proposal).where(
        col(Proposal.entry_id) == entry_id,
        col(Proposal.kind) == ProposalKind.NEW,
        col(Proposal.state) == State.IN_REVIEW,
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


def _named(ref: str) -> ColumnElement[bool]:
    if re.fullmatch(r"[0-9]{1,9}", ref, re.ASCII):
        return col(Proposal.id) == int(ref)
    return col(Proposal.number) == ref.upper()


def _readable_by(actor: Actor) -> ColumnElement[bool]:
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
