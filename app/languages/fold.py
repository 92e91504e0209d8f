"""The look-up key of a text: what is left when the ways of typing the same word no longer differ."""

import unicodedata

KEY_LENGTH = 500
"""Keys are cut here, so that every key fits an index row on both databases."""

# Letters that Unicode does not decompose but readers take for one another.
_SAME_LETTER = str.maketrans({"ё": "е", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})

# Apostrophes, hyphens, dashes, dots, quotation marks and brackets: none tells two terms apart.
_LEFT_OUT = frozenset("'’‘ʼ`´-‐‑‒–—―−.·,;:!?\"«»“”„/()[]")

# Combining marks, and what has no shape: controls, formatting, surrogates, unassigned code points.
_UNSEEN = frozenset({"Mn", "Cc", "Cf", "Cs", "Cn"})


# Beyond the alphabets there are too many characters to remember what is left of each.
_REMEMBERED = 0x3000


class _Pieces(dict[int, str]):
    """What is left of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        left = _left_of(chr(code))
        if code < _REMEMBERED:
            self[code] = left
        return left


_PIECES = _Pieces()


def fold(text: str) -> str:
    """The text without case, accents, ligatures, spaces, hyphens and punctuation; never empty for a non-empty text.

    й stays apart from и, since it is a letter of its own; ё is е; œ is oe.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = composed.translate(_PIECES)
    return (kept or composed.strip() or text)[:KEY_LENGTH]


def _left_of(character: str) -> str:
    same = character.translate(_SAME_LETTER)
    return "".join(piece for one in same for piece in _base(one) if piece not in _LEFT_OUT and not piece.isspace())


def _base(character: str) -> str:
    """The character without its marks, й excepted."""
    if character == "й":
        return character
    pieces = unicodedata.normalize("NFKD", character)
    return "".join(p for p in pieces if unicodedata.category(p) not in _UNSEEN).translate(_SAME_LETTER)
