"""Look-up on the folded keys of the terms: exact and prefix."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import Acceptability, TermType
from app.entries.queries import EntryFilter
from app.entries.status import EntryStatus
from app.entries.tables import Entry, EntryTerm
from app.languages.codes import LanguageCode

# The last code point: every string that begins with P lies between P and P followed by it.
AFTER_ALL = "\U0010ffff"

# At equal match, what is agreed comes before what is not, and a preferred term before the others.
_STATUS_ORDER = (EntryStatus.AGREED, EntryStatus.PROPOSED, EntryStatus.DIVERGED, EntryStatus.SUPERSEDED)
_ACCEPTABILITY_ORDER = tuple(Acceptability)


class Mode(StrEnum):
    """How a query is matched. The explicit modes never widen on their own."""

    AUTO = "auto"
    EXACT = "exact"
    PREFIX = "prefix"


class MatchKind(StrEnum):
    EXACT = "exact"
    PREFIX = "prefix"


Place = tuple[int, int, int, int, bytes, int]
"""Where a hit stands in the ranking: kind, length, status, acceptability, sort key, entry id."""


@dataclass(frozen=True)
class Question:
    """A look-up; `key` is the folded query."""

    key: str
    mode: Mode
    languages: tuple[LanguageCode, ...]
    entries: EntryFilter


@dataclass(frozen=True)
class Hit:
    """An entry that was found, and the term by which it was."""

    entry_id: int
    status: EntryStatus
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability
    kind: MatchKind
    score: float
    place: Place


def hits_after(db: Session, question: Question, after: Place | None, limit: int) -> list[Hit]:
    """The entries that match, best first, each by the best of its terms, from the one after a place."""
    ranked = _ranked(question).subquery()
    best = select(ranked).where(ranked.c.nth == 1)
    place = [ranked.c[name] for name in ("kind", "size", "status_rank", "use_rank", "sort_key", "entry_id")]
    if after is not None:
        best = best.where(tuple_(*place) > tuple_(*after))
    return [_hit(row, question) for row in db.execute(best.order_by(*place).limit(limit))]


def terms_of(db: Session, entry_ids: Sequence[int], languages: Sequence[LanguageCode]) -> Sequence[EntryTerm]:
    """The terms of entries in these languages, in the order of their sections."""
    query = select(EntryTerm).where(col(EntryTerm.entry_id).in_(entry_ids), col(EntryTerm.language).in_(languages))
    return db.scalars(
        query.order_by(col(EntryTerm.entry_id), col(EntryTerm.language), col(EntryTerm.position))
    ).all()


def terms_beginning(
    db: Session, key: str, languages: Sequence[LanguageCode], limit: int
) -> Sequence[tuple[EntryTerm, Entry]]:
    """Terms whose folded form begins with the key, shortest first."""
    size = func.length(col(EntryTerm.folded))
    query = (
        select(EntryTerm, Entry)
        .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
        .where(col(EntryTerm.language).in_(languages), *_begins_with(key))
        .order_by(size, _rank(col(Entry.status), _STATUS_ORDER), col(EntryTerm.sort_key), col(EntryTerm.id))
        .limit(limit)
    )
    return [(term, entry) for term, entry in db.execute(query)]


def _ranked(question: Question) -> Select[*tuple[Any, ...]]:
    """Each matching term with its place, and how it stands among the matching terms of its entry."""
    kind = case((col(EntryTerm.folded) == question.key, 0), else_=1)
    size = func.length(col(EntryTerm.folded))
    status_rank = _rank(col(Entry.status), _STATUS_ORDER)
    use_rank = _rank(col(EntryTerm.acceptability), _ACCEPTABILITY_ORDER)
    order = (kind, size, status_rank, use_rank, col(EntryTerm.sort_key), col(EntryTerm.id))
    matched = [col(EntryTerm.folded) == question.key] if question.mode is Mode.EXACT else _begins_with(question.key)
    return (
        select(
            *(col(c) for c in (EntryTerm.entry_id, EntryTerm.language, EntryTerm.text, EntryTerm.type)),
            *(col(c) for c in (EntryTerm.acceptability, EntryTerm.sort_key, Entry.status)),
            kind.label("kind"),
            size.label("size"),
            status_rank.label("status_rank"),
            use_rank.label("use_rank"),
            func.row_number().over(partition_by=col(EntryTerm.entry_id), order_by=order).label("nth"),
        )
        .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
        .where(col(EntryTerm.language).in_(question.languages), *matched, *question.entries.conditions())
    )


def _hit(row: Row[*tuple[Any, ...]], question: Question) -> Hit:
    exact = row.kind == 0
    return Hit(
        entry_id=row.entry_id,
        status=row.status,
        language=row.language,
        text=row.text,
        type=row.type,
        acceptability=row.acceptability,
        kind=MatchKind.EXACT if exact else MatchKind.PREFIX,
        score=1.0 if exact else round(len(question.key) / row.size, 4),
        place=(row.kind, row.size, row.status_rank, row.use_rank, row.sort_key, row.entry_id),
    )


def _begins_with(key: str) -> list[ColumnElement[bool]]:
    """A range on the index of keys, which both databases can use; LIKE they cannot both."""
    return [col(EntryTerm.folded) >= key, col(EntryTerm.folded) < key + AFTER_ALL]


def _rank(column: Any, order: Sequence[StrEnum]) -> ColumnElement[int]:
    return case(*((column == member, rank) for rank, member in enumerate(order)), else_=len(order))
