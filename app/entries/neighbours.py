"""What an entry is related to, and what entries are called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import case, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import Acceptability, RelationType, TermType
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


def relations_around(
    db: Session, entry_id: int
) -> tuple[list[tuple[RelationType, int, bool]], Mapping[int, Called]]:
    """The relations from an entry and to it, and what the other entries are called.

    Of each: kind, the other entry, and whether that one names this one.
    """
    is_inverse = col(EntryRelation.entry_id) != entry_id
    other = case((is_inverse, col(EntryRelation.entry_id)), else_=col(EntryRelation.target_id))
    query = (
        select(col(EntryRelation.type), other, is_inverse, *_TERM)
        .outerjoin(EntryTerm, col(EntryTerm.entry_id) == other)
        .outerjoin(Entry, col(Entry.id) == other)
        .where(or_(col(EntryRelation.entry_id) == entry_id, col(EntryRelation.target_id) == entry_id))
        .order_by(other, col(EntryTerm.position))
    )
    found: set[tuple[RelationType, int, bool]] = set()
    terms: dict[_Called, None] = {}
    for kind, number, inverse, *term in db.execute(query):
        found.add((kind, number, bool(inverse)))
        if term[0] is not None:
            terms[_Called(*term)] = None
    kinds = list(RelationType)
    return sorted(found, key=lambda one: (kinds.index(one[0]), one[2], one[1])), _called(terms)


def called(db: Session | Connection, entries: Collection[int]) -> Mapping[int, Called]:
    """What entries are called: the preferred term, the full form before an abbreviation, or else the first."""
    if not entries:
        return {}
    query = (
        select(*_TERM)
        .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
        .where(col(EntryTerm.entry_id).in_(entries))
        .order_by(col(EntryTerm.entry_id), col(EntryTerm.position))
    )
    return _called(_Called(*row) for row in db.execute(query))  # type: ignore[arg-type]


class _Called(NamedTuple):
    """A term of an entry."""

    entry_id: int
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability
    status: EntryStatus


_TERM = (
    col(EntryTerm.entry_id),
    col(EntryTerm.language),
    col(EntryTerm.text),
    col(EntryTerm.type),
    col(EntryTerm.acceptability),
    col(Entry.status),
)


def _called(terms: Iterable[_Called]) -> Mapping[int, Called]:
    found: dict[int, Called] = {}
    is_head: set[tuple[int, str]] = set()
    for term in terms:
        known = found.setdefault(term.entry_id, Called(EntryStatus(term.status)))
        preferred = term.acceptability is Acceptability.PREFERRED and not term.type.is_abbreviated
        if term.language not in known.terms or (preferred and (term.entry_id, term.language) not in is_head):
            known.terms[term.language] = term.text
        if preferred:
            is_head.add((term.entry_id, term.language))
    return found
