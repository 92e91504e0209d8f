"""The ways in which a query may have been meant: as typed, or otherwise than it was typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import fold
from app.languages.layouts import typed_elsewhere
from app.languages.scripts import letters_for_digits, lookalikes, mixed_script_words, repaired
from app.languages.transliteration import from_latin, to_latin
from app.search.questions import Question, has_letters

MOST = 16

_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
# On a French keyboard the accent of â is a key of its own, pressed before the letter; accents tell nothing apart.
_ACCENT_KEY = re.compile("[\\^¨](?=[aeiouy])", re.IGNORECASE)


class Trust(IntEnum):
    """How a query was read, the most trusted first."""

    TYPED = 0
    LOOKALIKE = 1
    TRANSLITERATED = 2
    LAYOUT = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it may have been meant."""

    trust: Trust
    text: str
    folded: str

    @classmethod
    def of(cls, trust: Trust, text: str) -> "Reading":
        """A reading of a text."""
        return cls(trust, text, fold(text))

    @classmethod
    def as_typed(cls, question: Question) -> "Reading":
        """The query as it stands."""
        return cls(Trust.TYPED, question.text, question.folded)

    @property
    def languages(self) -> tuple[LanguageCode, ...]:
        """The languages whose words it may hold, by its letters."""
        latin, cyrillic = _LATIN.search(self.text), _CYRILLIC.search(self.text)
        if latin and not cyrillic:
            return ("en", "fr")
        return ("ru",) if cyrillic and not latin else LANGUAGES


@lru_cache(maxsize=256)  # a look-up may ask twice
def other_readings(query: str) -> Sequence[Reading]:
    """The ways to read a query other than as typed, the most trusted first."""
    mended = repaired(query)
    alike = (mended, *(_in_script_of(letter, query) for letter in "жz"), *lookalikes(mended))
    found = [Reading.of(Trust.LOOKALIKE, text) for text in alike]
    if not _CYRILLIC.search(mended):
        found += (Reading.of(Trust.TRANSLITERATED, text) for text in from_latin(mended))
    elif not _LATIN.search(mended):
        found.append(Reading.of(Trust.TRANSLITERATED, to_latin(mended, "bgn-pcgn")))
    found += (Reading.of(Trust.LAYOUT, _ACCENT_KEY.sub("", text)) for text in typed_elsewhere(query))
    distinct = {query: Reading.of(Trust.TYPED, query)}
    for reading in found:
        if has_letters(reading.text):
            distinct.setdefault(reading.text, reading)
    return tuple(distinct.values())[1:MOST]


def digit_readings(query: str) -> Sequence[Reading]:
    """The ways to read a query if its digits are letters; only good for what they lead to, being mostly digits."""
    return [Reading.of(Trust.LOOKALIKE, text) for text in letters_for_digits(query)]


def _in_script_of(letter: str, text: str) -> str:
    """The text with its words of mixed letters in the script of a letter, as far as the letters look alike."""
    pieces, done = [], 0
    for word in mixed_script_words(text):
        # The majority speaks for a word.
        majority = letter * len(word.text)
        pieces += [text[done : word.start], repaired(word.text + majority).removesuffix(majority)]
        done = word.end
    return "".join(pieces) + text[done:]
