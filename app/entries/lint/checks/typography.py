"""Faults of typing that a reader may not even see: marks, spaces and doubled or stray punctuation."""

import re
import unicodedata
from collections.abc import Iterator

from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.pieces import Match, Piece, Rule, marks, pieces
from app.entries.lint.reading import Reading
from app.languages.words import words

_SPACE = " \u00a0\u202f"
_ODD_SPACE = "\u1680\u2000-\u200a\u205f\u3000"
_LETTER = r"[^\W\d_]"

# A stress mark may tell two Russian words apart in running text («бо́льшая часть»), but a term is written without.
_STRESSED = re.compile(r"[аеиоуыэюяАЕИОУЫЭЮЯ]\u0301")


def _usual_space(match: Match) -> str:
    """The space that belongs where an odd one stands."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return "\u00a0" if before.isdigit() or before == "«" or after in "»:;?!%" else " "


def _composed(match: Match) -> str:
    return unicodedata.normalize("NFKC", match[0])


_EVERYWHERE = (
    Rule("odd-space", re.compile(f"[{_ODD_SPACE}]"), _usual_space),
    Rule("odd-letter", re.compile(r"[\ufb00-\ufb06\uff01-\uff5e]+"), _composed),
    # What is left of letters that were read in the wrong encoding, or that nobody could read.
    Rule(
        "damaged",
        re.compile(r"[\ufffc\ufffd\u115f\u1160\u3164\uffa0]|Ã[©¨ª«®¯´»¼§]|â€[™œ˜¦“”]|Â[«»°²]|Ð[°-¾]|Ñ[‚ƒ„…†‡]"),
        None,
    ),
    Rule("space-before", re.compile(rf"(?<!«)[{_SPACE}]([,)\]])"), r"\1"),
    Rule("space-before", re.compile(rf"(?<={_LETTER})[{_SPACE}](\.)(?![\w.])"), r"\1"),
    Rule("space-after-bracket", re.compile(rf"([(\[])[{_SPACE}](?!»)"), r"\1"),
    Rule("no-space-after", re.compile(rf"(?<={_LETTER}{{2}})([,;])(?={_LETTER})"), r"\1 "),
    Rule("doubled", re.compile(r"([,;:])\1+|(?<!\.)(\.)\.(?!\.)"), lambda match: match[1] or match[2]),
    Rule("edge", re.compile(r"^[,;:·•*–—−-]+\s*(?!\d)(?=.)|^\.\s*(?=[^\W\d])"), ""),
    Rule("edge", re.compile(r"\s*[,;:·•*–—]+$"), ""),
)
_NOT_FRENCH = Rule("space-before", re.compile(rf"(?<={_LETTER})[{_SPACE}]([:;?!])"), r"\1")
_ODD_HYPHEN = Rule("odd-hyphen", re.compile("[\u2010\u2011]"), "-")


@check(34, "invisible-or-spacing", Severity.ERROR)
def invisible_or_spacing(reading: Reading) -> Iterator[Mark]:
    """A text has no unseen characters, no stress marks in terms, and no stray or doubled punctuation and spaces.

    French spacing before : ; ? ! is left to the check of French typography.
    """
    for piece in pieces(reading):
        yield from _marked_words(piece)
        yield from marks(_EVERYWHERE, piece)
        if piece.language != "fr":
            yield from _NOT_FRENCH.marks(piece)
        if piece.kind is None:
            yield from _ODD_HYPHEN.marks(piece)


def _marked_words(piece: Piece) -> Iterator[Mark]:
    """Words with marks that are not part of a letter."""
    may_be_stressed = piece.language == "ru" and piece.kind is not None
    for word in words(piece.text):
        looked_at = _STRESSED.sub("", word.text) if may_be_stressed else word.text
        if any(map(unicodedata.combining, looked_at)):
            yield Mark(
                piece.element, piece.language, (word.start, word.end), "stress", fix=_without_marks(word.text)
            )


def _without_marks(word: str) -> str:
    return "".join(character for character in word if not unicodedata.combining(character))
