"""Slips of the hand that leave no doubt which word was meant."""

import re

from rapidfuzz.distance import OSA

_SHORT_STEM, _SHORT = 4, 5
_SHORT_INITIALISM, _LONG_INITIALISM = 3, 6
"""In an initialism each letter is a word; one that is so long is told from others even with a letter wrong."""


def is_slip_of_abbreviation(typed: str, meant: str) -> bool:
    """Whether what is typed, folded, may be an abbreviation misspelt rather than another one: ALBM is not ABM.

    No digit is a slip.
    """
    if re.sub(r"\D", "", typed) != re.sub(r"\D", "", meant):
        return False
    length = min(len(typed), len(meant))
    if length <= _SHORT_INITIALISM:
        return False
    return is_slip(typed, meant) or (length >= _LONG_INITIALISM and OSA.distance(typed, meant, score_cutoff=1) <= 1)


def is_short(stem: str, folded: str) -> bool:
    """Whether a word is so short that any other letter makes another word: raid and rain, crise and crier."""
    return len(stem) <= _SHORT_STEM and len(folded) <= _SHORT


def is_slip(typed: str, meant: str) -> bool:
    """Whether two neighbouring letters were typed in the wrong order, or one twice, or a double one once."""
    if len(typed) == len(meant):
        return sorted(typed) == sorted(meant) and OSA.distance(typed, meant, score_cutoff=1) <= 1
    short, long = sorted((typed, meant), key=len)
    if len(long) != len(short) + 1:
        return False
    place = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[place:] == long[place + 1 :] and place > 0 and long[place] == long[place - 1]
