"""The words of a text, and the plain form in which they are compared."""

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = frozenset("'’‘ʼ`´′ʻ")

# What joins two letters unseen: soft hyphen, zero-width space, non-joiner and joiner, word joiner, BOM.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# Some apostrophes are letters to Unicode, and would otherwise join l'avion into one word.
_SIGN = r"[^\W_ʼʻ]"
_WORD = re.compile(rf"{_SIGN}(?:{_SIGN}|[{_MARKS}]|[{_UNSEEN}]++(?={_SIGN}|[{_MARKS}]))*+")

_WITHOUT_UNSEEN = dict.fromkeys(map(ord, _UNSEEN))
_SAME_LETTER = str.maketrans({"ё": "е", "ѐ": "е", "ѝ": "и", "œ": "oe", "æ": "ae"})
_NO_LETTER = re.compile(f"[{_MARKS}\ud800-\udfff]")


class Word(NamedTuple):
    """A word of a text: as it stands there, and between which code points."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order: letters and digits, with the accents and soft hyphens inside them.

    Hyphens and apostrophes separate: «l'avion» has two words, and so has «С-300».
    """
    return [Word(match[0], *match.span()) for match in _WORD.finditer(text)]


def plain(word: str) -> str:
    """The word in small letters, composed, without soft hyphens and stress marks; accents and й stay."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", word.translate(_WITHOUT_UNSEEN))
    composed = unicodedata.normalize("NFKC", composed.casefold())
    # What is still a separate mark is a stress mark, for which Russian has no letters.
    return _NO_LETTER.sub("", composed.translate(_SAME_LETTER))
