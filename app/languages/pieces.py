"""Recognising a misspelt word: two words are near if they have a piece in common.

A piece is what is left of the beginning of a word when letters are taken out of it. A database finds the
words that share one by comparing for equality alone; how near they really are is then measured.
"""

from itertools import combinations

HEAD = 7
"""Letters of a word from which its pieces are taken; errors further on do not hide the word at all."""


def pieces(word: str) -> set[str]:
    """What is left of the beginning of a word when no, one or two letters are taken out, two of long words only."""
    head = word[:HEAD]
    found = {head}
    for count in range(1, _errors_expected(len(word)) + 1):
        found.update("".join(kept) for kept in combinations(head, len(head) - count))
    return found


def errors_allowed(length: int) -> int:
    """How many letters of a word may be wrong for it still to be recognised; none of an abbreviation."""
    return 0 if length < 4 else 1 if length < 7 else 2


def _errors_expected(length: int) -> int:
    # One more than is allowed at the borders, where the misspelt word is longer or shorter than the right one.
    return 0 if length < 3 else 1 if length < 6 else 2
