"""What is exported."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.entries.queries import EntryFilter, all_entries
from app.entries.status import EntryStatus
from app.entries.tables import Entry
from app.errors import NotFound
from app.exchange.records import Record


def records(db: Session, wanted: EntryFilter, public_url: str) -> Iterator[Record]:
    """The entries to export by number; agreed ones only, unless the filter asks for a status."""
    if not wanted.status:
        wanted = replace(wanted, status=(EntryStatus.AGREED,))
    for entry in all_entries(db, wanted):
        yield record_of(entry, public_url)


def record_of(entry: Entry, public_url: str) -> Record:
    """One entry on its way out. Raises NotFound for an entry without a public text."""
    number = entry_number(entry.id)
    if entry.content is None:
        raise NotFound(what="entry", ref=number)
    return Record(
        number=number,
        status=entry.status.value,
        uri=entry_uri(public_url, entry.id),
        updated_at=entry.updated_at,
        content=content_from(entry.content),
    )
