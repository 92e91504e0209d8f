"""Abbreviations: what they stand for, and whether they are those of the language."""

import re
from collections.abc import Iterator

from app.entries.content import Acceptability, EntryContent, Term, TermType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.initials import fits
from app.entries.lint.lists import replacements_of, words_of
from app.entries.lint.reading import Kind, PlacedPassage, PlacedTerm, Reading
from app.languages.codes import LanguageCode
from app.languages.transliteration import to_latin
from app.languages.words import words

_INITIALISMS = re.compile(r"(?=.*[^\W\d_].?[^\W\d_])(?:[^\W\d_]\d?){1,6}(?: (?:[^\W\d_]\d?){1,6})*")


@check(26, "abbreviation-expansion", Severity.WARNING)
def abbreviation_has_its_full_form(reading: Reading) -> Iterator[Mark]:
    """An abbreviation names its full form, and its letters come from it.

    One that is borrowed from another language of the entry, such as ROE in French, need not fit.
    """
    for placed in reading.terms():
        term = placed.term
        if term.type is TermType.SYMBOL:
            continue
        if term.abbreviation_of is not None:
            if term.type.is_abbreviated and not _fits(reading, placed, term.abbreviation_of):
                yield _mark(placed, "initials", full_form=term.abbreviation_of)
        elif term.type.is_abbreviated or term.type is TermType.SHORT_FORM:
            yield _mark(placed, "no-full-form")
        elif term.type is TermType.FULL_FORM and _INITIALISMS.fullmatch(term.text) and term.text.isupper():
            yield _mark(placed, "type")


def _mark(placed: PlacedTerm, fault: str, full_form: str = "") -> Mark:
    span = (0, len(placed.term.text))
    params = {"full_form": full_form} if full_form else {}
    return Mark(f"{placed.element}.text", placed.language, span, fault, params=params)


def _fits(reading: Reading, placed: PlacedTerm, full_form: str) -> bool:
    """Whether the letters are those of the full form, or of a synonym of it, or of another language."""
    text, language = placed.term.text, placed.language
    section = reading.content.languages[language]
    synonyms = [term.text for term in section.terms if not term.type.is_abbreviated]
    if any(fits(text, synonym, language) for synonym in (full_form, *synonyms)):
        return True
    others = [s.terms for code, s in reading.content.languages.items() if code != language]
    borrowed = {term.text for terms in others for term in terms if term.type.is_abbreviated}
    # НАТО is NATO in Russian letters.
    return text in borrowed or to_latin(text, "gost-7.79-a") in borrowed


_ROMAN = re.compile(r"[IVXLC]+")
_UNIT = re.compile(r"[kMGT]?(?:Hz|Pa|W|N|V|J)|dB\w?|[kM]t")
# SM-3, F-16, AN/TPY-2: parts of a designator.
_DESIGNATOR = re.compile(r"(?<![\w/])(?:[\w/]*[-/]\w*\d\w*|\w+/[\w/-]+)")
_QUOTED = re.compile(r"«[^»]*»")
# Kinetic Energy Interceptor (KEI): a name, and what it is cut short to.
_OF_NAME = re.compile(r"\b[A-Z][a-z][\w-]* \([A-Z]\w*\)")
_SPEAKS_OF_WORDS: dict[LanguageCode, re.Pattern[str]] = {
    "fr": re.compile(r"(?i)\b(?:sigles?|acronymes?|abr[ée]viations?|anglais\w*|anglo\w*)\b"),
    "ru": re.compile(r"(?i)\b(?:сокращ|аббревиат|англ|обознач|латин)\w*"),
}


@check(27, "untranslated-abbreviation", Severity.WARNING, ("fr", "ru"))
def abbreviation_is_translated(reading: Reading) -> Iterator[Mark]:
    """A French or Russian text uses the abbreviations of its language, not English ones.

    International ones are allowed, and so are those that are terms of the language. A note may speak of them.
    """
    for passage in reading.passages():
        if passage.language == "en" or passage.kind not in (Kind.DEFINITION, Kind.NOTE, Kind.EXAMPLE):
            continue
        if passage.kind is Kind.DEFINITION or not _SPEAKS_OF_WORDS[passage.language].search(passage.text):
            yield from _foreign_acronyms(reading, passage)


def _foreign_acronyms(reading: Reading, passage: PlacedPassage) -> Iterator[Mark]:
    language = passage.language
    left_out = [m.span() for pattern in (_QUOTED, _DESIGNATOR, _OF_NAME) for m in pattern.finditer(passage.text)]
    for word in words(passage.text):
        is_left_out = any(start <= word.start and word.end <= end for start, end in left_out)
        if is_left_out or not _is_latin_acronym(word.text) or _is_known(reading, language, word.text):
            continue
        instead = _instead(reading, language, word.text)
        if language == "ru" or instead is not None:
            fault, params = ("instead", {"instead": instead}) if instead else ("unknown", {})
            yield Mark(passage.element, language, (word.start, word.end), fault, params=params)


def _is_latin_acronym(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    capitals = [letter for letter in letters if letter.isupper()]
    is_mostly_capital = len(capitals) > 1 and 2 * len(capitals) >= len(letters)
    return is_mostly_capital and text.isascii() and not _ROMAN.fullmatch(text) and not _UNIT.fullmatch(text)


def _is_known(reading: Reading, language: LanguageCode, acronym: str) -> bool:
    """Whether the acronym is international, or part of a term of this language here or in another entry."""
    own = [word.text for term in reading.content.languages[language].terms for word in words(term.text)]
    listed = words_of("international-acronyms", language)
    return acronym.upper() in listed or acronym in own or bool(reading.surroundings.named(language, acronym))


def _instead(reading: Reading, language: LanguageCode, acronym: str) -> str | None:
    """What the language says instead: by the list, or by the entry that has the acronym in English."""
    if listed := replacements_of("english-acronyms", language).get(acronym):
        return listed
    neighbours = [reading.surroundings.entry(named.number) for named in reading.surroundings.named("en", acronym)]
    entries = [reading.content, *(neighbour.content for neighbour in neighbours if neighbour)]
    for content in entries:
        is_english = any(term.text == acronym for term in _terms(content, "en"))
        own = [term for term in _terms(content, language) if term.acceptability in _ACCEPTED]
        if is_english and own:
            return next((term.text for term in own if term.type.is_abbreviated), own[0].text)
    return None


_ACCEPTED = (Acceptability.PREFERRED, Acceptability.ADMITTED)


def _terms(content: EntryContent, language: LanguageCode) -> tuple[Term, ...]:
    section = content.languages.get(language)
    return section.terms if section else ()
