"""What is derived from the public text of an entry: what look-up reads, subject fields and relations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import EntryContent
from app.entries.indexing.state import require_current_keys
from app.entries.indexing.writing import PublicText, write_index
from app.entries.numbers import entry_id as id_of
from app.entries.tables import Entry, EntryRelation, EntrySubject


def rewrite_derived(db: Session, entry_id: int, content: EntryContent | None) -> None:
    """Make the derived rows of an entry those of its content and status; none if there is no public text.

    Called with every change of the public text or of the status. Raises NotReady if the keys in the database
    were made by other rules than those of this release.
    """
    require_current_keys(db)
    entry = db.get_one(Entry, entry_id)
    rewrite_all(db, [PublicText(entry_id, entry.status, content)])


def rewrite_all(db: Session, texts: Sequence[PublicText]) -> None:
    """The same for many entries at once, whatever rules the keys there were made by."""
    ids = [text.entry_id for text in texts]
    db.flush()
    db.execute(delete(EntrySubject).where(col(EntrySubject.entry_id).in_(ids)))
    db.execute(delete(EntryRelation).where(col(EntryRelation.entry_id).in_(ids)))
    write_index(db, texts)
    subjects = [row for text in texts for row in subject_rows(text)]
    relations = [row for text in texts for row in relation_rows(text)]
    for table, rows in ((EntrySubject, subjects), (EntryRelation, relations)):
        if rows:
            db.execute(insert(table), rows)


def subject_rows(text: PublicText) -> list[dict[str, Any]]:
    """The rows of an entry in `entry_subject`."""
    return (
        [{"entry_id": text.entry_id, "code": code} for code in text.content.subject_fields] if text.content else []
    )


def relation_rows(text: PublicText) -> list[dict[str, Any]]:
    """The rows of an entry in `entry_relation`."""
    return [
        {"entry_id": text.entry_id, "type": relation.type, "target_id": id_of(relation.target)}
        for relation in (text.content.relations if text.content else ())
    ]
