"""What the record holds of one proposal, so that an outsider can re-compute it (docs/audit.md says how)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from app.audit.schemas import (
    AuditEventOut,
    AuditExport,
    HeadsOut,
    LinkOut,
    RevisionDigest,
    RowOut,
    SealLinks,
    SealOut,
)
from app.audit.verifying import heads
from app.entries.tables import Decision, EntryVersion
from app.errors import NotFound
from app.history.chain import GENESIS, seal_fingerprint
from app.history.operations import event_fields
from app.history.rows import Stored, parts, plain, row_form, rows_of, rows_where, tables_kept
from app.history.sealing import seal_fields
from app.history.tables import EVENTS, SEALS
from app.history.verifying import event_hashes
from app.kept import Kept
from app.proposals.tables import Proposal, ProposalRevision


def proposal_of_number(db: Session, number: str) -> Proposal:
    """The proposal of a number, for whoever may see them all. Raises NotFound."""
    found = db.scalars(select(Proposal).where(col(Proposal.number) == number.upper())).one_or_none()
    if found is None:
        raise NotFound(what="proposal", ref=number[:40])
    return found


def events_after(db: Session, after: int, limit: int) -> list[AuditEventOut]:
    """The events that follow one, oldest first."""
    found = db.execute(select(EVENTS).where(EVENTS.c.seq > after).order_by(EVENTS.c.seq).limit(limit))
    return [_event_out(row._asdict()) for row in found]


def export_of(db: Session, proposal: Proposal) -> AuditExport:
    """The events, digests, rows and seals of a proposal, with the way to the heads of the chains."""
    query = select(EVENTS).where(EVENTS.c.proposal == proposal.number).order_by(EVENTS.c.seq)
    events = [_event_out(row._asdict()) for row in db.execute(query)]
    rows = [*_rows_of_proposal(db, proposal), *_rows_of_versions(db, events)]
    seals = _seals(db, [(table.name, stored.key) for table, stored in rows])
    last = heads(db)
    return AuditExport(
        proposal=proposal.number,
        events=events,
        revisions=_revisions(db, proposal),
        rows=[
            RowOut(key=stored.key, **row_form(table, stored.values))
            for table, stored in rows
            if stored.values is not None
        ],
        seals=seals,
        links=_links(db, min((seal.seq for seal in seals), default=1)),
        heads=HeadsOut(**{name: LinkOut(seq=head.seq, hash=head.hash) for name, head in last.items()}),
    )


def _event_out(row: Mapping[str, Any]) -> AuditEventOut:
    return AuditEventOut(**event_fields(row), previous=row["previous_hash"], hash=row["hash"])


def _revisions(db: Session, proposal: Proposal) -> list[RevisionDigest]:
    query = select(ProposalRevision).where(col(ProposalRevision.proposal_id) == proposal.id)
    return [
        RevisionDigest(
            revision=revision.number,
            base_version=revision.base_version,
            digest=revision.digest,
            created=plain(revision.created_at),
        )
        for revision in db.scalars(query.order_by(col(ProposalRevision.number)))
    ]


def _rows_of_proposal(db: Session, proposal: Proposal) -> Iterator[tuple[Table, Stored]]:
    """Its own row, and every sealed row that refers to it, in whichever table."""
    own = _table(Proposal)
    yield from ((own, stored) for stored in rows_of(db, own, [(proposal.id,)]))
    for table in tables_kept(Kept.SEALED):
        for reference in table.foreign_keys:
            if reference.column is own.c.id:
                yield from ((table, stored) for stored in rows_where(db, table, reference.parent == proposal.id))


def _rows_of_versions(db: Session, events: Sequence[AuditEventOut]) -> Iterator[tuple[Table, Stored]]:
    """The versions that its events have made, and the decisions on them."""
    made = [(event.entry, json.loads(event.detail).get("version")) for event in events if event.change is not None]
    versions = rows_of(db, _table(EntryVersion), [key for key in made if None not in key])
    decisions = {(stored.values["decision_id"],) for stored in versions if stored.values is not None}
    yield from ((_table(EntryVersion), stored) for stored in versions)
    yield from ((_table(Decision), stored) for stored in rows_of(db, _table(Decision), decisions))


def _seals(db: Session, rows: Sequence[tuple[str, str]]) -> list[SealOut]:
    """All seals of these rows, oldest first."""
    found: list[dict[str, Any]] = []
    for part in parts(rows):
        these = or_(*(and_(SEALS.c.table_name == table, SEALS.c.key == key) for table, key in part))
        found += (row._asdict() for row in db.execute(select(SEALS).where(these)))
    events = event_hashes(db, found)
    return [
        SealOut(**seal_fields(seal, events.get(seal["event_seq"])), hash=seal["hash"])
        for seal in sorted(found, key=lambda seal: int(seal["seq"]))
    ]


def _links(db: Session, first: int) -> SealLinks:
    """The fingerprints of all seals from the first of these to the head."""
    before = db.scalar(select(SEALS.c.hash).where(SEALS.c.seq == first - 1))
    fingerprints: list[str] = []
    rows = db.execute(select(SEALS).where(SEALS.c.seq >= first).order_by(SEALS.c.seq)).partitions(1000)
    for page in rows:
        seals = [row._asdict() for row in page]
        events = event_hashes(db, seals)
        fingerprints += (seal_fingerprint(seal_fields(seal, events.get(seal["event_seq"]))) for seal in seals)
    return SealLinks(after=LinkOut(seq=first - 1, hash=before or GENESIS), fingerprints=fingerprints)


def _table(made_by: type[SQLModel]) -> Table:
    table: Table = SQLModel.metadata.tables[str(made_by.__tablename__)]
    return table
