"""Which entries a text means by its words: those around it and the one that it belongs to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.entries.lint.finding import Span
from app.entries.lint.grammar.inflection import place_of
from app.entries.lint.grammar.occurrences import TermIndex, name_key
from app.entries.lint.reading import NamedTerm, PlacedPassage, Reading, Use
from app.entries.status import EntryStatus
from app.languages.codes import LanguageCode
from app.languages.words import words

ENDED = (EntryStatus.WITHDRAWN, EntryStatus.SUPERSEDED)

OWN = ""
"""Stands for the number of an entry that has none yet."""

_NUMBER = re.compile(r"(?<![\w-])([A-Z]{2,8})-\d{4,9}(?![\w-])")
_LINK = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where a text names an entry: by its number, or by a term in brackets."""

    span: Span
    text: str
    targets: frozenset[str]
    """The entries that may be meant; none if nothing of the kind is known."""

    def agrees(self, other: "Reference") -> bool:
        """Whether both may name the same entry."""
        return not self.targets or not other.targets or bool(self.targets & other.targets)


def own_terms(reading: Reading, language: LanguageCode) -> list[NamedTerm]:
    """The terms of the entry itself, as others would see them."""
    section = reading.content.languages.get(language)
    number = reading.number or OWN
    return [
        NamedTerm(number, EntryStatus.PROPOSED, language, term.text, term.type, term.acceptability)
        for term in (section.terms if section else ())
    ]


def uses(reading: Reading, language: LanguageCode, text: str) -> list[Use]:
    """The terms that occur in a text, those of the entry itself among them; of overlapping ones the longest."""
    own = TermIndex(language, own_terms(reading, language)).uses_in(text)
    others = reading.surroundings.used(language, text)
    kept = _not_inside(own, others) + _not_inside(others, own)
    placed = [(place_of(language, text, use.span, use.term.text), use.term) for use in kept]
    return sorted((Use(span, term) for span, term in placed if span), key=lambda use: use.span)


def by_place(uses: Iterable[Use]) -> dict[Span, list[NamedTerm]]:
    """The terms of uses, homographs together, in the order of the text."""
    places: dict[Span, list[NamedTerm]] = defaultdict(list)
    for use in uses:
        places[use.span].append(use.term)
    return places


def meant(reading: Reading, language: LanguageCode, phrase: str) -> list[NamedTerm]:
    """The terms that a phrase as a whole may be, in whatever inflected form."""
    key = name_key(language, phrase)
    same = [term for term in own_terms(reading, language) if name_key(language, term.text) == key]
    same += reading.surroundings.named(language, phrase)
    said = words(phrase)
    if not said:
        return same
    inflected = [use.term for use in uses(reading, language, phrase) if use.span == (said[0].start, said[-1].end)]
    return list(dict.fromkeys([*same, *inflected]))


def references(reading: Reading, passage: PlacedPassage) -> list[Reference]:
    """The entries that a passage names by number or in brackets."""
    found = []
    for match in _LINK.finditer(passage.text):
        inside = match[1].strip()
        if _NUMBER.fullmatch(inside) is None and any(character.isalpha() for character in inside):
            targets = {term.number for term in meant(reading, passage.language, inside)}
            found.append(Reference(match.span(1), match[1], frozenset(targets)))
    prefixes = _prefixes(reading)
    numbers = [
        match
        for match in _NUMBER.finditer(passage.text)
        if match[1] in prefixes or reading.surroundings.entry(match[0])
    ]
    return found + [Reference(match.span(), match[0], frozenset({match[0]})) for match in numbers]


def _prefixes(reading: Reading) -> set[str]:
    """How the numbers of this compendium begin: MIM-0104 is none of them."""
    numbers = [reading.number or OWN, *(relation.target for relation in reading.content.relations)]
    return {number.partition("-")[0] for number in numbers if number}


def _not_inside(uses: Sequence[Use], others: Sequence[Use]) -> list[Use]:
    """The uses that are not part of a longer one."""
    longer = [use.span for use in others]
    return [use for use in uses if not any(_is_inside(use.span, span) for span in longer)]


def _is_inside(inner: Span, outer: Span) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
