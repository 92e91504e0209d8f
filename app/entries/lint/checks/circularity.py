"""A definition that explains a term by itself."""

import re
from collections.abc import Iterator

from app.entries.content import Acceptability, Section, Term, TermType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.reading import Reading
from app.languages.codes import LanguageCode
from app.languages.function_words import is_function_word
from app.languages.stems import stem
from app.languages.words import Word, words

Said = tuple[str, Word]
"""A word of a definition behind its stem."""

PREFIXED = re.compile(r"(?<![\w‑-])\w{2,}[‑-]\w")
CURRENT = (Acceptability.PREFERRED, Acceptability.ADMITTED)


@check(1, "circular-definition", Severity.WARNING)
def explains_by_itself(reading: Reading) -> Iterator[Mark]:
    """A definition does not use all the words of the term that it defines.

    ISO 704, 6: circular definitions. Words are the same if their stems are. Where a term is put together from
    words that explain it, as in “theatre missile defence”, a good definition may use them all: hence a warning.
    """
    for passage in reading.definitions():
        language = passage.language
        section = reading.content.languages[language]
        said = [(stem(word.text, language), word) for word in _carrying_words(passage.text, language)]
        for term in own_names(section, language):
            if term.type.is_abbreviated:
                continue
            recurring = _recurring(said, stems_of(term, language), in_one_place=term is not section.preferred)
            if recurring:
                span = (recurring[0].start, recurring[-1].end)
                yield Mark(passage.element, language, span, params={"term": term.text})
                break


def _recurring(said: list[Said], needed: frozenset[str], *, in_one_place: bool) -> list[Word]:
    """The words of a term in a definition, if they are all there.

    Words of a synonym that are scattered over the definition belong to other expressions.
    """
    reach = len(needed) if in_one_place else len(said)
    for start in range(len(said) - reach + 1):
        found = [(stemmed, word) for stemmed, word in said[start : start + reach] if stemmed in needed]
        if needed == {stemmed for stemmed, _ in found}:
            return [word for _, word in found]
    return []


def own_names(section: Section, language: LanguageCode) -> list[Term]:
    """The terms in use for the concept, without short forms and others made of words of the preferred term.

    Where “missile” is admitted for “guided missile”, it is the genus and may stand in the definition.
    """
    preferred = section.preferred
    full = stems_of(preferred, language) if preferred else frozenset()
    return [
        term
        for term in section.terms
        if term.acceptability in CURRENT
        and (term is preferred or (term.type is not TermType.SHORT_FORM and not stems_of(term, language) < full))
    ]


def stems_of(term: Term, language: LanguageCode) -> frozenset[str]:
    """What the words of a term that carry meaning have in common with their inflected forms."""
    return frozenset(stem(word.text, language) for word in _carrying_words(term.text, language))


def _carrying_words(text: str, language: LanguageCode) -> list[Word]:
    """The words that carry meaning, among them the first part of «sous-munition»."""
    return [
        word
        for word in words(text)
        if not is_function_word(word.text, language) or PREFIXED.match(text, word.start)
    ] or words(text)
