"""Terms that are nearly the query: words misspelt, left out or added."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter
from sqlalchemy.engine import Connection

from app.entries.indexing.rows import rank_of
from app.entries.tables import TERMS_PER_ENTRY
from app.languages.agreement import are_different_words, is_form_of
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.keys import STEM_LENGTH, carrying_words, forms_key, stem_key, unordered_key
from app.languages.numerals import numbers
from app.languages.pieces import errors_allowed, far_pieces, near_pieces
from app.languages.scripts import repaired
from app.languages.slips import is_short, is_slip, is_slip_of_abbreviation
from app.languages.stems import stem
from app.languages.words import Word
from app.languages.words import words as words_of
from app.search.questions import FoundTerm, Hit, MatchKind, Phase, Place, Question
from app.search.readings import Reading, Trust, other_readings
from app.search.statements import Found, terms_of_entries, terms_with_keys
from app.search.word_statements import KnownWord, entries_with_stems, words_with_pieces

IS_MATCH = 0.75
"""From here on a term is taken for the one that was meant."""
MAY_BE_MEANT = 0.5
"""From here on it is worth asking whether it was."""
MOST_SUGGESTED = 5

_ALMOST = 0.7499
"""What is near enough as a whole, but has another word."""
_LONG, _LONG_ALIKE = 5, 0.6
"""Long words are alike from this similarity on."""

_MOST_WORDS = 8
_MOST_KEYS = 400
_MOST_ENTRIES = 200
# How many spellings of each word are combined, by the number of words.
_SPELLINGS = {1: 40, 2: 12, 3: 6, 4: 4}
_READ_OTHERWISE = 5
_ALTERNATIVES = 4
_MOST_ERRORS = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """A query as read in one language."""

    folded: str
    language: LanguageCode
    typed: tuple[Word, ...]
    is_guess: bool
    """Whether the letters were not typed so: of what is read back from Latin letters, no ending is sure."""
    words: tuple[str, ...]
    """Folded."""
    stems: tuple[str, ...]


Spellings = dict[tuple[LanguageCode, str], list[KnownWord]]
"""The stems that a word of a language may have been meant for, the nearest first."""


def fuzzy_matches(db: Connection, question: Question) -> tuple[list[Hit], list[str]]:
    """The entries of which a term is nearly the query, the nearest first; beside them terms that may be meant.

    Words with one error are looked for first, then those with two, then both in other readings of the query.
    What leads to a match ends the search.
    """
    suggested: list[Hit] = []
    refused: set[int] = set()
    for readings in _readings(question):
        wordings = _worded_all(question, readings)
        for pieces_of in (near_pieces, far_pieces):
            found = _near(db, question, wordings, pieces_of)
            # What is another word as typed is not found again because it reads alike on another keyboard.
            hits = [hit for hit in found if hit.score >= IS_MATCH and _term_id(hit) not in refused]
            if hits:
                return hits, []
            suggested += found
            refused.update(_term_id(hit) for hit in found if hit.score == _ALMOST)
    suggested.sort(key=lambda hit: hit.place)
    texts = dict.fromkeys(hit.term.text for hit in suggested if hit.term is not None)
    return [], list(texts)[:MOST_SUGGESTED]


def _term_id(hit: Hit) -> int:
    return hit.term.id if hit.term is not None else 0


def _readings(question: Question) -> Iterator[list[Reading]]:
    """The query as typed, with look-alike letters put right; then as it may have been meant otherwise."""
    typed = Reading.as_typed(question)
    mended = repaired(question.text)
    yield [typed] if mended == question.text else [typed, Reading.of(Trust.LOOKALIKE, mended)]
    yield [reading for reading in other_readings(question.text) if reading.text != mended][:_READ_OTHERWISE]


def _near(
    db: Connection, question: Question, wordings: Sequence[Wording], pieces_of: Callable[[str], set[str]]
) -> list[Hit]:
    spellings = _spellings(db, wordings, pieces_of)
    keys = list(islice(dict.fromkeys(key for w in wordings for key in _respelt(w, spellings)), _MOST_KEYS))
    rows = terms_with_keys(db, keys, question.languages) if keys else []
    found = _scored(question, wordings, rows)
    if not found and pieces_of is far_pieces:
        found = _scored(question, wordings, _sharing_words(db, wordings, spellings))
    return found


def _worded_all(question: Question, readings: Sequence[Reading]) -> list[Wording]:
    return [
        wording
        for reading in readings
        for language in question.languages
        if language in reading.languages and (wording := _worded(reading, language)).stems
    ]


def _worded(reading: Reading, language: LanguageCode) -> Wording:
    words = carrying_words(reading.text, language)[:_MOST_WORDS]
    return Wording(
        reading.folded,
        language,
        tuple(words),
        reading.trust is Trust.TRANSLITERATED,
        tuple(fold(word.text) for word in words),
        tuple(stem(word.text, language)[:STEM_LENGTH] for word in words),
    )


def _spellings(db: Connection, wordings: Sequence[Wording], pieces_of: Callable[[str], set[str]]) -> Spellings:
    typed = {(w.language, word, written) for w in wordings for word, written in zip(w.words, w.stems, strict=True)}
    # A word that is spelt right is wanted, too.
    sought = {piece for _, *forms in typed for form in forms for piece in (form, *pieces_of(form))}
    known: dict[LanguageCode, list[KnownWord]] = defaultdict(list)
    for word in words_with_pieces(db, sorted(sought)):
        known[word.language].append(word)
    texts = {language: [word.spelling for word in there] for language, there in known.items()}
    return {
        (language, word): _nearest({word, written}, known[language], texts.get(language, []))
        for language, word, written in typed
    }


def _nearest(forms: set[str], known: Sequence[KnownWord], texts: Sequence[str]) -> list[KnownWord]:
    """The known words that differ from one of these forms in as many letters as is allowed, the nearest first."""
    distances: dict[int, int] = {}
    for form in forms:
        for text, distance, place in extract_iter(form, texts, scorer=OSA.distance, score_cutoff=_MOST_ERRORS):
            if distance <= errors_allowed(max(len(form), len(text))):
                distances[place] = min(distance, distances.get(place, distance))
    return [known[place] for place in sorted(distances, key=lambda place: (distances[place], known[place]))]


def _respelt(wording: Wording, spellings: Spellings) -> Iterable[str]:
    """The keys of the query with its words spelt as in terms; none if one of them resembles no word of a term."""
    most = _SPELLINGS.get(len(wording.words), 2)
    possible = [
        list(dict.fromkeys(known.stem for known in spellings[wording.language, word]))[:most]
        for word in wording.words
    ]
    for stems in product(*possible):
        yield stem_key(stems)
        yield forms_key(stems)
        if len(stems) > 1:
            yield unordered_key(stems)


def _sharing_words(db: Connection, wordings: Sequence[Wording], spellings: Spellings) -> Sequence[Found]:
    """The terms of the entries that have most of the words of the query in their terms."""
    meant = {
        (place, word): [known.stem_id for known in spellings[wording.language, word][:_ALTERNATIVES]]
        for place, wording in enumerate(wordings)
        for word in wording.words
    }
    ids = list(dict.fromkeys(stem_id for alternatives in meant.values() for stem_id in alternatives))
    holders: dict[int, set[int]] = defaultdict(set)
    for stem_id, entry_id in entries_with_stems(db, ids):
        holders[stem_id].add(entry_id)
    shared: Counter[tuple[int, int]] = Counter()
    for (place, _), alternatives in meant.items():
        shared.update((place, entry) for entry in set().union(*(holders[stem_id] for stem_id in alternatives)))
    counts: dict[int, int] = defaultdict(int)
    for (_, entry), count in shared.items():
        counts[entry] = max(counts[entry], count)
    best = sorted(counts, key=lambda entry: (-counts[entry], entry))[:_MOST_ENTRIES]
    return terms_of_entries(db, best) if best else []


def _scored(question: Question, wordings: Sequence[Wording], rows: Sequence[Found]) -> list[Hit]:
    """The entries that are near enough, each by its nearest term, in their order."""
    best: dict[int, Hit] = {}
    for row in rows:
        card, term = row.card, row.term
        fitting = [wording for wording in wordings if wording.language == term.language]
        if not fitting or not question.wants(card):
            continue
        score = max(_similarity(wording, term) for wording in fitting)
        if score < MAY_BE_MEANT:
            continue
        exact = term.folded == question.folded
        place = Place(
            Phase.FUZZY,
            round((1 - score) * 10_000),
            "",
            rank_of(card.status, term.acceptability),
            0,
            card.entry_id,
            term.id % TERMS_PER_ENTRY,
        )
        if card.entry_id not in best or place < best[card.entry_id].place:
            best[card.entry_id] = Hit(card, term, MatchKind.EXACT if exact else MatchKind.FUZZY, score, place)
    return sorted(best.values(), key=lambda hit: hit.place)


def _similarity(wording: Wording, term: FoundTerm) -> float:
    """How near a term is, from 0 to 1: as it is written, by its stems, or by its stems in any order."""
    nearest = OSA.normalized_similarity(wording.folded, term.folded)
    if term.type.is_abbreviated:
        return _similarity_of_abbreviation(wording, term, nearest)
    typed, ordered = " ".join(wording.stems), " ".join(sorted(wording.stems))
    alternatives = [word.split("|") for word in term.stems.split(" ")]
    for stems in islice(product(*alternatives), _ALTERNATIVES):
        nearest = max(
            nearest,
            OSA.normalized_similarity(typed, " ".join(stems)),
            OSA.normalized_similarity(ordered, " ".join(sorted(stems))),
        )
    if nearest >= IS_MATCH and (_is_another(wording, term) or _has_other_words(wording, term, alternatives)):
        return _ALMOST
    return round(nearest, 4)


def _similarity_of_abbreviation(wording: Wording, term: FoundTerm, nearest: float) -> float:
    """An abbreviation has no endings that could differ, and with another letter it is another one."""
    length = max(len(wording.folded), len(term.folded))
    if OSA.distance(wording.folded, term.folded) > errors_allowed(length):
        return 0.0
    if is_slip_of_abbreviation(wording.folded, term.folded):
        return round(nearest, 4)
    return min(round(nearest, 4), _ALMOST)


def _is_another(wording: Wording, term: FoundTerm) -> bool:
    """Whether the query, as far as can be known, means something else than a term that looks like it."""
    if not _has_its_numbers(wording, term):
        return True
    typed, meant, language = wording.typed, words_of(term.text), wording.language
    if len(typed) == len(meant) == 1 and _is_another_word(wording, meant[0].text, term.folded):
        return True
    of_stem: dict[str, list[str]] = defaultdict(list)
    for word in meant:
        of_stem[stem(word.text, language)].append(word.text)
    return not wording.is_guess and any(
        not any(is_form_of(word.text, own, language) for own in of_stem[written])
        for word, written in zip(typed, wording.stems, strict=True)
        if written in of_stem
    )


def _is_another_word(wording: Wording, meant: str, folded: str) -> bool:
    """Whether a single word is rather another word than that of a term."""
    typed, language = wording.typed[0].text, wording.language
    own = stem(meant, language)
    if own == wording.stems[0] or (language == "fr" and is_form_of(typed, meant, language)):
        return False
    if is_short(own, folded) and is_short(wording.stems[0], wording.folded) and not is_slip(wording.folded, folded):
        return True
    return language == "ru" and not wording.is_guess and are_different_words(typed, meant)


def _has_its_numbers(wording: Wording, term: FoundTerm) -> bool:
    typed, meant = numbers(wording.words), numbers([word.text for word in words_of(term.text)])
    return sorted(typed) == sorted(meant)


def _has_other_words(wording: Wording, term: FoundTerm, stems: Sequence[Sequence[str]]) -> bool:
    """Whether a word stands in the place of another, as in «точка зрения» and «точка падения»."""
    typed = [{word, written} for word, written in zip(wording.words, wording.stems, strict=True)]
    meant = [set(forms) for forms in stems]
    for word in words_of(term.text):
        own = stem(word.text, wording.language)
        for forms in meant:
            if own in forms:
                forms.add(fold(word.text))
    alien = any(not any(_alike(word, other) for other in meant) for word in typed)
    missed = any(not any(_alike(word, other) for word in typed) for other in meant)
    return missed and (alien or len(typed) >= len(meant))


def _alike(forms: set[str], others: set[str]) -> bool:
    return any(_are_alike(form, other) for form in forms for other in others)


def _are_alike(form: str, other: str) -> bool:
    length = max(len(form), len(other))
    if OSA.distance(form, other) <= errors_allowed(length):
        return True
    return length >= _LONG and OSA.normalized_similarity(form, other) >= _LONG_ALIKE
