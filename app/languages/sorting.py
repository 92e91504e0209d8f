"""Alphabetical order of English, French and Russian, as keys that any database can compare byte by byte.

Three levels as in the Unicode Collation Algorithm (UTS 10): base letters, then accents from left to right,
then case with the small letter first. One key serves the three languages, whose rules do not collide.
"""

import re
import unicodedata
from functools import lru_cache

KEY_BYTES = 1000
"""Keys are cut here, so that every key fits an index row on both databases."""

_LETTERS_OF_TWO = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss"})
_SEPARATORS = {
    " ": "\x02",
    "\u00a0": "\x02",
    "\u202f": "\x02",
    "-": "\x03",
    "‑": "\x03",
    "–": "\x04",
    "—": "\x05",
}
_APOSTROPHES = frozenset("'’")
_EDGES = "\"«»“”„'’‘()[] \u00a0\u202f"

# The order of accents in the default table of the Unicode Collation Algorithm.
_ACCENTS = {
    mark: rank for rank, mark in enumerate("\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0327", 3)
}


def sort_key(text: str) -> bytes:
    """The key by which a term is put in alphabetical order; ё comes with е, й after и, œ as oe."""
    weights = [_weights(character) for character in _counted(text.strip(_EDGES).translate(_LETTERS_OF_TWO))]
    levels = ("".join(level) for level in zip(*weights, strict=True)) if weights else ("", "", "")
    return b"\x01".join(level.encode("utf-8", "surrogatepass") for level in levels)[:KEY_BYTES]


def initial(text: str) -> str:
    """The letter under which a term stands in an alphabetical index, or `#` if it begins with none."""
    for character in text.strip(_EDGES).translate(_LETTERS_OF_TWO):
        base, _ = _taken_apart(character)
        return base.upper() if base.isalpha() and len(base.upper()) == 1 else "#"
    return "#"


def _counted(text: str) -> str:
    """The text with each run of digits preceded by its length, so that 2 comes before 10."""
    return re.sub(r"[0-9]+", lambda run: chr(0x30 + min(len(run[0]), 9)) + run[0], text)


@lru_cache(maxsize=1_000)
def _weights(character: str) -> tuple[str, str, str]:
    """What a character adds to each of the levels."""
    base, accents = _taken_apart(character)
    return _primary(base), accents, "\x03" if base != base.lower() else "\x02"


def _taken_apart(character: str) -> tuple[str, str]:
    """The base letter and the ranks of its accents; й is a base letter."""
    if character in "йЙ":
        return character, "\x02"
    pieces = unicodedata.normalize("NFD", character)
    return pieces[0], "\x02" + "".join(chr(_ACCENTS.get(mark, 0x20)) for mark in pieces[1:])


def _primary(base: str) -> str:
    if base in _SEPARATORS:
        return _SEPARATORS[base]
    if base in _APOSTROPHES:
        return "\x06"
    if unicodedata.combining(base):
        return ""
    return base.lower()
