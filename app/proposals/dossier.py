"""A proposal with all that its rules look at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.status import EntryStatus
from app.entries.tables import Entry, EntryVersion
from app.errors import NotFound
from app.findings.operations import Remarks, answers_given, answers_of
from app.policy import Work
from app.profile import Profile
from app.proposals.assurance.tables import Certificate, Discrepancy, Gravity
from app.proposals.meetings.tables import Meeting
from app.proposals.positions.tables import Position, PositionKind
from app.proposals.remarks import Surroundings, faults_in, remarks_on
from app.proposals.silence.tables import ItemState, Silence, SilenceItem
from app.proposals.tables import Proposal, ProposalRevision, SignOff
from app.proposals.workflow import Facts, Given, Signed
from app.together import read_together

Row = TypeVar("Row", Certificate, Position)


@dataclass(frozen=True)
class Dossier:
    """A proposal as it stands at one moment."""

    proposal: Proposal
    revision: ProposalRevision
    base: EntryVersion | None
    """The version that it was written against."""
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
    found = _whole(db, _named(ref))
    if found is None or not policy.reader_of_proposal(actor, work_of(found.proposal, profile)):
        raise NotFound(what="proposal", ref=ref)
    return _assembled(db, found, profile)


def assembled(db: Session, proposal: Proposal, profile: Profile) -> Dossier:
    """A proposal with everything that hangs on it."""
    found = _whole(db, col(Proposal.id) == proposal.id)
    if found is None:
        raise RuntimeError("the proposal has not been flushed")
    return _assembled(db, found, profile)


class _Whole(NamedTuple):
    """A proposal with the rows of which there is one at most."""

    proposal: Proposal
    revision: ProposalRevision
    entry: Entry | None
    successor: Entry | None
    base: EntryVersion | None
    meeting: Meeting | None
    silence: Silence | None


@cache
def _successor() -> type[Entry]:
    # Once, like the tables that are read together.
    return aliased(Entry)


def _whole(db: Session, condition: ColumnElement[bool]) -> _Whole | None:
    successor = _successor()
    query = (
        select(Proposal, ProposalRevision, Entry, successor, EntryVersion, Meeting, Silence)
        .join(
            ProposalRevision,
            and_(
                col(ProposalRevision.proposal_id) == col(Proposal.id),
                col(ProposalRevision.number) == col(Proposal.revision),
            ),
        )
        .outerjoin(Entry, col(Entry.id) == col(Proposal.entry_id))
        .outerjoin(successor, col(successor.id) == col(Proposal.successor_id))
        .outerjoin(
            EntryVersion,
            and_(
                col(EntryVersion.entry_id) == col(Proposal.entry_id),
                col(EntryVersion.number) == col(ProposalRevision.base_version),
            ),
        )
        .outerjoin(Meeting, col(Meeting.id) == col(Proposal.meeting_id))
        .outerjoin(
            SilenceItem,
            and_(col(SilenceItem.proposal_id) == col(Proposal.id), col(SilenceItem.state) == ItemState.PENDING),
        )
        .outerjoin(Silence, col(Silence.id) == col(SilenceItem.silence_id))
    )
    row = db.execute(query.where(condition)).one_or_none()
    return _Whole(*row) if row is not None else None


def _assembled(db: Session, found: _Whole, profile: Profile) -> Dossier:
    proposal, revision = found.proposal, found.revision
    sign_offs, certificates, discrepancies, positions, answers = read_together(
        db,
        _sign_offs(proposal),
        _standing(Certificate, proposal),
        select(Discrepancy).where(col(Discrepancy.proposal_id) == proposal.id),
        _standing(Position, proposal).where(col(Position.withdrawn_at).is_(None)),
        answers_given(revision.digest),
    )
    content = content_from(revision.content)
    around = Surroundings(db, proposal.entry_id, proposal.id)
    return Dossier(
        proposal=proposal,
        revision=revision,
        base=found.base,
        entry=found.entry,
        content=content,
        profile=profile,
        at=now(db),
        sign_offs=tuple(sorted(sign_offs, key=lambda one: one.party)),
        certificates=tuple(certificates),
        discrepancies=tuple(discrepancies),
        positions=tuple(positions),
        silence=found.silence,
        meeting=found.meeting,
        successor=found.successor,
        remarks=cache(lambda stage: remarks_on(proposal, revision, content, around, answers_of(answers), stage)),
    )


def _standing(table: type[Row], proposal: Proposal) -> Select[Row]:
    """The question for the certificates or positions that no later revision has voided."""
    return select(table).where(col(table.proposal_id) == proposal.id, col(table.voided_by).is_(None))


def _sign_offs(proposal: Proposal) -> Select[SignOff]:
    last = (
        select(func.max(col(SignOff.id)))
        .where(
            col(SignOff.proposal_id) == proposal.id,
            col(SignOff.step) == proposal.step,
            col(SignOff.revision) == proposal.revision,
        )
        .group_by(col(SignOff.party))
    )
    return select(SignOff).where(col(SignOff.id).in_(last))


def _named(ref: str) -> ColumnElement[bool]:
    if re.fullmatch(r"[0-9]{1,9}", ref, re.ASCII):
        return col(Proposal.id) == int(ref)
    return col(Proposal.number) == ref.upper()
