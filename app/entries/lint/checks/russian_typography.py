"""Russian typography: guillemets, dashes, №, abbreviations, ё."""

import re
from collections.abc import Iterator

from app.entries.lint.catalogue import check
from app.entries.lint.checks.french_typography import inside_guillemets
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.numbers import NO_BREAK, spacing_of_numbers
from app.entries.lint.grammar.pieces import Piece, Rule, marks, pieces
from app.entries.lint.reading import Reading
from app.languages.words import words
from app.languages.yo import with_yo

_RULES = (
    # After a digit the sign may mean inches or seconds of arc.
    Rule("quotes", re.compile(r'(?<!\d)"\s?([^"]+?)\s?"'), r"«\1»", inside_guillemets),
    Rule("quotes", re.compile(r"[“„]\s?([^“”„]+?)\s?[”“]"), r"«\1»", inside_guillemets),
    Rule("guillemet", re.compile(r"«\s"), "«"),
    Rule("guillemet", re.compile(r"\s»"), "»"),
    # Between digits a spaced hyphen may be a minus.
    Rule("dash", re.compile(r"(?<=[^\s\d])([ \u00a0])[-–] (?=\S)|(?<=\S)([ \u00a0])[-–] (?=[^\s\d])"), " — "),
    Rule("dash", re.compile(r"(?<=\w)— | —(?=\w)"), " — "),
    Rule(
        "range",
        re.compile(r"(?<![\w-])(\d+)-(\d+)(?=[ \u00a0\u202f]?(?:%|км|м|см|мм|кг|т|с|мин|ч|кт|МГц|ГГц)(?!\w))"),
        r"\1–\2",
    ),
    Rule("number-sign", re.compile(r"№ ?(?=[\dIVX])"), f"№{NO_BREAK}"),
    Rule("abbreviation", re.compile(r"(?<!\w)([тТ])\.([екдпно])\.(?!\w)"), rf"\1.{NO_BREAK}\2."),
    *spacing_of_numbers("ru", NO_BREAK),
)


@check(36, "russian-typography", Severity.WARNING, ("ru",))
def russian_typography(reading: Reading) -> Iterator[Mark]:
    """Russian has « » quotation marks, a spaced em dash, a no-break space after №, and ё where the word has it."""
    for piece in pieces(reading, "ru"):
        yield from marks(_RULES, piece)
        yield from _without_yo(piece)


def _without_yo(piece: Piece) -> Iterator[Mark]:
    for word in words(piece.text):
        # A capital may begin a name, and names are written as their bearers write them.
        if word.text.islower() and (spelling := with_yo(word.text)):
            yield Mark(piece.element, "ru", (word.start, word.end), "yo", fix=spelling)
