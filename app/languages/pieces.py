"""Recognising a misspelt word: two words are near if they have a piece in common.

A piece is what is left of a word when letters are taken out of it. A database finds the words that share one by
comparing for equality alone; how near they really are is then measured. One letter is taken out of the whole
word, which leaves few words to be measured. Where that is not enough, two are taken out of its beginning.
"""

from itertools import combinations

HEAD = 9
"""Letters of the beginning; errors further on do not hide the word at all."""
_OF_HEAD = "~"

PIECE_LENGTH = 101
LONGEST = PIECE_LENGTH - 1


def pieces(word: str) -> set[str]:
    """The pieces under which a word is kept."""
    return near_pieces(word) | far_pieces(word)


def near_pieces(word: str) -> set[str]:
    """What is left of a word when at most one letter is taken out."""
    whole = word[:LONGEST]
    return (
        {whole}
        if len(whole) < _SHORT
        else {whole, *(whole[:place] + whole[place + 1 :] for place in range(len(whole)))}
    )


def far_pieces(word: str) -> set[str]:
    """What is left of the beginning of a long word when at most two letters are taken out."""
    if len(word) < _LONG - 2:
        return set()
    head = word[:HEAD]
    sizes = range(len(head) - 2, len(head) + 1)
    return {_OF_HEAD + "".join(kept) for size in sizes for kept in combinations(head, size)}


def errors_allowed(length: int) -> int:
    """How many letters of a word may be wrong for it still to be recognised; none of an abbreviation."""
    return 0 if length < _SHORT else 1 if length < _LONG else 2


_SHORT, _LONG = 4, 7
