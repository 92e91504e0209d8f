"""Terms to choose from while one is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.engine import Connection

from app.entries.content import Acceptability, TermType
from app.entries.indexing.rows import status_of
from app.entries.status import EntryStatus
from app.entries.tables import TERMS_PER_ENTRY
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.keys import KeyKind
from app.search.readings import Trust, other_readings
from app.search.statements import Suggested, suggested_terms

_OUT_OF_USE = (Acceptability.DEPRECATED, Acceptability.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Completion:
    """A term that has a word beginning with what was typed."""

    text: str
    language: LanguageCode
    type: TermType
    acceptability: Acceptability
    entry_id: int
    status: EntryStatus


def completions(db: Connection, typed: str, languages: Sequence[LanguageCode], limit: int) -> list[Completion]:
    """Terms of which a word begins so: abbreviations first, then those that begin so themselves, short ones first.

    What is out of use comes last. Only if there is none is the text read with its look-alike letters
    mended, or as typed on another keyboard.
    """
    rows = suggested_terms(db, fold(typed), languages)
    if not rows:
        for reading in other_readings(typed):
            if reading.trust is not Trust.TRANSLITERATED and (
                rows := suggested_terms(db, reading.folded, languages)
            ):
                break
    distinct: dict[int, Suggested] = {}
    for row in sorted(rows, key=_order):
        distinct.setdefault(row.term_id, row)
    return [_completion(row) for row in islice(distinct.values(), limit)]


def _order(row: Suggested) -> tuple[bool, bool, bool, int, int, str, int]:
    return (
        row.acceptability in _OUT_OF_USE,
        row.key[0] != KeyKind.ABBREVIATION,
        row.key[0] == KeyKind.TAIL,
        len(row.folded),
        row.rank,
        row.folded,
        row.term_id,
    )


def _completion(row: Suggested) -> Completion:
    return Completion(
        row.text,
        row.language,
        TermType(row.type),
        Acceptability(row.acceptability),
        row.term_id // TERMS_PER_ENTRY,
        status_of(row.rank),
    )
