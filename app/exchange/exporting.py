"""What is exported."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.parties import Names, party_names
from app.entries.presenting import entry_uri
from app.entries.queries import EntryFilter, entry_batches
from app.entries.statement_tables import ParallelText, Statement
from app.entries.statements import parallel_texts_of, statements_on
from app.entries.status import EntryStatus
from app.entries.tables import Entry, EntryRelation
from app.errors import NotFound
from app.exchange.losses import Counted
from app.exchange.records import Options, Record, SideText, Stated
from app.history.tables import AuditEvent


def records(db: Session, wanted: EntryFilter, public_url: str) -> Iterator[Record]:
    """The entries to export by number; agreed ones only, unless the filter asks for a status."""
    names = party_names(db)
    for batch in entry_batches(db, _agreed_unless_asked(wanted)):
        yield from _records(db, batch, names, public_url)


def counted(db: Session, wanted: EntryFilter) -> Iterator[Counted]:
    """The same entries, of which only is counted what a file does not hold."""
    for batch in entry_batches(db, _agreed_unless_asked(wanted)):
        statements, sides = statements_on(db, batch), parallel_texts_of(db, batch)
        for entry in batch:
            said = len(statements.get(entry.id, ())) + len(sides.get(entry.id, ())) + entry.ad_referendum
            yield Counted(entry.status.value, json.loads(entry.content or "{}"), said)


def how_many(db: Session, wanted: EntryFilter) -> int:
    """The number of these entries."""
    conditions = _agreed_unless_asked(wanted).conditions()
    return db.scalar(select(func.count()).select_from(Entry).where(*conditions)) or 0


def newest(db: Session, wanted: EntryFilter) -> datetime | None:
    """When the newest of these texts was written; None if there is none."""
    conditions = _agreed_unless_asked(wanted).conditions()
    return db.scalar(select(func.max(col(Entry.updated_at))).where(col(Entry.content).is_not(None), *conditions))


def options_in(db: Session, wanted: EntryFilter, options: Options) -> Options:
    """The options of a file, with what it says of all of these entries."""
    dated = replace(options, as_of=newest(db, wanted))
    # For a pair of languages, which entries are in the file is known only at its end.
    return dated if options.pair else replace(dated, inside=_related_inside(db, wanted))


def _related_inside(db: Session, wanted: EntryFilter) -> frozenset[str]:
    """The numbers of those of the entries to which others are related."""
    conditions = _agreed_unless_asked(wanted).conditions()
    targets = select(col(EntryRelation.target_id))
    query = select(col(Entry.id)).where(col(Entry.content).is_not(None), col(Entry.id).in_(targets), *conditions)
    return frozenset(map(entry_number, db.scalars(query)))


def state(db: Session, wanted: EntryFilter, *made_by: object) -> str:
    """What stands for the bytes of an export before they are known: the same state is the same file.

    It is computed from the filter, `made_by` (the format and its options), the names of the parties, and the last
    change of anything public, which the change feed numbers. Drafts and positions do not move it.
    """
    last = db.scalar(select(func.max(col(AuditEvent.seq))).where(col(AuditEvent.change).is_not(None)))
    entries = db.scalar(select(func.count()).select_from(Entry).where(*wanted.conditions()))
    parts = (last, entries, sorted(party_names(db).items()), wanted.status, wanted.subject, *made_by)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _agreed_unless_asked(wanted: EntryFilter) -> EntryFilter:
    return wanted if wanted.status else replace(wanted, status=(EntryStatus.AGREED,))


def records_of(db: Session, entries: Sequence[Entry], public_url: str) -> Iterator[Record]:
    """These entries on their way out."""
    return _records(db, entries, party_names(db), public_url)


def record_of(db: Session, entry: Entry, public_url: str) -> Record:
    """One entry on its way out. Raises NotFound for an entry without a public text."""
    return next(_records(db, [entry], party_names(db), public_url))


@dataclass(frozen=True)
class _Said:
    """What parties and sides have said of one entry."""

    statements: Sequence[Statement]
    sides: Sequence[ParallelText]


def _records(db: Session, entries: Sequence[Entry], names: Names, public_url: str) -> Iterator[Record]:
    """Entries with what travels with them, by so many queries whatever their number."""
    statements = statements_on(db, entries)
    sides = {entry_id: [text for text, _ in texts] for entry_id, texts in parallel_texts_of(db, entries).items()}
    for entry in entries:
        said = _Said(statements.get(entry.id, ()), sides.get(entry.id, ()))
        yield _record(entry, said, names, public_url)


def _record(entry: Entry, said: _Said, names: Names, public_url: str) -> Record:
    number = entry_number(entry.id)
    if entry.content is None:
        raise NotFound(what="entry", ref=number)
    return Record(
        number=number,
        status=entry.status.value,
        uri=entry_uri(public_url, entry.id),
        updated_at=entry.updated_at,
        content=content_from(entry.content),
        ad_referendum=entry.ad_referendum,
        statements=tuple(_stated(statement, names) for statement in said.statements),
        sides=tuple(SideText(names[text.side], content_from(text.content)) for text in said.sides),
    )


def _stated(statement: Statement, names: Names) -> Stated:
    translations: Mapping[str, str] = statement.translations
    return Stated(
        kind=statement.kind.value,
        names=names[statement.party],
        element=statement.element,
        language=statement.language,  # type: ignore[arg-type]
        text=statement.text,
        translations=translations,  # type: ignore[arg-type]
        alternative=statement.alternative,
    )
