"""French typography: no-break spaces, guillemets, apostrophes, œ."""

import re
from collections import Counter
from collections.abc import Iterator

from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.numbers import spacing_of_numbers
from app.entries.lint.grammar.pieces import Match, Piece, Rule, marks, pieces
from app.entries.lint.reading import Reading

NO_BREAK = "\u00a0"
NARROW = "\u202f"


def inside_guillemets(match: Match) -> bool:
    """Whether a match is part of a quotation already; a quotation inside it has other marks."""
    before = match.string[: match.start()]
    return before.count("«") > before.count("»")


def _with_ligature(match: Match) -> str:
    return match[0].replace("oe", "œ").replace("Oe", "Œ").replace("OE", "Œ")


_RULES = (
    # A ratio (1:50 000), an hour (12:30) and a question mark in brackets stay as they are.
    Rule("space-before", re.compile(r"(?<=[^\s(\[«]) ?(:)(?=[\s»”\")\]]|$)"), rf"{NO_BREAK}\1"),
    Rule("space-before", re.compile(r"(?<=[^\s(\[«]) ?(;)"), rf"{NARROW}\1"),
    Rule("space-before", re.compile(r"(?<=[^\s?!(\[«]) ?([?!])"), rf"{NARROW}\1"),
    Rule("guillemet", re.compile(r"(«)(?: |(?=\S))"), rf"\1{NO_BREAK}"),
    Rule("guillemet", re.compile(r"(?: |(?<=\S))(»)"), rf"{NO_BREAK}\1"),
    # After a digit the sign may mean inches or seconds of arc.
    Rule("quotes", re.compile(r'(?<!\d)"\s?([^"]+?)\s?"'), rf"«{NO_BREAK}\1{NO_BREAK}»", inside_guillemets),
    Rule("quotes", re.compile(r"[“„]\s?([^“”„]+?)\s?[”“]"), rf"«{NO_BREAK}\1{NO_BREAK}»", inside_guillemets),
    *spacing_of_numbers("fr", NARROW),
    Rule("number", re.compile(r"(\d)%"), rf"\1{NO_BREAK}%"),
    Rule("ligature", re.compile(r"(?i:\b\w*oe(?:u|il)\w*)"), _with_ligature),
)

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’]")
_OTHER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´ʼ′‘](?=[^\W\d_])")


@check(35, "french-typography", Severity.WARNING, ("fr",))
def french_typography(reading: Reading) -> Iterator[Mark]:
    """French has no-break spaces at : ; ? ! « » and in numbers, guillemets, œ, and one kind of apostrophe.

    The narrow and the full no-break space are both accepted, and so are the straight and the curved apostrophe.
    """
    texts = list(pieces(reading, "fr"))
    for piece in texts:
        yield from marks(_RULES, piece)
    yield from _apostrophes(texts)


def _apostrophes(texts: list[Piece]) -> Iterator[Mark]:
    """The apostrophes that are not like most others of the entry."""
    used = Counter(sign for piece in texts for sign in _APOSTROPHE.findall(piece.text))
    usual = "'" if used["'"] > used["’"] else "’"
    for piece in texts:
        for match in _OTHER_APOSTROPHE.finditer(piece.text):
            yield Mark(piece.element, "fr", match.span(), "apostrophe", fix=usual)
        mended = _APOSTROPHE.sub(usual, piece.text)
        if mended != piece.text:
            yield Mark(piece.element, "fr", fault="mixed-apostrophes", fix=mended, params={"usual": usual})
