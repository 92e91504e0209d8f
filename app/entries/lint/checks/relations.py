"""The concept system: what an entry is related to, and whether its definition says so (ISO 704, 5.6)."""

import re
from collections.abc import Iterator

from app.entries.content import Relation, RelationType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity, Span
from app.entries.lint.grammar.inflection import place_of
from app.entries.lint.grammar.occurrences import runs, stems_of
from app.entries.lint.reading import Neighbour, PlacedPassage, Reading
from app.languages.codes import LanguageCode
from app.languages.function_words import is_function_word
from app.languages.words import words

# Where the genus ends at the latest, and what tells the concept from others of the genus begins.
_HEAD_ENDS = {
    "en": re.compile(r"[,;:(]|\s[—–]\s|\b(?:that|which|who|whose|where|when)\b"),
    "fr": re.compile(r"[,;:(]|\s[—–]\s|\b(?:qui|que|dont|où|lequel|laquelle|lesquels|lesquelles)\b|\bqu['’]"),
    "ru": re.compile(r"[,;:(]|\s[—–]\s"),
}

HIERARCHIES = (RelationType.GENERIC, RelationType.PARTITIVE)


@check(20, "superordinate-not-genus", Severity.INFORMATION)
def superordinate_is_not_the_genus(reading: Reading) -> Iterator[Mark]:
    """A definition names the superordinate concept as its genus.

    ISO 704: an intensional definition states the superordinate concept and the delimiting characteristics.
    """
    superordinates = list(_superordinates(reading))
    for passage in reading.definitions():
        terms = [_terms(entry, passage.language) for entry in superordinates]
        if all(terms) and terms and not any(_names(passage, term) for several in terms for term in several):
            named = ", ".join(
                f"{several[0]} ({entry.number})" for several, entry in zip(terms, superordinates, strict=True)
            )
            yield Mark(passage.element, passage.language, _head(passage), params={"superordinate": named})


def _superordinates(reading: Reading) -> Iterator[Neighbour]:
    for relation in reading.content.relations:
        entry = reading.surroundings.entry(relation.target)
        if relation.type is RelationType.GENERIC and entry is not None:
            yield entry


def _terms(entry: Neighbour, language: LanguageCode) -> list[str]:
    section = entry.content.languages.get(language)
    return [term.text for term in section.terms] if section else []


def _head(passage: PlacedPassage) -> Span:
    """The beginning of a definition, up to a comma or relative pronoun."""
    ends = _HEAD_ENDS[passage.language].search(passage.text, 1)
    inside = [word for word in words(passage.text) if not ends or word.end <= ends.start()]
    while len(inside) > 1 and is_function_word(inside[-1].text, passage.language):
        inside.pop()
    return (0, inside[-1].end if inside else len(passage.text))


def _names(passage: PlacedPassage, term: str) -> bool:
    """Whether a term stands in the head of a definition."""
    stems, head = stems_of(passage.language, term), passage.text[slice(*_head(passage))]
    return any(
        found == stems and place_of(passage.language, head, (run[0].start, run[-1].end), term)
        for run, found in runs(passage.language, head)
    )


@check(21, "concept-system", Severity.ERROR)
def concept_system_is_broken(reading: Reading) -> Iterator[Mark]:
    """No concept is above itself, no two entries are linked twice, and no entry stands alone."""
    relations = reading.content.relations
    if not relations and not (reading.number and reading.surroundings.is_pointed_at(reading.number)):
        yield Mark("relations", fault="orphan", severity=Severity.INFORMATION)
    for place, relation in enumerate(relations):
        element, params = f"relations[{relation.target}]", {"number": relation.target}
        if relation.target == reading.number:
            yield Mark(element, fault="self", params=params)
        elif chain := _way_up_to_itself(reading, relation):
            yield Mark(element, fault="cycle", params={"chain": " → ".join(chain)})
        elif relation.target in {earlier.target for earlier in relations[:place]} or _points_back(
            reading, relation
        ):
            yield Mark(element, fault="twice", severity=Severity.WARNING, params=params)


def _points_back(reading: Reading, relation: Relation) -> bool:
    entry = reading.surroundings.entry(relation.target)
    return entry is not None and any(other.target == reading.number for other in entry.content.relations)


def _way_up_to_itself(reading: Reading, relation: Relation) -> list[str]:
    """The numbers by which relations of one hierarchy lead back to the entry; none if they do not."""
    if relation.type not in HIERARCHIES or reading.number is None:
        return []
    ways = [[reading.number, relation.target]]
    seen = {relation.target}
    while ways:
        way = ways.pop(0)
        for above in _above(reading, way[-1], relation.type):
            if above == reading.number:
                return [*way, above]
            if above not in seen:
                seen.add(above)
                ways.append([*way, above])
    return []


def _above(reading: Reading, number: str, kind: RelationType) -> list[str]:
    entry = reading.surroundings.entry(number)
    relations = entry.content.relations if entry else ()
    return [relation.target for relation in relations if relation.type is kind]
