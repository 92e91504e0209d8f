"""What must always hold of the log, of numbers, certificates, positions and silence procedures."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from app.entries.canonical import content_from
from app.entries.numbers import ENTRY_SERIES
from app.entries.parts import certified_digest, element_digest
from app.entries.tables import Decision, Entry, NumberSeries
from app.history import operations as history
from app.history.tables import AuditEvent
from app.proposals.assurance.tables import Certificate
from app.proposals.meetings.tables import Meeting
from app.proposals.positions.tables import Position
from app.proposals.silence.tables import ItemState, Silence, SilenceItem
from app.proposals.tables import Proposal, ProposalRevision
from app.proposals.workflow import IDLE_STATES, State
from tests.proposals.invariants.group import JOINS
from tests.proposals.invariants.record import Record

JOINED = {"norway": JOINS, "sweden": date.max}
"""From when on the consent of a party counts, if not from the beginning."""


def check_log(record: Record) -> None:
    """The chain holds, and what the events say of states leads to the states that are stored."""
    assert history.verify(record.db) is None
    states: dict[str, str] = {}
    changes: dict[str, int] = defaultdict(int)
    for event in record.of(AuditEvent):
        said = json.loads(event.detail)
        if event.proposal is None or "to" not in said:
            continue
        assert said.get("from") == states.get(event.proposal), f"{event.action} of {event.proposal}: {said}"
        changes[event.proposal] += "from" in said and said["from"] != said["to"]
        states[event.proposal] = said["to"]
    found = record.of(Proposal)
    assert states == {proposal.number: proposal.state for proposal in found}
    assert changes == {proposal.number: proposal.step for proposal in found}


def check_numbers(record: Record) -> None:
    """The numbers of a series are 1, 2, 3 and so on, and the last is the one that is remembered."""
    given = {
        "P": [proposal.number for proposal in record.of(Proposal)],
        "S": [silence.number for silence in record.of(Silence)],
        "N": [silence.notice for silence in record.of(Silence)],
        "D": [decision.number for decision in record.of(Decision)],
        "DS": [decision.sheet for decision in record.of(Decision)],
        "M": [meeting.number for meeting in record.of(Meeting)],
    }
    last = {(row.series, row.year): row.last for row in record.of(NumberSeries)}
    entries = sorted(entry.id for entry in record.of(Entry))
    assert entries == list(range(1001, last.pop((ENTRY_SERIES, 0), 1000) + 1))
    by_year: dict[tuple[str, int], list[int]] = defaultdict(list)
    for series, numbers in given.items():
        for number in numbers:
            assert number.startswith(f"{series}(")
            year, _, place = number.removeprefix(f"{series}(").partition(")")
            by_year[series, int(year)].append(int(place))
    assert {key: sorted(places) for key, places in by_year.items()} == {
        key: list(range(1, count + 1)) for key, count in last.items()
    }


def check_voided(record: Record) -> None:
    """Certificates and positions are void exactly if what they are about has changed since."""
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    for revision in record.of(ProposalRevision):
        texts[revision.proposal_id][revision.number] = revision.content
    for certificate in record.of(Certificate):
        later = _later(texts, certificate)
        assert certificate.voided_by == _first(
            number for number, content in later if certified_digest(content, certificate.part) != certificate.digest
        )
    for position in record.of(Position):
        changed = _first(
            number for number, content in _later(texts, position) if _element(content, position) != position.digest
        )
        # What its party has taken back no longer stands, whatever becomes of the text.
        assert position.voided_by == changed or (position.withdrawn_at and position.voided_by is None)


def _later(texts: dict[int, dict[int, str]], of: Certificate | Position) -> Iterator:
    for number, content in sorted(texts[of.proposal_id].items()):
        if number > of.revision:
            yield number, content_from(content)


def _element(content, position: Position) -> str | None:
    try:
        return element_digest(content, position.element)
    except LookupError:
        return None


def _first(numbers: Iterable[int]) -> int | None:
    return next(iter(numbers), None)


def check_silences(record: Record) -> None:
    """Silence runs on exactly the proposals that are under silence, on the texts that were frozen, till one end."""
    silences = {silence.id: silence for silence in record.of(Silence)}
    proposals = {proposal.id: proposal for proposal in record.of(Proposal)}
    pending: dict[int, Silence] = {}
    for item in record.of(SilenceItem):
        frozen = record.db.get_one(ProposalRevision, (item.proposal_id, item.revision))
        assert frozen.digest == item.digest
        if item.state is ItemState.PENDING:
            assert item.proposal_id not in pending
            pending[item.proposal_id] = silences[item.silence_id]
            assert proposals[item.proposal_id].revision == item.revision
    under = {id_ for id_, proposal in proposals.items() if proposal.state is State.UNDER_SILENCE}
    assert under == pending.keys()
    for id_, silence in pending.items():
        assert proposals[id_].deadline == silence.expires_at
    running = {silence.id for silence in silences.values() if silence.ended_at is None}
    assert running == {silence.id for silence in pending.values()}
    timed = (State.UNDER_SILENCE, State.AD_REFERENDUM, *IDLE_STATES)
    assert all((proposal.deadline is not None) == (proposal.state in timed) for proposal in proposals.values())


def check_breaks(record: Record) -> None:
    """Nobody but a party of the snapshot has broken silence, and within its time."""
    silences = {silence.id: silence for silence in record.of(Silence)}
    for position in record.of(Position):
        if not position.broke_silence:
            continue
        broken = [
            silences[item.silence_id]
            for item in record.of(SilenceItem)
            if (item.proposal_id, item.state) == (position.proposal_id, ItemState.OBJECTED)
        ]
        heard = [silence for silence in broken if silence.opened_at <= position.given_at <= silence.expires_at]
        if heard:
            assert any(position.party in silence.consensus_set.split() for silence in heard)
        else:  # a refusal to confirm what was agreed ad referendum
            assert position.given_at.date() >= JOINED.get(position.party, date.min)


CHECKS = (check_log, check_numbers, check_voided, check_silences, check_breaks)
