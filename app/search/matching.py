"""Terms that match a query as a whole."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA
from sqlalchemy.engine import Connection

from app.entries.neighbours import called
from app.entries.numbers import ENTRY_SERIES, LARGEST
from app.entries.tables import TERMS_PER_ENTRY
from app.languages.agreement import are_forms, in_order_of_stems, sound_alike
from app.languages.codes import LanguageCode
from app.languages.keys import (
    KeyKind,
    carrying_words,
    folded_key,
    forms_key,
    query_stems,
    skeleton_key,
    stem_key,
    unordered_key,
)
from app.search.questions import FoundTerm, Hit, MatchKind, Phase, Place, Question
from app.search.readings import Reading, Trust, digit_readings, other_readings
from app.search.statements import MOST_WHOLE, Found, terms_of_entries, terms_with_keys

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

_NUMBER = re.compile(rf"{ENTRY_SERIES}[\s‐-―-]?([0-9]{{4,10}})(?:/[0-9]{{1,9}})?", re.IGNORECASE)
"""`TMD-0017`, with whatever dash or none, and `TMD-0017/2`; not `TMD 2`, which is rather a term with a number."""


class Meaning(NamedTuple):
    """What it says of a term that it has a key."""

    order: int
    kind: MatchKind
    score: float
    reading: Reading
    """Of the query."""


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
    typed = Reading.as_typed(question)
    hits = _matches(db, question, [typed])
    if any(hit.kind is MatchKind.EXACT for hit in hits):
        return hits
    known = {hit.card.entry_id for hit in hits}
    further = _matches(db, question, [*digit_readings(question.text), *other_readings(question.text)])
    return hits + [hit for hit in further if hit.card.entry_id not in known]


def numbered_match(db: Connection, question: Question) -> list[Hit]:
    """The entry of which the query is the number, or that of a version, by what it is called; alone in a list."""
    found = _NUMBER.fullmatch(question.text.strip())
    if found is None or (entry_id := int(found[1])) > LARGEST:
        return []
    known = called(db, [entry_id]).get(entry_id)
    name = known.in_(*question.languages) if known is not None else None
    return [
        Hit(row.card, row.term, MatchKind.NUMBER, 1.0, Place(Phase.WHOLE, 0, "", 0, row.rank, entry_id, 0))
        for row in terms_of_entries(db, [entry_id])
        if (row.term.language, row.term.text) == name and question.wants(row.card)
    ]


def exact_matches(question: Question, rows: Sequence[Found]) -> list[Hit]:
    """The entries of which a term is the query as it stands, given the `exact_rows`."""
    meaning = Meaning(*_MEANINGS[Trust.TYPED, KeyKind.FOLDED], Reading.as_typed(question))
    key = folded_key(question.folded)
    return _ranked(question, {(key, language): meaning for language in question.languages}, rows)


def exact_rows(db: Connection, questions: Sequence[Question]) -> list[Sequence[Found]]:
    """The terms that each of the questions is as it stands, read for all of them by one statement.

    By more only if they do not look in the same languages, or find more than one statement gives.
    """
    keys = [folded_key(question.folded) for question in questions]
    languages = questions[0].languages
    if any(question.languages != languages for question in questions):
        return [terms_with_keys(db, [key], one.languages) for key, one in zip(keys, questions, strict=True)]
    rows = terms_with_keys(db, sorted(set(keys)), languages)
    if len(rows) >= MOST_WHOLE and len(questions) > 1:
        return [terms_with_keys(db, [key], languages) for key in keys]
    by_key: dict[str, list[Found]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    return [by_key[key] for key in keys]


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
        asked.setdefault((as_typed, language), Meaning(*_MEANINGS[reading.trust, KeyKind.FOLDED], reading))
        if language not in reading.languages:
            continue
        for stems in query_stems(carrying_words(reading.text, language), language):
            if any(stems):
                for kind, key in _keys(stems, language).items():
                    asked.setdefault((key, language), Meaning(*_MEANINGS[reading.trust, kind], reading))


def _keys(stems: Sequence[str], language: LanguageCode) -> dict[KeyKind, str]:
    keys = {KeyKind.STEMS: stem_key(stems), KeyKind.FORMS: forms_key(stems)}
    if len(stems) > 1:
        keys[KeyKind.UNORDERED] = unordered_key(stems)
    if language == "ru":
        keys[KeyKind.SKELETON] = skeleton_key(stems)
    return keys


def _ranked(question: Question, asked: Asked, rows: Sequence[Found]) -> list[Hit]:
    """The entries found, each by the best of its terms, in their order."""
    best: dict[int, Hit] = {}
    same: dict[tuple[LanguageCode, str], set[int]] = defaultdict(set)
    for row in rows:
        card, term = row.card, row.term
        same[term.language, term.folded].add(card.entry_id)
        meaning = asked.get((row.key, term.language))
        if meaning is None or not question.wants(card) or not _may_be_meant(KeyKind(row.key[0]), meaning, term):
            continue
        distance = OSA.distance(term.folded, meaning.reading.folded)
        # The nearer form first: of «track» and «tracking», «tracks» is rather the one.
        place = Place(Phase.WHOLE, meaning.order, "", distance, row.rank, card.entry_id, term.id % TERMS_PER_ENTRY)
        if card.entry_id not in best or place < best[card.entry_id].place:
            best[card.entry_id] = Hit(card, term, meaning.kind, meaning.score, place)
    return [_with_homographs(hit, same) for hit in sorted(best.values(), key=lambda hit: hit.place)]


def _may_be_meant(kind: KeyKind, meaning: Meaning, term: FoundTerm) -> bool:
    """Whether a term that shares a key with the query may have the same words, as far as more is known of them."""
    reading, language = meaning.reading, term.language
    if kind is KeyKind.FOLDED or term.folded == reading.folded:
        return True
    typed, meant = carrying_words(reading.text, language), carrying_words(term.text, language)
    # A way through Latin letters tells no endings.
    if kind is KeyKind.SKELETON or (reading.trust is Trust.TRANSLITERATED and language == "ru"):
        return sound_alike(typed, meant, as_typed=reading.trust is Trust.TYPED)
    if kind is KeyKind.UNORDERED:
        typed, meant = in_order_of_stems(typed, language), in_order_of_stems(meant, language)
    return are_forms(typed, meant, language, abbreviated=term.type.is_abbreviated)


def _with_homographs(hit: Hit, same: dict[tuple[LanguageCode, str], set[int]]) -> Hit:
    if hit.term is None or len(entries := same[hit.term.language, hit.term.folded]) == 1:
        return hit
    return hit._replace(homographs=tuple(sorted(entries - {hit.card.entry_id})))
