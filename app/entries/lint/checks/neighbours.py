"""Names beside those of other entries: the same, nearly the same, or refused before."""

from collections.abc import Iterable, Iterator, Sequence

from app.entries.content import Acceptability, RelationType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.inflection import is_form_of
from app.entries.lint.grammar.occurrences import name_key
from app.entries.lint.grammar.usage import ENDED
from app.entries.lint.reading import NamedTerm, PlacedTerm, Reading
from app.languages.words import words

ACCEPTED = (Acceptability.PREFERRED, Acceptability.ADMITTED)


@check(28, "abbreviation-clash", Severity.WARNING)
def abbreviation_is_taken(reading: Reading) -> Iterator[Mark]:
    """An abbreviation that stands for another concept too has a note or usage note that tells the two apart."""
    for placed in _accepted(reading):
        term = placed.term
        if not term.type.is_abbreviated or _is_explained(reading, placed):
            continue
        named = reading.surroundings.named(placed.language, term.text)
        others = [other for other in _standing(named) if other.type.is_abbreviated and other.text == term.text]
        if others:
            yield _beside(reading, placed, others)


def _is_explained(reading: Reading, placed: PlacedTerm) -> bool:
    notes = reading.content.languages[placed.language].notes
    return placed.term.usage_note is not None or any(
        placed.term.text in [word.text for word in words(note)] for note in notes
    )


@check(29, "near-duplicate", Severity.WARNING)
def name_is_taken(reading: Reading) -> Iterator[Mark]:
    """No two entries have the same term, differences of case, accents, hyphens, spelling and inflection apart.

    Two preferred terms in one subject field are an error, unless a relation of contrast between the two entries
    says that they are two concepts. Elsewhere a usage note tells them apart as well.
    """
    for placed in _accepted(reading):
        if placed.term.type.is_abbreviated:
            continue
        others = [
            other
            for other in _same_name(reading, placed)
            if not other.type.is_abbreviated and not _are_contrasted(reading, other.number)
        ]
        rivals = [other for other in others if _competes(reading, placed, other)]
        if rivals:
            yield _beside(reading, placed, rivals, fault="preferred", severity=Severity.ERROR)
        elif others and placed.term.usage_note is None:
            yield _beside(reading, placed, others, fault=_likeness(placed, others[0]))


def _are_contrasted(reading: Reading, number: str) -> bool:
    """Whether a relation of contrast joins the two entries; one of them has it."""
    here = any(r.type is RelationType.CONTRAST and r.target == number for r in reading.content.relations)
    other = reading.surroundings.entry(number)
    there = other.content.relations if other is not None and reading.number is not None else ()
    return here or any(r.type is RelationType.CONTRAST and r.target == reading.number for r in there)


def _same_name(reading: Reading, placed: PlacedTerm) -> list[NamedTerm]:
    """The accepted terms of other entries that are this term but for spelling or inflection."""
    language, text = placed.language, placed.term.text
    named = reading.surroundings.named(language, text)
    used = [use.term for use in reading.surroundings.used(language, text)]
    return _standing(dict.fromkeys([*named, *(term for term in used if is_form_of(language, text, term.text))]))


def _competes(reading: Reading, placed: PlacedTerm, other: NamedTerm) -> bool:
    """Whether both are the preferred terms of concepts of one subject field, spelled alike."""
    entry = reading.surroundings.entry(other.number)
    return (
        entry is not None
        and placed.term.acceptability is other.acceptability is Acceptability.PREFERRED
        and entry.content.subject_fields[0] == reading.content.subject_fields[0]
        and _likeness(placed, other) == ""
    )


def _likeness(placed: PlacedTerm, other: NamedTerm) -> str:
    same = name_key(placed.language, placed.term.text) == name_key(placed.language, other.text)
    return "" if same else "inflected"


@check(44, "refused-before", Severity.INFORMATION)
def was_refused_before(reading: Reading) -> Iterator[Mark]:
    """A term was not proposed before in vain."""
    for placed in _accepted(reading):
        for refused in reading.surroundings.refused(placed.language, placed.term.text):
            params = {"term": placed.term.text, "proposal": refused.proposal, "reason": refused.reason or ""}
            fault = "" if refused.reason else "unexplained"
            yield Mark(f"{placed.element}.text", placed.language, fault=fault, params=params)


def _accepted(reading: Reading) -> Iterator[PlacedTerm]:
    return (placed for placed in reading.terms() if placed.term.acceptability in ACCEPTED)


def _standing(terms: Iterable[NamedTerm]) -> list[NamedTerm]:
    """Those that their entries accept, of entries that still stand."""
    return [term for term in terms if term.acceptability in ACCEPTED and term.status not in ENDED]


def _beside(
    reading: Reading,
    placed: PlacedTerm,
    others: Sequence[NamedTerm],
    fault: str = "",
    severity: Severity | None = None,
) -> Mark:
    named = ", ".join(dict.fromkeys(f"{_title(reading, other)} ({other.number})" for other in others))
    params = {"term": placed.term.text, "others": named}
    return Mark(f"{placed.element}.text", placed.language, fault=fault, severity=severity, params=params)


def _title(reading: Reading, term: NamedTerm) -> str:
    """The term, and for an abbreviation the preferred term of its entry."""
    if not term.type.is_abbreviated:
        return term.text
    entry = reading.surroundings.entry(term.number)
    section = entry.content.languages.get(term.language) if entry else None
    return section.preferred.text if section and section.preferred else term.text
