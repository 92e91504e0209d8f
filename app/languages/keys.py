"""The keys under which terms are kept and queries look for them.

All that is known of languages goes into the keys, on writing and on reading alike, so that a database only has
to compare them. The first character of a key says of which kind it is; what it promises is said beside it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from app.languages.codes import LanguageCode
from app.languages.fold import KEY_LENGTH, fold
from app.languages.forms import other_stems
from app.languages.function_words import content_words
from app.languages.morphology import MORPHOLOGY_VERSION
from app.languages.numerals import other_numeral
from app.languages.stems import STEMS_VERSION, stem
from app.languages.transliteration import skeleton
from app.languages.words import Word, plain, words

_RULES = 2
KEYS_VERSION = f"keys {_RULES}; {STEMS_VERSION}; {MORPHOLOGY_VERSION}; Unicode {unicodedata.unidata_version}"
"""What the keys depend on; keys made under another version have to be made again."""

STEM_LENGTH = 100
"""Stems that are kept one by one are cut here."""

_LONGEST_INITIALISM = 5
_SHORTEST_PLURAL = 2
_MOST_COMBINED = 8
_MOST_TAILS = 8
_MOST_RUNS = 4
_LENGTH_DIGITS = 3


class KeyKind(StrEnum):
    """What a key promises of two texts that share it."""

    FOLDED = "n"  # they differ in case, accents, hyphens, spaces and punctuation only
    STEMS = "s"  # they have the same words in the same order, perhaps in other forms
    FORMS = "l"  # the same, where a form has a stem of its own: участка, участок
    UNORDERED = "o"  # they have the same words in another order
    SKELETON = "x"  # they sound alike in Russian, as after a way through Latin letters
    TAIL = "w"  # one is the end of the other, from the beginning of a word on
    RUN = "r"  # one has the other's words, from one of them on, in its language, perhaps in other forms
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


def query_stems(found: Sequence[Word], language: LanguageCode) -> list[list[str]]:
    """The stems of the words of a query; then once more, should initialisms have a plural and numbers be Roman.

    The rules that cut stems leave the s on WMDs, which has no vowel.
    """
    own = [stem(word.text, language) for word in found]
    other = [_other_stem(word.text, cut, language) for word, cut in zip(found, own, strict=True)]
    return [own] if own == other else [own, other]


def _other_stem(word: str, own: str, language: LanguageCode) -> str:
    if numeral := other_numeral(word):
        return numeral
    lowered = plain(word)
    if language == "en" and len(lowered) > _SHORTEST_PLURAL and own == lowered and lowered.endswith("s"):
        return stem(lowered[:-1], language)
    return own


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
            keys += _run_keys(words, folded, language)
        if language == "ru":
            keys.append(skeleton_key(own))
    if abbreviated:
        keys.append(_key(KeyKind.ABBREVIATION, folded))
    tails = (fold(text[word.start :]) for word in words[:_MOST_TAILS])
    keys += (_key(KeyKind.TAIL, tail) for tail in tails if tail != folded)
    return list(dict.fromkeys(keys))


def _run_keys(words: Sequence[TermWord], folded: str, language: LanguageCode) -> Iterator[str]:
    """The keys of the words of a term from each of them on, with the length of the term at the end."""
    length = f"{len(folded):0{_LENGTH_DIGITS}}"
    for place in range(min(len(words), _MOST_TAILS)):
        for stems in islice(product(*(word.stems for word in words[place:])), _MOST_RUNS):
            yield run_key(stems, language)[: 1 + KEY_LENGTH - _LENGTH_DIGITS] + length


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


def run_key(stems: Iterable[str], language: LanguageCode) -> str:
    """The key that those begin with which have these words in this order, and perhaps further ones after them."""
    return _key(KeyKind.RUN, language + "".join(f" {stem}" for stem in stems) + " ")


def words_from(key: str) -> int:
    """How many words such a key has from where it begins in its term."""
    return key.count(" ") - 1


def length_of_term(key: str) -> int:
    """How long the term of such a key is, folded."""
    return int(key[-_LENGTH_DIGITS:])


def skeleton_key(stems: Iterable[str]) -> str:
    """The key of Russian words by what survives transliteration."""
    return _key(KeyKind.SKELETON, "".join(skeleton(word) for word in stems))


def _key(kind: KeyKind, text: str) -> str:
    return (kind.value + text)[: 1 + KEY_LENGTH]
