"""Storing what look-up reads, in the transaction of the text that it follows from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.db import insert_plain
from app.entries.content import EntryContent
from app.entries.indexing.rows import Element, IndexedTerm, card_row, indexed_terms, occurrences, rank_of
from app.entries.indexing.tables import EntryCard, Posting, Spelling, SpellingPiece, Stem, TermKey
from app.entries.status import EntryStatus
from app.entries.tables import EntryTerm
from app.languages.codes import LanguageCode
from app.languages.pieces import pieces

_BATCH = 500
_TERM: Table = EntryTerm.__table__  # type: ignore[attr-defined]
_CARD: Table = EntryCard.__table__  # type: ignore[attr-defined]
_TERM_KEY: Table = TermKey.__table__  # type: ignore[attr-defined]
_POSTING: Table = Posting.__table__  # type: ignore[attr-defined]
_PIECE: Table = SpellingPiece.__table__  # type: ignore[attr-defined]

Item = TypeVar("Item")
Spelt = tuple[LanguageCode, str]


@dataclass(frozen=True)
class PublicText:
    """What an entry says in public, and in which status; no content if it says nothing."""

    entry_id: int
    status: EntryStatus
    content: EntryContent | None


def write_index(db: Session, texts: Sequence[PublicText]) -> None:
    """Make what look-up reads of these entries follow from their texts."""
    _clear(db, [text.entry_id for text in texts])
    terms: list[dict[str, Any]] = []
    keys: list[tuple[str, int, int, str]] = []
    cards: list[dict[str, Any]] = []
    found: list[tuple[int, set[tuple[LanguageCode, str, Element]]]] = []
    spellings: set[tuple[LanguageCode, str, str]] = set()
    for text in texts:
        if text.content is None:
            continue
        placed = indexed_terms(text.entry_id, text.content)
        terms += (term.row(text.entry_id) for term in placed)
        rows = (row for term in placed for row in key_rows(term, text.status))
        keys += ((row["key"], row["rank"], row["term_id"], row["language"]) for row in rows)
        cards.append(card_row(text.entry_id, text.status, text.content))
        found.append((text.entry_id, occurrences(text.content, placed)))
        spellings.update((term.language, *spelling) for term in placed for spelling in term.spellings)
    insert_plain(db, _TERM, _in_order(_TERM, terms))
    insert_plain(db, _TERM_KEY, sorted(keys))
    insert_plain(db, _CARD, _in_order(_CARD, cards))
    ids = _stem_ids(db, {(language, stem) for _, places in found for language, stem, _ in places})
    _add_spellings(db, {(spelling, ids[language, stem]) for language, spelling, stem in spellings})
    occurring = ((ids[lang, stem], int(element), id_) for id_, own in found for lang, stem, element in own)
    insert_plain(db, _POSTING, sorted(occurring))


def _clear(db: Session, entry_ids: list[int]) -> None:
    # The keys of a term go with it.
    db.execute(delete(EntryTerm).where(col(EntryTerm.entry_id).in_(entry_ids)))
    db.execute(delete(Posting).where(col(Posting.entry_id).in_(entry_ids)))
    db.execute(delete(EntryCard).where(col(EntryCard.entry_id).in_(entry_ids)))


def key_rows(term: IndexedTerm, status: EntryStatus) -> list[dict[str, Any]]:
    """The rows of a term in `term_key`."""
    rank = rank_of(status, term.term.acceptability)
    return [{"key": key, "rank": rank, "term_id": term.id, "language": term.language} for key in term.keys]


def _stem_ids(db: Session, wanted: set[Spelt]) -> dict[Spelt, int]:
    """The ids of stems; new ones are added."""
    ids: dict[Spelt, int] = {}
    for part in _parts(sorted({text for _, text in wanted})):
        known = select(col(Stem.id), col(Stem.language), col(Stem.text)).where(col(Stem.text).in_(part))
        ids |= {(row.language, row.text): row.id for row in db.execute(known)}
    new = [{"language": language, "text": text} for language, text in sorted(wanted - ids.keys())]
    if new:
        made = insert(Stem).returning(col(Stem.id), col(Stem.language), col(Stem.text))
        ids |= {(row.language, row.text): row.id for row in db.execute(made, new)}
    return ids


def _add_spellings(db: Session, wanted: set[tuple[str, int]]) -> None:
    """Add those spellings that are not known yet, with their pieces."""
    known: set[tuple[str, int]] = set()
    for part in _parts(sorted({text for text, _ in wanted})):
        there = select(col(Spelling.text), col(Spelling.stem_id)).where(col(Spelling.text).in_(part))
        known.update((text, stem_id) for text, stem_id in db.execute(there))
    new = [{"text": text, "stem_id": stem_id} for text, stem_id in sorted(wanted - known)]
    if new:
        made = db.execute(insert(Spelling).returning(col(Spelling.id), col(Spelling.text)), new)
        # In the order in which they are kept, which spares the database half of the work.
        insert_plain(db, _PIECE, sorted((piece, row.id) for row in made for piece in pieces(row.text)))


def _in_order(table: Table, rows: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values of rows in the order of the columns."""
    names = [column.name for column in table.columns]
    return [tuple(row[name] for name in names) for row in rows]


def _parts(items: Iterable[Item]) -> Iterable[list[Item]]:
    remaining = iter(items)
    while part := list(islice(remaining, _BATCH)):
        yield part
