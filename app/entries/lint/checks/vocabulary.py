"""The terms that a text uses: whether they have an entry, and whether that entry stands."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from app.entries.content import Acceptability, Section, Term
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity, Span
from app.entries.lint.grammar.usage import ENDED, OWN, by_place, meant, references, uses
from app.entries.lint.lists import words_of
from app.entries.lint.reading import ALONE, Kind, NamedTerm, PlacedPassage, Reading, Stage
from app.entries.status import EntryStatus
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.function_words import is_function_word
from app.languages.stems import stem
from app.languages.words import Word, words

DISCOURAGED = (Acceptability.DEPRECATED, Acceptability.SUPERSEDED)

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;«“„\"(\[—])\s*$")
_BETWEEN_NAMES = re.compile(r"[\s‑'’-]*")
_VOWEL = re.compile(r"[aeiouyhàâéèêëîïôœùû]", re.IGNORECASE)


@check(17, "deprecated-term-used", Severity.ERROR)
def deprecated_term_is_used(reading: Reading) -> Iterator[Mark]:
    """A definition or note does not use a deprecated or superseded term.

    A note may have to speak of such a term, and a single word that another entry deprecates may have an everyday
    sense: those are warnings. What stands in quotation marks is not used but spoken of.
    """
    for passage in reading.passages():
        if passage.kind not in (Kind.DEFINITION, Kind.NOTE):
            continue
        quoted = [match.span() for match in _QUOTED.finditer(passage.text)]
        for span, terms in by_place(uses(reading, passage.language, passage.text)).items():
            standing = [term for term in terms if term.status not in ENDED]
            if not standing or any(term.acceptability not in DISCOURAGED for term in standing):
                continue
            is_quoted = any(start <= span[0] and span[1] <= end for start, end in quoted)
            if not is_quoted and not _is_composed(reading, passage, span):
                yield _deprecated(reading, passage, span, standing[0])


def _is_composed(reading: Reading, passage: PlacedPassage, span: Span) -> bool:
    """Whether the phrase is two accepted terms side by side, each of them used in its own sense."""
    phrase, language = passage.text[slice(*span)], passage.language
    cuts = [word.start for word in words(phrase)[1:]]
    return any(
        _is_accepted(reading, language, phrase[:cut]) and _is_accepted(reading, language, phrase[cut:])
        for cut in cuts
    )


def _is_accepted(reading: Reading, language: LanguageCode, phrase: str) -> bool:
    terms = meant(reading, language, phrase)
    return any(term.acceptability not in DISCOURAGED and term.status not in ENDED for term in terms)


def _deprecated(reading: Reading, passage: PlacedPassage, span: Span, used: NamedTerm) -> Mark:
    is_own = used.number == (reading.number or OWN)
    is_sure = passage.kind is Kind.DEFINITION and (is_own or len(words(used.text)) > 1)
    section = _section_of(reading, used)
    instead = section.preferred if section else None
    mark = Mark(
        passage.element,
        passage.language,
        span,
        fault="" if instead else "without-preferred",
        severity=Severity.ERROR if is_sure else Severity.WARNING,
        params={"term": used.text, "number": used.number},
    )
    if section is None or instead is None:
        return mark
    old = next((term for term in section.terms if term.text == used.text), None)
    fits = (
        old is not None
        and old.text == passage.text[span[0] : span[1]]
        and _stands_in(instead, old, passage.language)
    )
    return replace(mark, fix=instead.text if fits else None, params={**mark.params, "instead": instead.text})


def _stands_in(new: Term, old: Term, language: LanguageCode) -> bool:
    """Whether one uninflected term may replace the other without a change to the words around it."""
    if language != "en" and old.gender is None:
        return False
    if language != "ru" and bool(_VOWEL.match(new.text)) != bool(_VOWEL.match(old.text)):
        return False  # a missile, but an interceptor; la cible, but l'arme
    return (new.gender, new.number, new.part_of_speech) == (old.gender, old.number, old.part_of_speech)


def _section_of(reading: Reading, term: NamedTerm) -> Section | None:
    entry = reading.surroundings.entry(term.number)
    content = entry.content if entry else reading.content
    return content.languages.get(term.language)


@check(18, "undefined-term", Severity.WARNING)
def term_is_undefined(reading: Reading) -> Iterator[Mark]:
    """A term that a text marks as one, by brackets or capitals, has an entry.

    Capitals count in the midst of a sentence, where some of the words are terms and the whole is no official name.
    """
    if reading.surroundings is ALONE:
        return
    for passage in reading.passages():
        for reference in references(reading, passage):
            known = [n for n in reference.targets if n in (reading.number, OWN) or reading.surroundings.entry(n)]
            if not known:
                fault = "number" if reference.targets else "link"
                yield Mark(passage.element, passage.language, reference.span, fault=fault)
        for span in _capitalised_terms(reading, passage):
            yield Mark(passage.element, passage.language, span, fault="capitals")


def _capitalised_terms(reading: Reading, passage: PlacedPassage) -> Iterator[Span]:
    used = uses(reading, passage.language, passage.text)
    for run in _capitalised_runs(passage.text, passage.language):
        start, end = run[0].start, run[-1].end
        phrase = passage.text[start:end]
        if any(use.span[0] <= start and end <= use.span[1] for use in used) or _has_entry(reading, phrase):
            continue
        parts = [use.term for use in used if start <= use.span[0] and use.span[1] <= end]
        is_term = any(part.text[0].islower() and not part.type.is_abbreviated for part in parts)
        if is_term and not any(_makes_a_name(word, passage.language) for word in run):
            yield (start, end)


def _has_entry(reading: Reading, phrase: str) -> bool:
    """Whether a phrase, perhaps of another language, has an entry."""
    return any(meant(reading, language, phrase) for language in LANGUAGES)


def _capitalised_runs(text: str, language: LanguageCode) -> Iterator[list[Word]]:
    """Two words or more with a capital, with the function words between them.

    The first word of a sentence has a capital anyway, and only belongs to a run that has two without it.
    """
    run: list[Word] = []
    for word in [*words(text), Word("", len(text), len(text))]:
        goes_on = _has_capital(word) or (bool(run) and is_function_word(word.text, language))
        is_beside = bool(run) and _BETWEEN_NAMES.fullmatch(text, run[-1].end, word.start) is not None
        if not (goes_on and is_beside):
            while run and not _has_capital(run[-1]):
                run.pop()
            begins = bool(run) and _SENTENCE_START.search(text[: run[0].start]) is not None
            if sum(map(_has_capital, run)) > 1 + begins:
                yield run
            run = []
        if _has_capital(word) or (run and goes_on):
            run.append(word)


def _has_capital(word: Word) -> bool:
    return word.text[:1].isupper() and not word.text.isupper()


def _makes_a_name(word: Word, language: LanguageCode) -> bool:
    """Whether a word is one that official names of bodies, documents and states are made with."""
    return stem(word.text, language) in _name_stems(language)


@cache
def _name_stems(language: LanguageCode) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words_of("name-words", language))


@check(19, "unsettled-term-used", Severity.ERROR)
def unsettled_term_is_used(reading: Reading) -> Iterator[Mark]:
    """A definition to be agreed uses no term of an entry that is withdrawn, superseded or only proposed.

    A withdrawn entry is an error, a superseded one a warning, proposed ones are for information.
    """
    named: set[str] = {reading.number or OWN}
    for passage in reading.definitions():
        proposed: dict[Span, NamedTerm] = {}
        for span, terms in by_place(uses(reading, passage.language, passage.text)).items():
            numbers, statuses = {term.number for term in terms}, {term.status for term in terms}
            if statuses <= set(ENDED):
                params = {"term": terms[0].text, "number": terms[0].number}
                severity = _of_ended(statuses, reading.stage)
                yield Mark(passage.element, passage.language, span, severity=severity, params=params)
            elif statuses == {EntryStatus.PROPOSED} and named.isdisjoint(numbers):
                proposed[span] = terms[0]
                named |= numbers
        if proposed and reading.stage is Stage.FINAL:
            yield _proposed(passage, proposed)


def _of_ended(statuses: set[EntryStatus], stage: Stage) -> Severity:
    is_grave = stage is Stage.FINAL and statuses == {EntryStatus.WITHDRAWN}
    return Severity.ERROR if is_grave else Severity.WARNING


def _proposed(passage: PlacedPassage, terms: dict[Span, NamedTerm]) -> Mark:
    """One mark for all of them, lest a compendium under construction drown in marks."""
    listed = ", ".join(f"{term.text} ({term.number})" for term in terms.values())
    return Mark(
        passage.element, passage.language, min(terms), "proposed", Severity.INFORMATION, params={"terms": listed}
    )
