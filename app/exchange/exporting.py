"""What is exported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.parties import Names, party_names
from app.entries.presenting import entry_uri
from app.entries.queries import EntryFilter, entry_batches
from app.entries.statement_tables import ParallelText, Statement
from app.entries.statements import parallel_texts_of, statements_on
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.errors import NotFound
from app.exchange.records import Record, SideText, Stated


def records(db: Session, wanted: EntryFilter, public_url: str) -> Iterator[Record]:
    """The entries to export by number; agreed ones only, unless the filter asks for a status."""
    if not wanted.status:
        wanted = replace(wanted, status=(EntryStatus.AGREED,))
    names = party_names(db)
    for batch in entry_batches(db, wanted):
        yield from _records(db, batch, names, public_url)


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
