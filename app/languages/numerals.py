"""Numbers in words and names, written in Arabic or Roman figures."""

import re
from collections.abc import Iterable

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_TO_ROMAN = {str(number): roman for number, roman in enumerate(_ROMAN, 1)}
_TO_ARABIC = {roman: arabic for arabic, roman in _TO_ROMAN.items()}
# A Russian keyboard has Х for ten; a single letter is more often a letter than a number.
_DIGITS = re.compile("[0-9]+$")


def other_numeral(word: str) -> str | None:
    """A small number in the other figures: III for 3, and 3 for III; None for what is no number."""
    lowered = word.lower()
    return _TO_ROMAN.get(lowered) or (_TO_ARABIC.get(lowered) if len(lowered) > 1 else None)


def numbers(words: Iterable[str]) -> list[str]:
    """The numbers among words or at their ends, in Arabic figures; «перехват4ик» has none."""
    found: list[str] = []
    for word in words:
        lowered = word.lower()
        roman = _TO_ARABIC.get(lowered) if len(lowered) > 1 else None
        found += [roman] if roman else _DIGITS.findall(word)
    return found
