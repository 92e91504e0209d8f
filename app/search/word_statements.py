"""The statements about the words of entries, built once: misspelt words, and where words occur."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.entries.indexing import tables as indexing
from app.entries.indexing.rows import Element
from app.languages.codes import LanguageCode
from app.search.prepared import PreparedForAny

# Importing it makes the tables known.
__all__ = ["indexing"]

MOST_HOLDERS = 400
"""Entries that have a word in their terms, at most; of a frequent word it is the first that come."""

MOST_SPELLINGS = 5000
"""Words that are measured against those of a query."""
MOST_COUNTED = 1000
"""Occurrences of a stem that are counted."""

_stem = SQLModel.metadata.tables["stem"].c
_spelling = SQLModel.metadata.tables["spelling"].c
_piece = SQLModel.metadata.tables["spelling_piece"].c
_posting = SQLModel.metadata.tables["posting"].c
_entry = SQLModel.metadata.tables["entry"].c

_AT_ONCE = 8
_STEMS = tuple(f"stem_{number}" for number in range(_AT_ONCE))


class KnownWord(NamedTuple):
    """A way in which a word of a term may be recognised, and the stem that it stands for."""

    spelling: str
    language: LanguageCode
    stem: str
    stem_id: int


def words_with_pieces(db: Connection, pieces: Sequence[str]) -> list[KnownWord]:
    """The words of terms that have any of these pieces."""
    return [KnownWord(*row) for row in _WITH_PIECES.rows(db, pieces, {})]


def entries_with_stems(db: Connection, stem_ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stems with entries in whose terms they occur; of each stem the first entries only."""
    for start in range(0, len(stem_ids), _AT_ONCE):
        ids = stem_ids[start : start + _AT_ONCE]
        yield from db.execute(_IN_TERMS, {name: ids[min(n, len(ids) - 1)] for n, name in enumerate(_STEMS)})


def known_stems(
    db: Connection, languages: Sequence[LanguageCode], stems: Sequence[str]
) -> tuple[dict[tuple[str, str], int], dict[int, int]]:
    """The ids of those of the stems that occur in texts of the languages, by language and stem.

    Beside them in how many places each occurs, as far as that is worth counting.
    """
    rows = db.execute(_KNOWN_STEMS, {"languages": list(languages), "stems": list(stems)}).all()
    return {(row.language, row.text): row.id for row in rows}, {row.id: row.places for row in rows}


After = tuple[int, int, int]
"""A stem, and the element and entry after which its occurrences go on."""


def postings_after(db: Connection, wanted: Sequence[After], limit: int) -> list[list[tuple[int, int]]]:
    """The elements and entries in which each stem occurs, from the one after these, in the order that was asked."""
    asked = {"limit": limit}
    for place, (stem_id, element, entry_id) in enumerate(wanted):
        asked |= {f"stem_{place}": stem_id, f"element_{place}": element, f"entry_{place}": entry_id}
    found: list[list[tuple[int, int]]] = [[] for _ in wanted]
    for place, element, entry in db.execute(_postings_after(len(wanted)), asked):
        found[place].append((element, entry))
    return [sorted(places) for places in found]


def postings_of_entries(
    db: Connection, stem_ids: Sequence[int], entry_ids: Sequence[int]
) -> Sequence[tuple[int, int, int]]:
    """The occurrences of stems in entries, as stem, element and entry."""
    rows = db.execute(_POSTINGS_OF, {"stems": list(stem_ids), "entries": list(entry_ids)})
    return [(stem_id, element, entry) for stem_id, element, entry in rows]


def contents_of(db: Connection, entry_ids: Sequence[int]) -> dict[int, str]:
    """The public texts of entries in their canonical form, by their ids."""
    return {row.id: row.content for row in db.execute(_CONTENTS, {"entries": list(entry_ids)})}


def _with_pieces(pieces: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    # Most words have several of the pieces.
    spellings = select(_piece.spelling_id).where(_piece.piece.in_(pieces)).distinct()
    found = spellings.order_by(_piece.spelling_id).limit(MOST_SPELLINGS).subquery()
    return (
        select(_spelling.text, _stem.language, _stem.text, _stem.id)
        .select_from(found)
        .join(_spelling.id.table, _spelling.id == found.c.spelling_id)
        .join(_stem.id.table, _stem.id == _spelling.stem_id)
    )


_WITH_PIECES = PreparedForAny(_with_pieces)


def _holders(name: str) -> Select[int, int]:
    found = (
        select(_posting.stem_id, _posting.entry_id)
        .where(_posting.stem_id == bindparam(name), _posting.element == int(Element.TERM))
        .order_by(_posting.entry_id)
        .limit(MOST_HOLDERS)
        .subquery()
    )
    return select(found.c.stem_id, found.c.entry_id)


_IN_TERMS = union_all(*(_holders(name) for name in _STEMS))
_PLACES = (
    select(_posting.entry_id).where(_posting.stem_id == _stem.id).correlate(_stem.id.table).limit(MOST_COUNTED)
)
_KNOWN_STEMS = select(
    _stem.language,
    _stem.text,
    _stem.id,
    select(func.count()).select_from(_PLACES.subquery()).scalar_subquery().label("places"),
).where(
    _stem.language.in_(bindparam("languages", expanding=True)),
    _stem.text.in_(bindparam("stems", expanding=True)),
)


@lru_cache(maxsize=64)
def _postings_after(stems: int) -> CompoundSelect[Any]:
    """The question for the next occurrences of each of so many stems."""
    found = []
    for place in range(stems):
        after = tuple_(bindparam(f"element_{place}"), bindparam(f"entry_{place}"))
        occurrences = (
            select(_posting.element, _posting.entry_id)
            .where(
                _posting.stem_id == bindparam(f"stem_{place}"),
                tuple_(_posting.element, _posting.entry_id) > after,
            )
            .order_by(_posting.element, _posting.entry_id)
            .limit(bindparam("limit"))
            .subquery()
        )
        found.append(select(literal_column(str(place)), occurrences.c.element, occurrences.c.entry_id))
    return union_all(*found)


_POSTINGS_OF = select(_posting.stem_id, _posting.element, _posting.entry_id).where(
    _posting.stem_id.in_(bindparam("stems", expanding=True)),
    # Said, so that the index is entered at each entry rather than read from end to end.
    _posting.element.in_([int(element) for element in Element]),
    _posting.entry_id.in_(bindparam("entries", expanding=True)),
)
_CONTENTS = select(_entry.id, _entry.content).where(_entry.id.in_(bindparam("entries", expanding=True)))
