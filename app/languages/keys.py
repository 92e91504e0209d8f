"""The keys under which terms are kept and queries look for them.

All that is known of languages goes into the keys, on writing and on reading alike, so that a database only has
to compare them. The first character of a key says of which kind it is; what it promises is said beside it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from app.languages.codes import LanguageCode
from app.languages.fold import KEY_LENGTH, fold
from app.languages.forms import other_stems
from app.languages.function_words import content_words
from app.languages.morphology import MORPHOLOGY_VERSION
from app.languages.stems import STEMS_VERSION, stem
from app.languages.transliteration import skeleton
from app.languages.words import Word, words

_RULES = 1
KEYS_VERSION = f"keys {_RULES}; {STEMS_VERSION}; {MORPHOLOGY_VERSION}; Unicode {unicodedata.unidata_version}"
"""What the keys depend on; keys made under another version have to be made again."""

STEM_LENGTH = 100
"""Stems that are kept one by one are cut here."""

_LONGEST_INITIALISM = 5
_MOST_COMBINED = 8
_MOST_TAILS = 8


class KeyKind(StrEnum):
    """What a key promises of two texts that share it."""

    FOLDED = "n"  # they differ in case, accents, hyphens, spaces and punctuation only
    STEMS = "s"  # they have the same words in the same order, perhaps in other forms
    FORMS = "l"  # the same, where a form has a stem of its own: участка, участок
    UNORDERED = "o"  # they have the same words in another order
    SKELETON = "x"  # they sound alike in Russian, as after a way through Latin letters
    TAIL = "w"  # one is the end of the other, from the beginning of a word on
    ABBREVIATION = "a"  # one is an abbreviation, folded


@dataclass(frozen=True, slots=True)
class TermWord:
    """A word that carries the meaning of a term."""

    folded: str
    start: int
    """Where it begins in the term."""
    stems: tuple[str, ...]
    """The stems that its forms have, its own first."""


def carrying_words(text: str, language: LanguageCode) -> list[Word]:
    """The words that carry the meaning of a term or query."""
    found = words(text)
    # In «ПРО ТВД» the first word is no preposition.
    if text.isupper() and all(len(word.text) <= _LONGEST_INITIALISM for word in found):
        return found
    return content_words(text, language)


def term_words(text: str, language: LanguageCode) -> list[TermWord]:
    """The words of a term with their stems."""
    found = []
    for word in carrying_words(text, language):
        own = stem(word.text, language)
        # Initialisms do not change; the dictionary would guess at them.
        declined = language == "ru" and not word.text.isupper()
        stems = (own, *(other_stems(word.text) if declined else ()))
        found.append(TermWord(fold(word.text), word.start, stems))
    return found


def term_keys(text: str, language: LanguageCode, words: Sequence[TermWord], *, abbreviated: bool) -> list[str]:
    """The keys under which a term is kept, given its words."""
    folded = fold(text)
    own = [word.stems[0] for word in words]
    keys = [folded_key(folded)]
    if any(own):
        keys.append(stem_key(own))
        combined = product(*(word.stems for word in words))
        keys += (forms_key(stems) for stems in islice(combined, 1, _MOST_COMBINED))
        if len(own) > 1:
            keys.append(unordered_key(own))
        if language == "ru":
            keys.append(skeleton_key(own))
    if abbreviated:
        keys.append(_key(KeyKind.ABBREVIATION, folded))
    tails = (fold(text[word.start :]) for word in words[:_MOST_TAILS])
    keys += (_key(KeyKind.TAIL, tail) for tail in tails if tail != folded)
    return list(dict.fromkeys(keys))


def folded_key(folded: str) -> str:
    """The key of a folded term."""
    return _key(KeyKind.FOLDED, folded)


def stem_key(stems: Iterable[str]) -> str:
    """The key of words in this order, in whatever form."""
    return _key(KeyKind.STEMS, "".join(stems))


def forms_key(stems: Iterable[str]) -> str:
    """The key of words in this order, of which at least one has a stem that is not its usual one."""
    return _key(KeyKind.FORMS, "".join(stems))


def unordered_key(stems: Iterable[str]) -> str:
    """The key of words in any order."""
    return _key(KeyKind.UNORDERED, " ".join(sorted(stems)))


def skeleton_key(stems: Iterable[str]) -> str:
    """The key of Russian words by what survives transliteration."""
    return _key(KeyKind.SKELETON, "".join(skeleton(word) for word in stems))


def _key(kind: KeyKind, text: str) -> str:
    return (kind.value + text)[: 1 + KEY_LENGTH]
