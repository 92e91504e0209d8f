"""Entries for measuring: as long and as varied as real ones, and always the same, however many are made."""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, TypeVar

from app.entries.content import EntryContent
from app.languages.codes import LANGUAGES, LanguageCode
from benchmarks.lexicon import agreeing, feminine, genitive, is_feminine, lexicon

SEED = 1997
FIRST = 10_001
"""The first number given to a synthetic entry, above those of the shipped glossary."""
CHUNK = 1_000
"""Entries drawn with one seed, so that any chunk can be made without those before it."""

# The first words of a language are the most frequent; beyond, they follow Zipf's law.
_SHIFT = 60
_SYNONYM, _ACRONYM, _NOTE = 0.25, 0.3, 0.15
_SIZES, _SIZE_WEIGHTS = [1, 2, 3, 4], (4.0, 52.0, 88.0, 100.0)
"""Words of a term, and how often there are as many or fewer, of a hundred."""

_GLUE: dict[LanguageCode, tuple[str, ...]] = {
    "en": ("used for the", "during the", "with the", "against each", "that precedes the"),
    "fr": ("qui sert à l'emploi :", "pendant la phase :", "avec", "contre tout objet :", "et"),
    "ru": ("для которого нужен", "и", "или", "а также", "после чего следует"),
}
_VOWELS = frozenset("aàâeéèêiîoôuœy")

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Words:
    """Words of one language with their weights, which add up."""

    nouns: list[str]
    noun_weights: list[float]
    adjectives: list[str]
    adjective_weights: list[float]

    def noun(self, rng: random.Random) -> str:
        return _drawn(rng, self.nouns, self.noun_weights)

    def adjective(self, rng: random.Random) -> str:
        return _drawn(rng, self.adjectives, self.adjective_weights)


def _drawn(rng: random.Random, members: list[Value], weights: Sequence[float]) -> Value:
    """What `choices` with these weights, which add up, would draw; it is asked a hundred times for each entry."""
    return members[bisect(weights, rng.random() * weights[-1], 0, len(weights) - 1)]


def contents(count: int, subjects: list[str], seed: int = SEED, start: int = 0) -> Iterator[EntryContent]:
    """`count` contents from place `start`, a multiple of `CHUNK`, filed under the subject fields."""
    words = {language: _words(language) for language in LANGUAGES}
    for first in range(start, start + count, CHUNK):
        rng = random.Random(f"{seed} {first}")
        yield from islice(_chunk(rng, words, subjects), start + count - first)


def phrases(language: LanguageCode, seed: int = SEED) -> Iterator[str]:
    """Noun phrases as terms are, without end."""
    rng, words = random.Random(f"{seed} {language}"), _words(language)
    while True:
        yield phrase(rng, words, language)


def running_text(prose: list[str], terms: list[str], share: float, size: int) -> list[str]:
    """Segments of at least so many characters in all, of whose characters a share are terms."""
    rng = random.Random(SEED)
    segments: list[str] = []
    length = planted = 0
    while length < size:
        segment = rng.choice(prose)
        while planted < share * (length + len(segment)):
            term = rng.choice(terms)
            segment += f" {term},"
            planted += len(term)
        segments.append(segment)
        length += len(segment)
    return segments


def phrase(rng: random.Random, words: _Words, language: LanguageCode) -> str:
    """A noun phrase as terms are: one to four words, with their agreement."""
    noun = words.noun(rng)
    size = _drawn(rng, _SIZES, _SIZE_WEIGHTS)
    adjectives = [words.adjective(rng) for _ in range(size - 1 if size < 3 else size - 2)]
    if size == 2 and rng.random() < 0.4:
        adjectives = []
    other = words.noun(rng) if size > 1 and len(adjectives) < size - 1 else None
    if language == "en":
        return " ".join([*adjectives, *([other] if other else []), noun])
    if language == "fr":
        agreed = [feminine(adjective) for adjective in adjectives] if is_feminine(noun) else adjectives
        further = [f"d'{other}" if other[0] in _VOWELS else f"de {other}"] if other else []
        return " ".join([noun, *agreed, *further])
    agreed = [agreeing(adjective, noun) for adjective in adjectives]
    return " ".join([*agreed, noun, *([genitive(other)] if other else [])])


def _words(language: LanguageCode) -> _Words:
    known = lexicon(language)
    return _Words(known.nouns, _weights(known.nouns), known.adjectives, _weights(known.adjectives))


def _weights(words: list[str]) -> list[float]:
    return list(accumulate(1 / (rank + _SHIFT) for rank in range(len(words))))


def _chunk(rng: random.Random, words: dict[LanguageCode, _Words], subjects: list[str]) -> Iterator[EntryContent]:
    for _ in range(CHUNK):
        yield EntryContent.model_validate(
            {
                "subject_fields": rng.sample(subjects, k=rng.choice((1, 1, 2))),
                "equivalence": {
                    "en-fr": {"degree": "exact"},
                    "en-ru": {"degree": "near", "remark": _text(rng, words["en"], "en", 2)},
                    "fr-ru": {"degree": "exact"},
                },
                "languages": {language: _section(rng, known, language) for language, known in words.items()},
            }
        )


def _section(rng: random.Random, words: _Words, language: LanguageCode) -> dict[str, Any]:
    full = phrase(rng, words, language)
    terms: list[dict[str, Any]] = [{"text": full, "sources": [_text(rng, words, language, 1)]}]
    other = phrase(rng, words, language)
    if rng.random() < _SYNONYM and other != full:
        terms.append({"text": other, "acceptability": "admitted"})
    initials = "".join(word[0] for word in full.replace("d'", "").split() if word != "de").upper()
    if len(initials) > 2 and rng.random() < _ACRONYM:
        terms.append({"text": initials, "type": "acronym", "acceptability": "admitted", "abbreviation_of": full})
    if language != "en":
        gender = rng.choice(("masculine", "feminine"))
        terms = [{**term, "gender": gender} for term in terms]
    source = {"citation": _text(rng, words, language, 1)}
    return {
        "definition": {"text": _text(rng, words, language, rng.randint(2, 4)), "sources": [source]},
        "notes": [_text(rng, words, language, 3)] if rng.random() < _NOTE else [],
        "terms": terms,
    }


def _text(rng: random.Random, words: _Words, language: LanguageCode, phrases: int) -> str:
    """So many phrases, joined by the small words of the language."""
    pieces = [phrase(rng, words, language)]
    for _ in range(phrases - 1):
        pieces += (rng.choice(_GLUE[language]), phrase(rng, words, language))
    return " ".join(pieces)
