"""Everything that is written in a language, terms and running texts alike, and rules that are patterns."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.entries.lint.finding import Mark
from app.entries.lint.reading import Kind, Reading
from app.languages.codes import LanguageCode


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and the path of its field; a term has no kind."""

    element: str
    language: LanguageCode
    text: str
    kind: Kind | None = None


def pieces(reading: Reading, *languages: LanguageCode) -> Iterator[Piece]:
    """The terms and passages of some languages; of all, where none is named."""
    for placed in reading.terms():
        if not languages or placed.language in languages:
            yield Piece(f"{placed.element}.text", placed.language, placed.term.text)
    for passage in reading.passages():
        if not languages or passage.language in languages:
            yield Piece(passage.element, passage.language, passage.text, passage.kind)


Match = re.Match[str]


@dataclass(frozen=True)
class Rule:
    """A fault that a pattern finds."""

    fault: str
    pattern: re.Pattern[str]
    fix: str | Callable[[Match], str] | None
    """A template for `Match.expand`, or what makes the replacement; None where it is not certain."""
    unless: Callable[[Match], bool] | None = None
    """What a match is spared for."""

    def marks(self, piece: Piece) -> Iterator[Mark]:
        for match in self.pattern.finditer(_without_addresses(piece.text)):
            if self.unless is None or not self.unless(match):
                # A match that reaches over an address cannot be put together again.
                is_whole = match[0] == piece.text[match.start() : match.end()]
                fix = self._fix(match) if is_whole else None
                yield Mark(piece.element, piece.language, match.span(), self.fault, fix=fix)

    def _fix(self, match: Match) -> str | None:
        if self.fix is None:
            return None
        return match.expand(self.fix) if isinstance(self.fix, str) else self.fix(match)


def marks(rules: Iterable[Rule], piece: Piece) -> Iterator[Mark]:
    """What the rules find in a text, in the order of the rules."""
    for rule in rules:
        yield from rule.marks(piece)


_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[\w/]")


def _without_addresses(text: str) -> str:
    """The text with letters in place of web addresses, which have a typography of their own."""
    return _ADDRESS.sub(lambda match: "x" * len(match[0]), text)
