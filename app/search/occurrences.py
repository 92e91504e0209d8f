"""The terms that occur in segments of text, with their equivalents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Connection

from app.db import Database
from app.entries.content import TermType
from app.entries.indexing.rows import rank_of
from app.entries.status import EntryStatus
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import fold
from app.search.questions import Card, FoundTerm
from app.search.recognition import Occurrence, Recogniser, Sample, Wanted
from app.search.statements import last_change, samples_of, terms_by_id

MOST = 20_000
"""Occurrences in one answer."""

_STATUSES = tuple(EntryStatus)


@dataclass(frozen=True, slots=True)
class TextRequest:
    """What is to be found in which text."""

    segments: Sequence[str]
    source: LanguageCode
    targets: tuple[LanguageCode, ...]
    status: frozenset[EntryStatus]
    target_required: bool
    overlapping: bool


@dataclass(frozen=True, slots=True)
class Located:
    """A term where it occurs."""

    segment: int
    start: int
    end: int
    written: str
    exact: bool
    term: FoundTerm
    card: Card
    degrees: str
    """The degrees of equivalence of the entry, as JSON."""
    homographs: tuple[int, ...]
    """The other entries that have the same term."""


class Recognisers:
    """The recognisers of a database, each made when it is first needed and again once an entry has changed."""

    def __init__(self) -> None:
        self._kept: dict[LanguageCode, tuple[int, Recogniser]] = {}
        self._locks = {language: Lock() for language in LANGUAGES}

    def of(self, db: Connection, language: LanguageCode) -> Recogniser:
        """That of a language, no older than what the connection reads."""
        with self._locks[language]:
            change = last_change(db)
            kept = self._kept.get(language)
            # Another reader may have begun later, and have a newer one made.
            if kept is None or kept[0] < change:
                kept = (change, Recogniser(language, (_sample(*row) for row in samples_of(db, language))))
                self._kept[language] = kept
            return kept[1]


_recognisers: WeakKeyDictionary[Database, Recognisers] = WeakKeyDictionary()


def recognisers_of(database: Database) -> Recognisers:
    """The recognisers that this process keeps for a database."""
    return _recognisers.setdefault(database, Recognisers())


def locate(db: Connection, recogniser: Recogniser, request: TextRequest) -> tuple[list[Located], bool]:
    """The occurrences in their order, of terms that begin together the longest first; and whether that is all."""
    wanted = Wanted(
        statuses=_bits(_STATUSES, request.status or _STATUSES),
        languages=_bits(LANGUAGES, request.targets) if request.target_required else 0,
        overlapping=request.overlapping,
    )
    occurrences = recogniser.occurrences(request.segments, wanted, MOST)
    kept = occurrences[:MOST]
    details = terms_by_id(db, sorted({occurrence.term_id for occurrence in kept}))
    places: dict[tuple[int, int, int], list[Occurrence]] = {}
    for occurrence in kept:
        places.setdefault((occurrence.segment, occurrence.start, occurrence.end), []).append(occurrence)
    located = [
        one
        for (segment, start, end), here in places.items()
        for one in _told_apart(segment, start, end, request.segments[segment][start:end], here, details)
    ]
    return located, len(kept) == len(occurrences)


Details = dict[int, tuple[FoundTerm, Card, str]]


def _told_apart(
    segment: int, start: int, end: int, written: str, here: Sequence[Occurrence], details: Details
) -> list[Located]:
    """The terms that stand in one place: of each entry the one nearest to what is written."""
    folded = fold(written)
    best: dict[int, tuple[FoundTerm, Card, str]] = {}
    found = [details[occurrence.term_id] for occurrence in here if occurrence.term_id in details]
    found.sort(key=lambda one: (one[0].folded != folded, rank_of(one[1].status, one[0].acceptability), one[0].id))
    for one in found:
        best.setdefault(one[1].entry_id, one)
    return [
        Located(
            segment,
            start,
            end,
            written,
            term.folded == folded,
            term,
            card,
            degrees,
            tuple(
                sorted({other.entry_id for same, other, _ in found if same.folded == term.folded} - {card.entry_id})
            ),
        )
        for term, card, degrees in best.values()
    ]


def _sample(
    term_id: int, text: str, term_type: TermType, stems: str, status: EntryStatus, en: bool, fr: bool, ru: bool
) -> Sample:
    languages = [code for code, has_terms in zip(LANGUAGES, (en, fr, ru), strict=True) if has_terms]
    return Sample(
        term_id, text, stems, term_type.is_abbreviated, _bits(_STATUSES, [status]), _bits(LANGUAGES, languages)
    )


def _bits(order: Sequence[str], members: Iterable[str]) -> int:
    return sum(1 << order.index(member) for member in members)
