"""Entries made of invented words: as long and as varied as real ones, and the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from app.entries.content import EntryContent
from app.languages.codes import LanguageCode

SEED = 1997
FIRST = 10_001
"""The first number given to a synthetic entry, above those of the shipped glossary."""

_VOCABULARY = 1_500
_SYLLABLES: dict[LanguageCode, str] = {
    "en": "ra mis tor bal dec lau in ter cept sho eng age war head sen flig ht ran ge tra jec re ent ry ste alt",
    "fr": "dé fen se mis si le por tée œuv re élar gi pha guer re tê te lan ceur ra dar cou ver tu ré ent rée",
    "ru": "ра ке та обо ро на пус ко вой щит цель бое го лов ка уча сток по лёт ком плекс даль ность ёмк ость",
}


@dataclass(frozen=True)
class _Words:
    """Words of one language; the first are the most frequent, as in real texts."""

    words: list[str]
    weights: list[float]

    def some(self, rng: random.Random, count: int) -> str:
        return " ".join(rng.choices(self.words, cum_weights=self.weights, k=count))


def contents(count: int, subjects: list[str], seed: int = SEED) -> Iterator[EntryContent]:
    """`count` contents in three languages, filed under the given subject fields."""
    rng = random.Random(seed)
    words = {language: _words(rng, syllables.split()) for language, syllables in _SYLLABLES.items()}
    for _ in range(count):
        languages = {language: _section(rng, known, language) for language, known in words.items()}
        yield EntryContent.model_validate(
            {
                "subject_fields": rng.sample(subjects, k=rng.choice((1, 1, 2))),
                "equivalence": {
                    "en-fr": {"degree": "exact"},
                    "en-ru": {"degree": "near", "remark": words["en"].some(rng, 8)},
                    "fr-ru": {"degree": "exact"},
                },
                "languages": languages,
            }
        )


def _words(rng: random.Random, syllables: list[str]) -> _Words:
    made = ("".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(_VOCABULARY * 2))
    words = list(dict.fromkeys(made))[:_VOCABULARY]
    return _Words(words, list(accumulate(1 / (rank + 20) for rank in range(len(words)))))


def _section(rng: random.Random, words: _Words, language: str) -> dict[str, Any]:
    full = words.some(rng, rng.randint(2, 4))
    terms: list[dict[str, Any]] = [{"text": full, "sources": [words.some(rng, 4)]}]
    other = words.some(rng, rng.randint(2, 3))
    if rng.random() < 0.3 and other != full:
        terms.append({"text": other, "acceptability": "admitted"})
    if rng.random() < 0.2:
        initials = "".join(word[0] for word in full.split()).upper()
        terms.append({"text": initials, "type": "acronym", "acceptability": "admitted", "abbreviation_of": full})
    if language != "en":
        gender = rng.choice(("masculine", "feminine"))
        terms = [{**term, "gender": gender} for term in terms]
    return {
        "definition": {"text": words.some(rng, rng.randint(12, 24)), "sources": [{"citation": words.some(rng, 4)}]},
        "notes": [words.some(rng, 12)] if rng.random() < 0.25 else [],
        "terms": terms,
    }
