"""What is derived from the public text of an entry: term rows with their keys, and subject fields."""

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import EntryContent
from app.entries.tables import EntrySubject, EntryTerm
from app.languages.fold import fold
from app.languages.sorting import initial, sort_key


def rewrite_derived(db: Session, entry_id: int, content: EntryContent | None) -> None:
    """Make the derived rows of an entry those of its content; none if there is no public text."""
    db.execute(delete(EntryTerm).where(col(EntryTerm.entry_id) == entry_id))
    db.execute(delete(EntrySubject).where(col(EntrySubject.entry_id) == entry_id))
    if content is not None:
        db.add_all(_terms(entry_id, content))
        db.add_all(EntrySubject(entry_id=entry_id, code=code) for code in content.subject_fields)
    db.flush()


def _terms(entry_id: int, content: EntryContent) -> list[EntryTerm]:
    return [
        EntryTerm(
            entry_id=entry_id,
            language=language,
            position=position,
            text=term.text,
            type=term.type,
            acceptability=term.acceptability,
            folded=fold(term.text),
            sort_key=sort_key(term.text),
            letter=initial(term.text),
        )
        for language, section in content.languages.items()
        for position, term in enumerate(section.terms, 1)
    ]
