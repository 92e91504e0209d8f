"""Making derived rows anew from the public texts, entry by entry, and comparing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from app.audit.vocabulary import Vocabulary
from app.canonical import encode
from app.entries.canonical import content_from
from app.entries.derived import relation_rows, subject_rows
from app.entries.indexing.rows import card_row, indexed_terms
from app.entries.indexing.tables import EntryCard, KeyState, TermKey
from app.entries.indexing.writing import PublicText, key_rows
from app.entries.tables import Entry, EntryRelation, EntrySubject, EntryTerm
from app.errors import DomainError
from app.history.breaches import Breach, BreachCode
from app.history.rows import UNREADABLE, Stored, key_text, pages_of, row_form, rows_where, tables_kept
from app.history.verifying import Each, unreadable_rows
from app.kept import Kept
from app.languages.keys import KEYS_VERSION

CHUNK = 100
"""Entries whose rows are made at once."""

Rows = list[dict[str, Any]]


def derived_breaches(db: Session, each: Each, vocabulary: Vocabulary) -> Iterator[Breach]:
    """The derived rows that do not follow from the texts, and those that should be there."""
    try:
        yield from _differences(db, each, vocabulary)
    except UNREADABLE:
        found = list(unreadable_rows(db, tables_kept(Kept.DERIVED)))
        if not found:
            raise
        yield from found


def _differences(db: Session, each: Each, vocabulary: Vocabulary) -> Iterator[Breach]:
    if not _rules_are_ours(db):
        # Every key may differ; `compendium migrate` makes them by the rules of this release.
        yield Breach(BreachCode.UNFOUNDED, _table(KeyState).name, key_text((1,)))
        return
    for page in pages_of(db, _table(Entry), CHUNK):
        texts = [text for stored in page if (text := _text(stored)) is not None]
        yield from _breaches_of(db, texts)
        yield from vocabulary.breaches_of(texts)
        for stored in page:
            each(stored)
    yield from vocabulary.breaches_of_spellings()
    yield from _orphans(db)


def _rules_are_ours(db: Session) -> bool:
    states = [stored.values for page in pages_of(db, _table(KeyState)) for stored in page]
    if not states:
        return db.scalar(select(col(Entry.id)).limit(1)) is None
    return states == [{"id": 1, "version": KEYS_VERSION, "reached": None}]


def _text(stored: Stored) -> PublicText | None:
    """What an entry says in public; none if that cannot be read, which is a breach of the entry."""
    if stored.values is None:
        return None
    content = stored.values["content"]
    try:
        text = PublicText(
            stored.values["id"], stored.values["status"], content_from(content) if content is not None else None
        )
        relation_rows(text)
    except (ValueError, DomainError):
        return None
    return text


def _breaches_of(db: Session, texts: list[PublicText]) -> Iterator[Breach]:
    ids = [text.entry_id for text in texts]
    terms = [
        (term, text)
        for text in texts
        if text.content is not None
        for term in indexed_terms(text.entry_id, text.content)
    ]
    for made_by, rows in (
        (EntrySubject, [row for text in texts for row in subject_rows(text)]),
        (EntryRelation, [row for text in texts for row in relation_rows(text)]),
        (EntryCard, [card_row(t.entry_id, t.status, t.content) for t in texts if t.content is not None]),
        (EntryTerm, [term.row(text.entry_id) for term, text in terms]),
    ):
        table = _table(made_by)
        yield from compared(table, rows, rows_where(db, table, table.c.entry_id.in_(ids)))
    keys = _table(TermKey)
    stored_ids = select(col(EntryTerm.id)).where(col(EntryTerm.entry_id).in_(ids))
    known = {term.id for term, _ in terms} | set(db.scalars(stored_ids))
    yield from compared(
        keys,
        [row for term, text in terms for row in key_rows(term, text.status)],
        rows_where(db, keys, keys.c.term_id.in_(known)),
    )


def compared(table: Table, wanted: Rows, found: Iterable[Stored]) -> Iterator[Breach]:
    """The differences between the rows that should be there and those that are."""
    forms = {_key(table, row): encode(row_form(table, row)) for row in wanted}
    for stored in found:
        form = forms.pop(stored.key, None)
        if stored.values is None:
            yield Breach(BreachCode.UNREADABLE, table.name, stored.key)
        elif form != encode(row_form(table, stored.values)):
            yield Breach(BreachCode.UNFOUNDED, table.name, stored.key)
    yield from (Breach(BreachCode.WANTING, table.name, key) for key in forms)


def _orphans(db: Session) -> Iterator[Breach]:
    """Derived rows of nothing, and the rows that they refer to and that are not there."""
    for table in tables_kept(Kept.DERIVED):
        for reference in table.foreign_keys:
            lost = select(reference.parent, *table.primary_key).where(
                reference.parent.not_in(select(reference.column))
            )
            for target, *key in db.execute(lost):
                yield Breach(BreachCode.WANTING, reference.column.table.name, key_text((target,)))
                yield Breach(BreachCode.UNFOUNDED, table.name, key_text(tuple(key)))


def _key(table: Table, row: Mapping[str, Any]) -> str:
    return key_text(tuple(row[column.name] for column in table.primary_key))


def _table(made_by: type[SQLModel]) -> Table:
    table: Table = SQLModel.metadata.tables[str(made_by.__tablename__)]
    return table
