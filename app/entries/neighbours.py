"""What an entry is related to, and what entries are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import Acceptability, RelationType
from app.entries.status import EntryStatus
from app.entries.tables import Entry, EntryRelation, EntryTerm
from app.languages.codes import LanguageCode


@dataclass(frozen=True)
class Called:
    """What an entry is called in each language that has a term for it."""

    status: EntryStatus
    terms: dict[LanguageCode, str] = field(default_factory=dict)

    def in_(self, *languages: LanguageCode) -> tuple[LanguageCode, str] | None:
        """The term of the first of these languages that has one."""
        return next(((code, self.terms[code]) for code in languages if code in self.terms), None)


def relations_around(db: Session, entry_id: int) -> list[tuple[RelationType, int, bool]]:
    """The relations from an entry and to it: kind, the other entry, and whether that one names this one."""
    query = select(EntryRelation).where(
        or_(col(EntryRelation.entry_id) == entry_id, col(EntryRelation.target_id) == entry_id)
    )
    found = {
        (row.type, row.target_id if row.entry_id == entry_id else row.entry_id, row.entry_id != entry_id)
        for row in db.scalars(query)
    }
    kinds = list(RelationType)
    return sorted(found, key=lambda one: (kinds.index(one[0]), one[2], one[1]))


def called(db: Session, entries: Collection[int]) -> Mapping[int, Called]:
    """What entries are called: the preferred term, the full form before an abbreviation, or else the first."""
    if not entries:
        return {}
    query = (
        select(
            col(EntryTerm.entry_id),
            col(EntryTerm.language),
            col(EntryTerm.text),
            col(EntryTerm.type),
            col(EntryTerm.acceptability),
            col(Entry.status),
        )
        .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
        .where(col(EntryTerm.entry_id).in_(entries))
        .order_by(col(EntryTerm.entry_id), col(EntryTerm.position))
    )
    found: dict[int, Called] = {}
    is_head: set[tuple[int, str]] = set()
    language: LanguageCode
    for entry_id, language, text, type_, acceptability, status in db.execute(query):  # type: ignore[assignment]
        known = found.setdefault(entry_id, Called(EntryStatus(status)))
        preferred = acceptability is Acceptability.PREFERRED and not type_.is_abbreviated
        if language not in known.terms or (preferred and (entry_id, language) not in is_head):
            known.terms[language] = text
        if preferred:
            is_head.add((entry_id, language))
    return found
