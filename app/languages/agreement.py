"""Whether two words that have one stem are forms of one word.

Stems are cut by rules that know no words: «целый» and «цель» have the same, and so have «porte» and «portée».
Of Russian the dictionary knows better. In French the accent tells, as far as it was typed. English gives no sign.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.initialisms import is_form_of_initialism, is_initialism
from app.languages.morphology import parses
from app.languages.numerals import other_numeral
from app.languages.stems import stem
from app.languages.transliteration import as_heard
from app.languages.words import Word, plain

_FRENCH_PLURAL = [(re.compile("(?<=[^e])aux$"), "al"), (re.compile("(?<=[a-zé])[sx]$"), "")]
_FRENCH_FEMININE = [
    (re.compile("(?:é|e)e$"), "é"),  # portée, also without its accent
    (re.compile("ive$"), "if"),
    (re.compile("euse$"), "eu"),  # as of «dangereux»
    (re.compile("e$"), ""),
]
_DOUBLED = re.compile(r"([lnst])\1$")


def are_forms(typed: Sequence[Word], meant: Sequence[Word], language: LanguageCode, *, abbreviated: bool) -> bool:
    """Whether the words of a query, one by one, may be forms of those of a term that have the same stems."""
    if len(typed) != len(meant):
        return True  # «reentry» and «re-entry»
    return all(
        is_form_of(word.text, own.text, language, abbreviated=abbreviated)
        for word, own in zip(typed, meant, strict=True)
    )


def sound_alike(typed: Sequence[Word], meant: Sequence[Word], *, as_typed: bool) -> bool:
    """Whether Russian words that share a skeleton may be the same.

    Of what was typed so, two words of the dictionary are not; read back from Latin letters, they may be.
    """
    return len(typed) != len(meant) or all(
        _sounds_like(word.text, own.text, as_typed=as_typed) for word, own in zip(typed, meant, strict=True)
    )


def _sounds_like(typed: str, meant: str, *, as_typed: bool) -> bool:
    if is_initialism(meant):
        return is_form_of_initialism(typed, meant, "ru") or as_heard(typed) == as_heard(meant)
    return not as_typed or not are_different_words(typed, meant)


def in_order_of_stems(words: Sequence[Word], language: LanguageCode) -> list[Word]:
    """Words of which the order does not matter, in one that both sides have."""
    return sorted(words, key=lambda word: stem(word.text, language))


@lru_cache(maxsize=65_536)
def is_form_of(typed: str, meant: str, language: LanguageCode, *, abbreviated: bool = False) -> bool:
    """Whether a word may be a form of a word of a term that has the same stem."""
    if fold(typed) == fold(meant):
        return True
    if is_initialism(meant, abbreviated=abbreviated):
        return is_form_of_initialism(typed, meant, language) or other_numeral(typed) == fold(meant)
    if language == "ru":
        return not are_different_words(typed, meant)
    return language == "en" or _french(typed) == _french(meant) or _plain_french(typed) == _plain_french(meant)


def are_different_words(one: str, other: str) -> bool:
    """Whether the Russian dictionary knows both words, and no word of which both are forms."""
    lemmas, others = _lemmas(one), _lemmas(other)
    return bool(lemmas and others) and lemmas.isdisjoint(others)


@lru_cache(maxsize=65_536)
def _lemmas(word: str) -> frozenset[str]:
    return frozenset(plain(parse.normal_form) for parse in parses(plain(word)) if parse.is_known)


def _french(word: str) -> str:
    """A French word in the singular masculine, near enough, with the é at its end told from e."""
    kept = plain(word)
    for endings in (_FRENCH_PLURAL, _FRENCH_FEMININE):
        for ending, replacement in endings:
            kept, changed = ending.subn(replacement, kept)
            if changed:
                break
    accent = "é" if kept.endswith("é") else ""
    return _DOUBLED.sub(r"\1", fold(kept.removesuffix(accent) or kept)) + accent


def _plain_french(word: str) -> str:
    """A French word without any accents, in the singular: «traites» may be a hasty «traités»."""
    return fold(word).rstrip("sx")
