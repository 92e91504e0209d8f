"""Terms that match a query as a whole, or begin with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy.engine import Connection

from app.entries.tables import TERMS_PER_ENTRY
from app.languages.codes import LanguageCode
from app.languages.keys import KeyKind, carrying_words, folded_key, forms_key, skeleton_key, stem_key, unordered_key
from app.languages.stems import stem
from app.search.questions import Hit, MatchKind, Phase, Place, Question
from app.search.readings import Reading, Trust, other_readings
from app.search.statements import (
    Found,
    entries_beginning_before,
    terms_beginning,
    terms_with_keys,
)

MOST_EXAMINED = 1000
"""Keys looked at for one page; a page is shorter, not slower, where most of them are not wanted."""

_KEY_ORDER = (KeyKind.FOLDED, KeyKind.STEMS, KeyKind.FORMS, KeyKind.UNORDERED, KeyKind.SKELETON)
_TYPED_KINDS = {
    KeyKind.FOLDED: MatchKind.EXACT,
    KeyKind.STEMS: MatchKind.INFLECTED,
    KeyKind.FORMS: MatchKind.INFLECTED,
    KeyKind.UNORDERED: MatchKind.REORDERED,
    KeyKind.SKELETON: MatchKind.FUZZY,
}
_OTHER_KINDS = {
    Trust.LOOKALIKE: MatchKind.LOOKALIKE,
    Trust.TRANSLITERATED: MatchKind.TRANSLITERATED,
    Trust.LAYOUT: MatchKind.LAYOUT,
}

_SPARE = 20  # keys read beyond those that are wanted, since an entry may have several


class Meaning(NamedTuple):
    """What it says of a term that it has a key."""

    order: int
    kind: MatchKind
    score: float
    folded: str
    """The reading of the query."""


def _meaning_of(trust: Trust, place: int) -> tuple[int, MatchKind, float]:
    kind = _TYPED_KINDS[_KEY_ORDER[place]] if trust is Trust.TYPED else _OTHER_KINDS[trust]
    return trust * len(_KEY_ORDER) + place, kind, round(1 - 0.05 * trust - 0.01 * place, 2)


_MEANINGS = {(trust, kind): _meaning_of(trust, place) for trust in Trust for place, kind in enumerate(_KEY_ORDER)}


Asked = dict[tuple[str, LanguageCode], Meaning]
"""What the keys of a query would say of the terms of a language."""


def whole_matches(db: Connection, question: Question) -> list[Hit]:
    """The entries of which a term is the query in some form, best first.

    Only a query that is no term as it stands is read in other ways than as typed.
    """
    typed = Reading(Trust.TYPED, question.text, question.folded)
    hits = _matches(db, question, [typed])
    if any(hit.kind is MatchKind.EXACT for hit in hits):
        return hits
    known = {hit.card.entry_id for hit in hits}
    further = _matches(db, question, other_readings(question.text))
    return hits + [hit for hit in further if hit.card.entry_id not in known]


def exact_matches(db: Connection, question: Question) -> list[Hit]:
    """The entries of which a term is the query as it stands."""
    meaning = Meaning(*_MEANINGS[Trust.TYPED, KeyKind.FOLDED], question.folded)
    key = folded_key(question.folded)
    asked = {(key, language): meaning for language in question.languages}
    return _ranked(question, asked, terms_with_keys(db, [key], question.languages))


def prefix_matches(
    db: Connection, question: Question, shown: frozenset[int], after: Place | None, wanted: int
) -> tuple[list[Hit], Place | None]:
    """Entries of which a term begins with the query, in the order of the keys, without those `shown` already.

    Beside them the place that was reached, if so many keys were looked at that there may be more.
    """
    start = folded_key(question.folded)
    seen = set(shown)
    hits: list[Hit] = []
    reached = after
    examined = 0
    while len(hits) < wanted:
        if examined >= MOST_EXAMINED:
            return hits, reached
        size = wanted + _SPARE
        rows = terms_beginning(db, start, question.languages, reached, size)
        if after is not None:
            seen |= entries_beginning_before(
                db, start, question.languages, after, {row.card.entry_id for row in rows}
            )
        for row in rows:
            card = row.card
            reached = Place(Phase.PREFIX, 0, row.key, row.rank, 0, card.entry_id, row.term.id % TERMS_PER_ENTRY)
            if card.entry_id not in seen and question.wants(card):
                hits.append(_beginning(row, start, reached))
            seen.add(card.entry_id)
        if len(rows) < size:
            break
        examined += size
    return hits[:wanted], None


def _matches(db: Connection, question: Question, readings: Iterable[Reading]) -> list[Hit]:
    asked: Asked = {}
    for reading in readings:
        _ask(asked, reading, question.languages)
    if not asked:
        return []
    return _ranked(question, asked, terms_with_keys(db, sorted({key for key, _ in asked}), question.languages))


def _ask(asked: Asked, reading: Reading, languages: Sequence[LanguageCode]) -> None:
    """Add the keys of a reading, unless a more trusted one has them already."""
    as_typed = folded_key(reading.folded)
    for language in languages:
        asked.setdefault((as_typed, language), Meaning(*_MEANINGS[reading.trust, KeyKind.FOLDED], reading.folded))
        if language not in reading.languages:
            continue
        stems = [stem(word.text, language) for word in carrying_words(reading.text, language)]
        if not any(stems):
            continue
        keys = {KeyKind.STEMS: stem_key(stems), KeyKind.FORMS: forms_key(stems)}
        if len(stems) > 1:
            keys[KeyKind.UNORDERED] = unordered_key(stems)
        if language == "ru":
            keys[KeyKind.SKELETON] = skeleton_key(stems)
        for kind, key in keys.items():
            asked.setdefault((key, language), Meaning(*_MEANINGS[reading.trust, kind], reading.folded))


def _ranked(question: Question, asked: Asked, rows: Sequence[Found]) -> list[Hit]:
    """The entries found, each by the best of its terms, in their order."""
    best: dict[int, Hit] = {}
    same: dict[tuple[LanguageCode, str], set[int]] = defaultdict(set)
    for row in rows:
        card, term = row.card, row.term
        same[term.language, term.folded].add(card.entry_id)
        meaning = asked.get((row.key, term.language))
        if meaning is None or not question.wants(card):
            continue
        distance = OSA.distance(term.folded, meaning.folded)
        # The nearer form first: of «track» and «tracking», «tracks» is rather the one.
        place = Place(Phase.WHOLE, meaning.order, "", distance, row.rank, card.entry_id, term.id % TERMS_PER_ENTRY)
        if card.entry_id not in best or place < best[card.entry_id].place:
            best[card.entry_id] = Hit(card, term, meaning.kind, meaning.score, place)
    return [_with_homographs(hit, same) for hit in sorted(best.values(), key=lambda hit: hit.place)]


def _with_homographs(hit: Hit, same: dict[tuple[LanguageCode, str], set[int]]) -> Hit:
    if hit.term is None or len(entries := same[hit.term.language, hit.term.folded]) == 1:
        return hit
    return hit._replace(homographs=tuple(sorted(entries - {hit.card.entry_id})))


def _beginning(row: Found, start: str, place: Place) -> Hit:
    if row.key == start:
        return Hit(row.card, row.term, MatchKind.EXACT, 1.0, place)
    # Without the character that tells the kind of the key.
    return Hit(row.card, row.term, MatchKind.PREFIX, round((len(start) - 1) / (len(row.key) - 1), 4), place)
