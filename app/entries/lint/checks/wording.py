"""The words of a definition, and the markings that no public text may carry."""

import re
from collections.abc import Iterator

from app.entries.content import EntryContent
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity, Span
from app.entries.lint.lists import pattern_of, replacements_of
from app.entries.lint.reading import PlacedPassage, Reading
from app.languages.codes import LANGUAGES
from app.languages.words import plain, words

PARENTHESIS = re.compile(r"(?<!\w)\(([^()]+)\)(?!\w)")
GLOSS_WORD = 4
"""Letters of a word that makes a gloss of a parenthesis; shorter ones are units, and the letters of variants."""

_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")


@check(13, "prescriptive-wording", Severity.WARNING)
def prescribes(reading: Reading) -> Iterator[Mark]:
    """A definition says what a thing is, not what it must be or what is to be done.

    A necessity that belongs to the concept itself, such as the speed a body must have to leave the Earth, is a
    reason to waive the finding.
    """
    return _listed(reading, "prescriptive")


@check(14, "vague-wording", Severity.WARNING)
def is_vague(reading: Reading) -> Iterator[Mark]:
    """A definition draws the limits of a concept, which vague words blur."""
    return _listed(reading, "vague")


@check(15, "partial-wording", Severity.WARNING)
def takes_sides(reading: Reading) -> Iterator[Mark]:
    """A definition is neutral: it takes no side, and neither praises nor blames."""
    return _listed(reading, "partial")


@check(16, "hidden-definition", Severity.WARNING)
def defines_a_second_concept(reading: Reading) -> Iterator[Mark]:
    """A definition hides no other one in a parenthesis or after “that is to say”.

    ISO 704, 6: one definition, one concept.
    """
    yield from _listed(reading, "hidden-definitions", fault="announced")
    for passage in reading.definitions():
        for parenthesis in PARENTHESIS.finditer(passage.text):
            inside = parenthesis[1]
            gives_examples = pattern_of("example-openers", passage.language).match(inside)
            has_words = any(word.text.islower() and len(word.text) >= GLOSS_WORD for word in words(inside))
            if has_words and not gives_examples:
                yield Mark(passage.element, passage.language, parenthesis.span(), fault="parenthesis")


@check(42, "gendered-wording", Severity.INFORMATION, ("en", "fr"))
def names_one_sex(reading: Reading) -> Iterator[Mark]:
    """A definition that means everybody names neither sex.

    In Russian the masculine names of offices and trades are the neutral ones, so that nothing is asked of it.
    """
    for passage in reading.definitions():
        if passage.language == "ru":
            continue
        neutral = {_same(word): instead for word, instead in replacements_of("gendered", passage.language).items()}
        # An established term that the definition uses is judged in its own entry.
        terms = [use.span for use in reading.surroundings.used(passage.language, passage.text)]
        for match in _matches(reading, passage, "gendered"):
            within_term = any(start <= match.start() and match.end() <= end for start, end in terms)
            if (instead := neutral[_same(match[0])]) and not within_term:
                yield Mark(passage.element, passage.language, match.span(), params={"instead": instead})


@check(43, "restricted-content", Severity.ERROR)
def carries_a_marking(reading: Reading) -> Iterator[Mark]:
    """A public text carries no marking of classified or withheld documents.

    An entry whose own terms are about secrecy may name the markings. Sources are not looked at: what was
    declassified is cited with the marking that it once bore.
    """
    if _is_about_secrecy(reading.content):
        return
    for element, language, text in reading.public_texts():
        for span, severity in _markings(text):
            fault = "possible" if severity is Severity.WARNING else ""
            yield Mark(element, language, span, fault, severity)


def _listed(reading: Reading, name: str, fault: str = "") -> Iterator[Mark]:
    """The words of a list in the definitions."""
    for passage in reading.definitions():
        for match in _matches(reading, passage, name):
            yield Mark(passage.element, passage.language, match.span(), fault)


def _matches(reading: Reading, passage: PlacedPassage, name: str) -> Iterator[re.Match[str]]:
    """Where the words of a list stand in a definition, unless they are words of the term itself."""
    pattern = pattern_of(name, passage.language)
    terms = reading.content.languages[passage.language].terms
    own = {_same(match[0]) for term in terms for match in pattern.finditer(term.text)}
    return (match for match in pattern.finditer(passage.text) if _same(match[0]) not in own)


def _same(text: str) -> str:
    """What two ways of writing a listed phrase share."""
    return " ".join(word.text for word in words(plain(text)))


def _is_about_secrecy(content: EntryContent) -> bool:
    """Whether a term names secrecy itself; a marking before or behind a term does not."""
    return any(
        pattern_of("secrecy", language).search(_BRACKETED.sub("", term.text))
        for language, section in content.languages.items()
        for term in section.terms
        if "//" not in term.text
    )


def _markings(text: str) -> Iterator[tuple[Span, Severity]]:
    """The markings of all three languages in a text; of overlapping ones the first and longest."""
    found = [
        (match.span(), severity)
        for name, severity in (("markings", Severity.ERROR), ("possible-markings", Severity.WARNING))
        for language in LANGUAGES
        for match in pattern_of(name, language, match_case=True).finditer(text)
    ]
    free_from = 0
    for span, severity in sorted(found, key=lambda row: (row[0][0], -row[0][1])):
        if span[0] >= free_from:
            yield span, severity
            free_from = span[1]
