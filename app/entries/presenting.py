"""Entries as the API shows them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.tables import Party
from app.entries.approval.queries import accessions_to, endorsed_by
from app.entries.approval.tables import Accession
from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.queries import decisions_of
from app.entries.schemas import AccessionOut, DecisionOut, DecisionRef, EndOut, EntryOut, EntryRef, VersionOut
from app.entries.statement_schemas import ParallelTextOut, StatementOut
from app.entries.statement_tables import ParallelText, Statement
from app.entries.statements import parallel_texts_of, statements_on
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion
from app.together import read_together


def entry_uri(public_url: str, entry_id: int) -> str:
    """The permanent address of an entry."""
    return f"{public_url}/id/{entry_number(entry_id)}"


def entries_out(db: Session, entries: Sequence[Entry], public_url: str) -> list[EntryOut]:
    """Entries with their public texts, decisions and statements, by so many queries whatever their number."""
    around = Around.of(db, entries)
    return [_entry_out(entry, around, public_url) for entry in entries]


def entry_refs(db: Session, entries: Sequence[Entry], public_url: str) -> dict[int, EntryRef]:
    """The short forms in which other things name entries, by entry."""
    made = statements_on(db, entries)
    return {
        entry.id: EntryRef(
            id=entry.id,
            number=entry_number(entry.id),
            status=entry.status,
            uri=entry_uri(public_url, entry.id),
            ad_referendum=entry.ad_referendum,
            reservations=len(made.get(entry.id, ())),
        )
        for entry in entries
    }


def version_out(
    version: EntryVersion,
    decision: Decision,
    public_url: str,
    statements: Sequence[StatementOut] = (),
    endorsements: Sequence[Decision] = (),
) -> VersionOut:
    number = entry_number(version.entry_id)
    return VersionOut(
        entry=number,
        version=version.number,
        designation=designation(version),
        uri=f"{public_url}/v1/entries/{number}/versions/{version.number}",
        digest=version.digest,
        adopted=version.adopted_at,
        decision=decision_ref(decision),
        corrects=version.corrects,
        endorsements=[decision_ref(later) for later in endorsements],
        statements=list(statements),
        content=content_from(version.content),
    )


def designation(version: EntryVersion) -> str:
    """How a version is cited: `TMD-0123/2`, its first corrigendum `TMD-0123/2/C1`."""
    number = entry_number(version.entry_id)
    if version.corrects is None:
        return f"{number}/{version.number}"
    return f"{number}/{version.corrects}/C{version.corrigendum}"


def statements_out(db: Session, statements: Sequence[Statement]) -> list[StatementOut]:
    """Statements with the numbers of their decisions."""
    decisions = _decisions(db, {statement.decision_id for statement in statements})
    return [_statement_out(statement, decisions) for statement in statements]


def decision_ref(decision: Decision) -> DecisionRef:
    return DecisionRef(number=decision.number, method=decision.method, level=decision.level)


def decision_out(db: Session, decision: Decision, versions: Sequence[EntryVersion]) -> DecisionOut:
    """A decision with all that it did."""
    parties, explicit, absent = (getattr(decision, name).split() for name in ("parties", "explicit", "absent"))
    made, acceded = read_together(
        db, select(Statement).where(col(Statement.decision_id) == decision.id), accessions_to(decision)
    )
    ended = select(col(Entry.id)).where(col(Entry.ended_by) == decision.id).order_by(col(Entry.id))
    return DecisionOut(
        number=decision.number,
        made=decision.made_at,
        method=decision.method,
        level=decision.level,
        parties=parties,
        scope=decision.scope,
        explicit=explicit,
        tacit=[party for party in parties if party not in (*explicit, *absent)],
        absent=absent,
        signed_by=signing_sides(db, decision),
        sheet=decision.sheet,
        silence=decision.silence,
        meeting=decision.meeting,
        note=decision.note,
        versions=[designation(version) for version in versions],
        digests=[version.digest for version in versions],
        endorses=[designation(version) for version in endorsed_by(db, decision)],
        accessions=[_accession_out(accession) for accession in acceded],
        ended=[entry_number(entry_id) for entry_id in db.scalars(ended)],
        reservations=[_statement_out(statement, {decision.id: decision}) for statement in made],
    )


@dataclass(frozen=True)
class Around:
    """What is shown of entries beside their texts; by entry, where nothing else is said."""

    adopted: Mapping[int, tuple[EntryVersion, Decision]]
    decisions: Mapping[int | None, Decision]
    """Those that endorsed or ended an entry, or with which a statement was made, by their ids."""
    statements: Mapping[int, Sequence[StatementOut]]
    parallel: Mapping[int, Sequence[tuple[ParallelText, Decision]]]

    @classmethod
    def of(cls, db: Session, entries: Sequence[Entry]) -> "Around":
        """Asks for what only some entries have only if some of these have it."""
        made = statements_on(db, entries)
        wanted = {statement.decision_id for found in made.values() for statement in found}
        wanted |= {decision for entry in entries for decision in (entry.endorsed_by, entry.ended_by)}
        decisions = _decisions(db, wanted)
        return cls(
            decisions_of(db, entries),
            decisions,
            {entry_id: [_statement_out(one, decisions) for one in found] for entry_id, found in made.items()},
            parallel_texts_of(db, entries),
        )


def _entry_out(entry: Entry, around: Around, public_url: str) -> EntryOut:
    adopted, endorsed = around.adopted.get(entry.id), around.decisions.get(entry.endorsed_by)
    end = around.decisions.get(entry.ended_by)
    return EntryOut(
        id=entry.id,
        number=entry_number(entry.id),
        uri=entry_uri(public_url, entry.id),
        status=entry.status,
        version=entry.current_version,
        designation=designation(adopted[0]) if adopted else None,
        digest=entry.digest,
        adopted=adopted[0].adopted_at if adopted else None,
        decision=decision_ref(adopted[1]) if adopted else None,
        endorsed=decision_ref(endorsed) if endorsed is not None else None,
        proposal=entry.proposal,
        ad_referendum=entry.ad_referendum,
        ended=_ended(entry, end, public_url) if end is not None else None,
        content=content_from(entry.content) if entry.content is not None else None,
        reservations=list(around.statements.get(entry.id, ())),
        parallel_texts=[
            ParallelTextOut(
                side=text.side, decision=decision.number, digest=text.digest, content=content_from(text.content)
            )
            for text, decision in around.parallel.get(entry.id, ())
        ],
    )


def signing_sides(db: Session, decision: Decision) -> list[str]:
    """The sides that signed: a joint act takes effect only when the co-chair of each has recorded it."""
    if decision.method is DecisionMethod.INITIAL_LOAD:
        return []
    return sorted(set(db.scalars(select(col(Party.side)).where(col(Party.code).in_(decision.parties.split())))))


def _decisions(db: Session, wanted: AbstractSet[int | None]) -> dict[int | None, Decision]:
    """The decisions of these ids; nothing is asked if there are none."""
    ids = wanted - {None}
    if not ids:
        return {}
    return {found.id: found for found in db.scalars(select(Decision).where(col(Decision.id).in_(ids)))}


def _ended(entry: Entry, decision: Decision, public_url: str) -> EndOut:
    successor = entry.superseded_by
    return EndOut(
        decision=decision_ref(decision),
        at=decision.made_at,
        reason=entry.end_reason,
        successor=entry_number(successor) if successor is not None else None,
        successor_uri=entry_uri(public_url, successor) if successor is not None else None,
    )


def _accession_out(accession: Accession) -> AccessionOut:
    return AccessionOut(
        party=accession.party,
        language=accession.language,  # type: ignore[arg-type]
        text=accession.text,
        stated=accession.stated_at,
    )


def _statement_out(statement: Statement, decisions: Mapping[int | None, Decision]) -> StatementOut:
    decision = decisions.get(statement.decision_id)
    return StatementOut(
        id=statement.id or 0,
        kind=statement.kind,
        party=statement.party,
        version=statement.version,
        element=statement.element,
        language=statement.language,  # type: ignore[arg-type]
        text=statement.text,
        translations=statement.translations,
        alternative=statement.alternative,
        decision=decision.number if decision is not None else None,
        reconfirms=statement.reconfirms,
        made=statement.made_at,
        withdrawn=statement.withdrawn_at,
    )
