"""Definitions that hang together: those that lead back to themselves, and those of siblings."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from app.entries.content import Relation, RelationType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity, Span
from app.entries.lint.grammar.occurrences import TermIndex
from app.entries.lint.grammar.usage import ENDED, OWN, by_place, own_terms, uses
from app.entries.lint.reading import Neighbour, PlacedPassage, Reading, Use
from app.languages.codes import LanguageCode
from app.languages.function_words import content_words
from app.languages.stems import stem
from app.languages.words import plain, words

LEAST_RUN = 3
"""So many words that carry meaning have to follow one another in both definitions to be one characteristic."""

# Words that may stand or not without saying anything else.
LIGHT = {
    "en": frozenset(["a", "an", "the", "its", "their", "this", "that", "these", "those", "which"]),
    "fr": frozenset(
        ["l", "le", "la", "les", "un", "une", "son", "sa", "ses", "leur", "leurs", "ce", "cet", "cette", "ces"]
    ),
    "ru": frozenset(
        ["свой", "своя", "свое", "свои", "своего", "своей", "своих", "своему", "своим", "своими", "своем", "свою"]
    ),
}

Used = Mapping[str, Use]
"""The entries that a text uses, and where it does so first."""


@check(2, "circular-chain", Severity.WARNING)
def chain_is_circular(reading: Reading) -> Iterator[Mark]:
    """No definition leads back to itself through the definitions of the terms that it uses.

    Chains of two and of three entries are followed.
    """
    own = reading.number or OWN
    for passage in reading.definitions():
        used = _used(reading, passage.language, passage.text)
        for number, use in used.items():
            way = _way_back(reading, passage.language, number) if number != own else []
            if way:
                chain = " → ".join(step.term.text for step in (way[-1], use, *way))
                params = {"chain": chain, "number": number}
                yield Mark(passage.element, passage.language, use.span, params=params)


def _way_back(reading: Reading, language: LanguageCode, number: str) -> list[Use]:
    """The uses by which the definition of an entry comes back to the one that is read; none if it does not."""
    own = reading.number or OWN
    used = _used_by(reading, language, number)
    if own in used:
        return [used[own]]
    for further, use in used.items():
        back = _use_of_own(reading, language, further) if further != number else None
        if back:
            return [use, back]
    return []


def _used_by(reading: Reading, language: LanguageCode, number: str) -> Used:
    text = _definition(reading, language, number)
    return _used(reading, language, text) if text else {}


def _use_of_own(reading: Reading, language: LanguageCode, number: str) -> Use | None:
    """Where the definition of an entry uses the one that is read."""
    text = _definition(reading, language, number)
    # Most do not, which shows without asking for the terms of all others.
    if not text or not TermIndex(language, own_terms(reading, language)).uses_in(text):
        return None
    return _used(reading, language, text).get(reading.number or OWN)


def _definition(reading: Reading, language: LanguageCode, number: str) -> str | None:
    entry = reading.surroundings.entry(number)
    section = entry.content.languages.get(language) if entry else None
    return section.definition.text if section and section.definition else None


def _used(reading: Reading, language: LanguageCode, text: str) -> Used:
    """The entries that are certainly meant: a word that two entries share means none for certain."""
    places = by_place(use for use in uses(reading, language, text) if use.term.status not in ENDED)
    found: dict[str, Use] = {}
    for span, terms in places.items():
        if len({term.number for term in terms}) == 1:
            found.setdefault(terms[0].number, Use(span, terms[0]))
    return found


@check(45, "sibling-wording", Severity.INFORMATION)
def siblings_word_it_differently(reading: Reading) -> Iterator[Mark]:
    """Concepts of one superordinate word a characteristic that they share in the same way."""
    for passage in reading.definitions():
        marked: set[Span] = set()
        for sibling in _siblings(reading):
            section = sibling.content.languages.get(passage.language)
            if section is None or section.definition is None:
                continue
            for mark in _differences(reading, passage, sibling.number, section.definition.text):
                if mark.span and mark.span not in marked:
                    marked.add(mark.span)
                    yield mark


def _siblings(reading: Reading) -> Iterator[Neighbour]:
    targets = [r.target for r in reading.content.relations if r.type is RelationType.GENERIC]
    for target in targets:
        kind = Relation(type=RelationType.GENERIC, target=target)
        yield from (child for child in reading.surroundings.children(target) if kind in child.content.relations)


def _differences(reading: Reading, passage: PlacedPassage, number: str, other: str) -> Iterator[Mark]:
    for span, said in _same_but_light_words(passage, other):
        params = {"other": said, "number": number}
        yield Mark(passage.element, passage.language, span, params=params)
    theirs = _used(reading, passage.language, other)
    for entry, use in _used(reading, passage.language, passage.text).items():
        if entry in theirs and theirs[entry].term.text != use.term.text:
            params = {"other": theirs[entry].term.text, "number": number}
            yield Mark(passage.element, passage.language, use.span, fault="synonym", params=params)


def _same_but_light_words(passage: PlacedPassage, other: str) -> Iterator[tuple[Span, str]]:
    """Runs of the same words in two definitions that differ in articles and the like, with what the other says."""
    text, language = passage.text, passage.language
    mine, theirs = content_words(text, language), content_words(other, language)
    stems = ([stem(word.text, language) for word in mine], [stem(word.text, language) for word in theirs])
    for block in SequenceMatcher(None, *stems, autojunk=False).get_matching_blocks():
        if block.size < LEAST_RUN:
            continue
        span = (mine[block.a].start, mine[block.a + block.size - 1].end)
        said = other[theirs[block.b].start : theirs[block.b + block.size - 1].end]
        one, two = _plain_words(text[slice(*span)]), _plain_words(said)
        light = LIGHT[language]
        if one != two and [w for w in one if w not in light] == [w for w in two if w not in light]:
            yield span, said


def _plain_words(text: str) -> list[str]:
    return [plain(word.text) for word in words(text)]
