"""A proposal with all that its rules look at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.errors import NotFound
from app.findings.operations import Remarks
from app.policy import Work
from app.profile import Profile
from app.proposals.assurance.tables import Certificate, Discrepancy, Gravity
from app.proposals.meetings.tables import Meeting
from app.proposals.positions.tables import Position, PositionKind
from app.proposals.remarks import faults_in, remarks_on
from app.proposals.silence.tables import ItemState, Silence, SilenceItem
from app.proposals.tables import Proposal, ProposalRevision, SignOff
from app.proposals.workflow import Facts, Given, Signed

Row = TypeVar("Row", Certificate, Position)


@dataclass(frozen=True)
class Dossier:
    """A proposal as it stands at one moment."""

    proposal: Proposal
    revision: ProposalRevision
    entry: Entry | None
    content: EntryContent
    profile: Profile
    at: datetime
    sign_offs: tuple[SignOff, ...]
    """The last of each party on the current revision, since the proposal came to its state."""
    certificates: tuple[Certificate, ...]
    """Those that hold for the text as it stands."""
    discrepancies: tuple[Discrepancy, ...]
    positions: tuple[Position, ...]
    """Those that stand."""
    silence: Silence | None
    """The procedure that it is under."""
    meeting: Meeting | None
    successor: Entry | None
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

    @property
    def consensus_set(self) -> frozenset[str]:
        """The parties whose consent is needed; those of its opening while silence runs."""
        if self.silence is not None:
            return frozenset(self.silence.consensus_set.split())
        # Who joins after a deadline has no part in what it brought about, however late that is settled.
        moment = min(self.at, self.proposal.deadline or self.at)
        return self.profile.consenting_on(moment.date())

    @property
    def objectors(self) -> frozenset[str]:
        """The parties whose objections stand."""
        return frozenset(p.party for p in self.positions if p.kind is PositionKind.OBJECT)

    @property
    def drafted_by(self) -> Mapping[str, int]:
        """The account that wrote the text of each language."""
        return drafters(self.revision, self.content)

    @property
    def work(self) -> Work:
        """The proposal as the policy sees it."""
        return work_of(self.proposal, self.profile, self.consensus_set, self.objectors)

    def facts(self, given: Given = Given()) -> Facts:  # noqa: B008 - immutable
        """The proposal as the workflow engine sees it."""
        return Facts(
            state=self.proposal.state,
            work=self.work,
            now=self.at,
            kind=self.proposal.kind,
            base_is_current=self._base_is_current(),
            successor_is_agreed=self.successor is None or self.successor.status is EntryStatus.AGREED,
            missing=tuple(self.content.missing_for_agreement()),
            signed={s.party: Signed(s.event, s.terms) for s in self.sign_offs},
            given=given,
            faults=faults_in(self.remarks),
            certified=frozenset(certificate.part for certificate in self.certificates),
            languages=frozenset(self.content.languages),
            drafted_by=self.drafted_by,
            discrepancies=sum(d.closed_at is None and d.gravity is Gravity.SUBSTANTIVE for d in self.discrepancies),
            breaks=self.proposal.breaks,
            met_since_break=self.proposal.met_since_break,
            deadline=self.proposal.deadline,
        )

    def _base_is_current(self) -> bool:
        is_ended = self.entry is not None and (self.entry.withdrawn or self.entry.superseded_by is not None)
        return self.revision.base_version == self.current_version and not is_ended


def drafters(revision: ProposalRevision, content: EntryContent) -> Mapping[str, int]:
    """The account that wrote the text of each language of a revision."""
    if revision.drafted_by is not None:
        return revision.drafted_by
    return dict.fromkeys(content.languages, revision.account_id)


def work_of(
    proposal: Proposal,
    profile: Profile,
    consensus_set: frozenset[str] = frozenset(),
    objectors: frozenset[str] = frozenset(),
) -> Work:
    """The proposal as the policy sees it."""
    return Work(
        party=proposal.party,
        is_shared=proposal.accepted_at is not None,
        is_submitted=proposal.submitted_at is not None,
        consensus_set=consensus_set,
        sides=profile.side_of,
        answers=profile.languages_of,
        objectors=objectors,
    )


def dossier_of(db: Session, actor: Actor, ref: str, profile: Profile) -> Dossier:
    """The proposal of a number or id. Raises NotFound, also where the caller may not know of it."""
    found = db.scalars(select(Proposal).where(_named(ref))).one_or_none()
    if found is None or not policy.reader_of_proposal(actor, work_of(found, profile)):
        raise NotFound(what="proposal", ref=ref)
    return assembled(db, found, profile)


def assembled(db: Session, proposal: Proposal, profile: Profile) -> Dossier:
    """A proposal with everything that hangs on it."""
    revision = db.get_one(ProposalRevision, (proposal.id, proposal.revision))
    content = content_from(revision.content)
    return Dossier(
        proposal=proposal,
        revision=revision,
        entry=db.get(Entry, proposal.entry_id) if proposal.entry_id is not None else None,
        content=content,
        profile=profile,
        at=now(db),
        sign_offs=_sign_offs(db, proposal),
        certificates=_standing(db, Certificate, proposal),
        discrepancies=tuple(
            db.scalars(
                select(Discrepancy).where(col(Discrepancy.proposal_id) == proposal.id).order_by(col(Discrepancy.id))
            )
        ),
        positions=tuple(p for p in _standing(db, Position, proposal) if p.withdrawn_at is None),
        silence=_silence(db, proposal),
        meeting=db.get(Meeting, proposal.meeting_id) if proposal.meeting_id is not None else None,
        successor=db.get(Entry, proposal.successor_id) if proposal.successor_id is not None else None,
        remarks=cache(lambda stage: remarks_on(db, proposal, content, revision.digest, stage)),
    )


def _standing(db: Session, table: type[Row], proposal: Proposal) -> tuple[Row, ...]:
    """The certificates or positions that no later revision has voided."""
    query = select(table).where(col(table.proposal_id) == proposal.id, col(table.voided_by).is_(None))
    return tuple(db.scalars(query.order_by(col(table.id))))


def _sign_offs(db: Session, proposal: Proposal) -> tuple[SignOff, ...]:
    last = (
        select(func.max(col(SignOff.id)))
        .where(
            col(SignOff.proposal_id) == proposal.id,
            col(SignOff.step) == proposal.step,
            col(SignOff.revision) == proposal.revision,
        )
        .group_by(col(SignOff.party))
    )
    return tuple(db.scalars(select(SignOff).where(col(SignOff.id).in_(last)).order_by(col(SignOff.party))))


def _silence(db: Session, proposal: Proposal) -> Silence | None:
    query = (
        select(Silence)
        .join(SilenceItem, col(SilenceItem.silence_id) == col(Silence.id))
        .where(col(SilenceItem.proposal_id) == proposal.id, col(SilenceItem.state) == ItemState.PENDING)
    )
    return db.scalars(query).one_or_none()


def _named(ref: str) -> ColumnElement[bool]:
    if re.fullmatch(r"[0-9]{1,9}", ref, re.ASCII):
        return col(Proposal.id) == int(ref)
    return col(Proposal.number) == ref.upper()
