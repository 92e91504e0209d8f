"""What must always hold of entries and of whatever was agreed."""

import hashlib
import json

from app.entries.canonical import content_from
from app.entries.parts import certified_digest
from app.entries.statement_tables import ParallelText, Statement
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion
from app.history.tables import AuditEvent
from app.languages.codes import LANGUAGES, PAIRS
from app.proposals.assurance.tables import Certificate, Discrepancy, Gravity
from app.proposals.positions.tables import Position, PositionKind
from app.proposals.silence.tables import ItemState, Silence, SilenceItem
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import OPEN_STATES, ProposalKind, State
from tests.proposals.invariants.record import Record


def check_versions(record: Record) -> None:
    """Each version is the certified last revision of an adopted proposal, and follows its base."""
    proposals = {proposal.number: proposal for proposal in record.of(Proposal)}
    versions = record.of(EntryVersion)
    for version in versions:
        assert hashlib.sha256(version.content.encode("utf-8")).hexdigest() == version.digest
        proposal = proposals[version.proposal]
        assert (proposal.state, proposal.entry_id) == (State.ADOPTED, version.entry_id)
        revision = record.db.get_one(ProposalRevision, (proposal.id, proposal.revision))
        assert (revision.content, revision.digest) == (version.content, version.digest)
        assert (revision.base_version or 0) == version.number - 1
        _check_certified(record, proposal, version)
        _check_decided(record, proposal, version)
    adopted = {proposal.number for proposal in proposals.values() if proposal.state is State.ADOPTED}
    ended = {number for number in adopted if proposals[number].kind.ends_entry}
    assert adopted - ended == {version.proposal for version in versions}


def _check_certified(record: Record, proposal: Proposal, version: EntryVersion) -> None:
    given = [c for c in record.of(Certificate) if c.proposal_id == proposal.id and c.voided_by is None]
    content = content_from(version.content)
    vouched = {c.part for c in given if c.digest == certified_digest(content, c.part)}
    assert vouched == {*LANGUAGES, *PAIRS}
    wrote = record.db.get_one(ProposalRevision, (proposal.id, proposal.revision)).drafted_by or {}
    assert all(wrote.get(code) != c.account_id for c in given for code in c.part.split("-"))
    found = [d for d in record.of(Discrepancy) if d.proposal_id == proposal.id]
    assert all(d.closed_at for d in found if d.gravity is Gravity.SUBSTANTIVE)


def _check_decided(record: Record, proposal: Proposal, version: EntryVersion) -> None:
    decision = record.db.get_one(Decision, version.decision_id)
    assert version.adopted_at == decision.made_at
    if decision.method is DecisionMethod.SILENCE:
        (silence,) = (s for s in record.of(Silence) if s.number == decision.silence)
        item = record.db.get_one(SilenceItem, (silence.id, proposal.id))
        assert (item.state, item.digest) == (ItemState.ADOPTED, version.digest)
        assert (decision.made_at, decision.parties) == (silence.expires_at, silence.consensus_set)
    elif decision.method is DecisionMethod.MEETING:
        assert decision.meeting is not None
    else:
        assert decision.method is DecisionMethod.AD_REFERENDUM


def check_consent(record: Record) -> None:
    """Nobody is recorded as consenting who was not asked, nor in words while an objection of theirs stands."""
    decided = {
        json.loads(event.detail)["decision"]: event.proposal
        for event in record.of(AuditEvent)
        if event.proposal and "decision" in json.loads(event.detail)
    }
    proposals = {proposal.number: proposal for proposal in record.of(Proposal)}
    for decision in record.of(Decision):
        parties, explicit, absent = (
            frozenset(codes.split()) for codes in (decision.parties, decision.explicit, decision.absent)
        )
        assert explicit <= parties
        assert absent <= parties - explicit
        if decision.method not in (DecisionMethod.SILENCE, DecisionMethod.AD_REFERENDUM):
            continue  # what co-chairs record at a meeting, they record for their parties
        proposal = proposals[decided[decision.number]]
        objecting = {p.party for p in _standing(record, proposal) if p.kind is PositionKind.OBJECT}
        assert not explicit & objecting


def _standing(record: Record, proposal: Proposal) -> list[Position]:
    return [
        position
        for position in record.of(Position)
        if position.proposal_id == proposal.id and position.voided_by is None and position.withdrawn_at is None
    ]


def check_reservations(record: Record) -> None:
    """A reservation that stood when its text was adopted, or its entry ended, is among those of the entry."""
    statements = record.of(Statement)
    for proposal in record.of(Proposal):
        if proposal.state is not State.ADOPTED:
            continue
        made = sorted(
            (s.party, s.kind, s.element, s.text)
            for s in statements
            if s.entry_id == proposal.entry_id and s.decision_id in _decisions_of(record, proposal)
        )
        stood = [p for p in _standing(record, proposal) if p.kind is PositionKind.RESERVE]
        assert made == sorted((p.party, p.statement, p.element, p.text) for p in stood)


def _decisions_of(record: Record, proposal: Proposal) -> set[int]:
    said = [json.loads(event.detail) for event in record.of(AuditEvent) if event.proposal == proposal.number]
    numbers = {detail["decision"] for detail in said if "decision" in detail}
    return {decision.id for decision in record.of(Decision) if decision.number in numbers}


def check_entries(record: Record) -> None:
    """The status of an entry follows from its versions and proposals, and it shows the text that it has."""
    proposals = record.of(Proposal)
    for entry in record.of(Entry):
        versions = [v for v in record.of(EntryVersion) if v.entry_id == entry.id]
        assert sorted(v.number for v in versions) == list(range(1, (entry.current_version or 0) + 1))
        (first,) = (p for p in proposals if p.entry_id == entry.id and p.kind is ProposalKind.NEW)
        if versions and not entry.diverged:
            current = next(v for v in versions if v.number == entry.current_version)
            assert (entry.content, entry.digest) == (current.content, current.digest)
        ended = entry.withdrawn or entry.superseded_by is not None or entry.diverged
        assert (entry.status is EntryStatus.AGREED) == (bool(versions) and not ended)
        assert entry.under_review == (first.state in OPEN_STATES)
        assert entry.ad_referendum == (first.state is State.AD_REFERENDUM)
        assert entry.diverged == (first.state is State.DIVERGED)
        shows_parallel = [t for t in record.of(ParallelText) if t.entry_id == entry.id]
        assert not entry.diverged or {t.side for t in shows_parallel} == {"nato", "russia"}


CHECKS = (check_versions, check_consent, check_reservations, check_entries)
