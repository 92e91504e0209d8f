"""The terms of a section: which is preferred, in what form it is written, and its gender."""

import re
from collections.abc import Iterator

from app.entries.content import GrammaticalNumber, PartOfSpeech, TermType
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.french_nouns import head_of, is_plural
from app.entries.lint.grammar.genders import gender_by_grammar, may_lack_gender
from app.entries.lint.grammar.genus import opening_number
from app.entries.lint.lists import words_of
from app.entries.lint.reading import PlacedTerm, Reading, Stage
from app.languages.morphology import readings
from app.languages.words import words


@check(30, "preferred-term", Severity.ERROR)
def has_one_preferred_term(reading: Reading) -> Iterator[Mark]:
    """Each language has one preferred term that is a full form, or says that it has no equivalent.

    A draft may still lack it.
    """
    severity = Severity.ERROR if reading.stage is Stage.FINAL else Severity.WARNING
    for language, section in reading.content.languages.items():
        if section.terms and section.no_equivalent is None and section.preferred is None:
            yield Mark(f"languages.{language}.terms", language, severity=severity)


_ARTICLE = {
    "en": re.compile(r"(?:an?|the) (?!priori|posteriori)", re.IGNORECASE),
    "fr": re.compile(r"(?:(?:une?|les?|la|des|du) |l['’])", re.IGNORECASE),
}
_GLOSS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BAND = re.compile(r"\w{1,2}-")
"""«Ka-диапазон» and “Ku-band” keep their capital."""
_LONGEST_INITIALISM = 6
"""Longer words in capitals are words, and no initialisms: BALLISTIC MISSILE, but not БР ТВД."""


@check(31, "term-form", Severity.WARNING)
def has_the_form_of_a_term(reading: Reading) -> Iterator[Mark]:
    """A term is in its basic form: lower case, singular, nominative, without article, full stop and brackets."""
    for placed in reading.terms():
        yield from (_mark(placed, "gloss", match.span()) for match in _GLOSS.finditer(placed.term.text))
        if not placed.term.type.is_abbreviated:
            yield from _as_written(placed)
        is_noun = placed.term.part_of_speech in (PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN)
        if is_noun and not placed.term.type.is_abbreviated and placed.term.type is not TermType.PHRASE:
            yield from _as_inflected(placed)


def _as_written(placed: PlacedTerm) -> Iterator[Mark]:
    text = placed.term.text
    if text.endswith(".") and text[-2:-1].isalnum():
        yield _mark(placed, "full-stop", (len(text) - 1, len(text)), fix="")
    if placed.term.part_of_speech is PartOfSpeech.PROPER_NOUN:
        return
    article = _ARTICLE[placed.language].match(text) if placed.language in _ARTICLE else None
    if article and len(text) > article.end():
        yield _mark(placed, "article", article.span(), fix="")
        return
    first = next(iter(words(text)), None)
    if text.isupper() and any(len(word) > _LONGEST_INITIALISM for word in text.split()):
        yield _mark(placed, "capital", (0, len(text)), fix=text.lower())
    elif first and first.start == 0 and _is_needlessly_capital(text, first.text, placed):
        yield _mark(placed, "capital", (0, first.end), fix=first.text.lower())


def _is_needlessly_capital(text: str, first: str, placed: PlacedTerm) -> bool:
    if not (first[0].isupper() and first[1:].islower() and first.isalpha()):
        return False
    return not _BAND.match(text) and first not in words_of("names", placed.language)


def _as_inflected(placed: PlacedTerm) -> Iterator[Mark]:
    if placed.language == "ru" and _is_not_nominative(placed.term.text):
        yield _mark(placed, "not-nominative")
    elif placed.term.number is None and _is_plural(placed):
        yield _mark(placed, "plural")


def _is_plural(placed: PlacedTerm) -> bool:
    if placed.language == "fr":
        head = head_of(placed.term.text)
        return head is not None and is_plural(head.text)
    # The number of an initialism is that of what it stands for.
    first = next(iter(words(placed.term.text)), None)
    is_word = first is not None and not first.text.isupper()
    return is_word and opening_number(placed.term.text, placed.language) is GrammaticalNumber.PLURAL


def _is_not_nominative(text: str) -> bool:
    """Whether the first word of a Russian term is a noun or an adjective in another case for certain."""
    first = next(iter(words(text)), None)
    found = readings(first.text) if first and not first.text.isupper() else ()
    is_sure = bool(found) and all(r.is_known and r.part_of_speech in ("noun", "adjective") for r in found)
    return is_sure and all(r.case not in ("nominative", None) for r in found)


@check(32, "gender", Severity.ERROR, ("fr", "ru"))
def has_the_gender_of_its_head(reading: Reading) -> Iterator[Mark]:
    """A French or Russian noun has a gender, and it is that of its head noun.

    An abbreviation has the gender of its full form. A draft may still lack the gender.
    """
    missing = Severity.ERROR if reading.stage is Stage.FINAL else Severity.WARNING
    for placed in reading.terms():
        term = placed.term
        is_noun = term.part_of_speech in (PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN)
        if placed.language == "en" or not is_noun or term.type is TermType.SYMBOL:
            continue
        expected = gender_by_grammar(reading, placed)
        element = f"{placed.element}.gender"
        params = {"term": term.text, "head": expected.head if expected else ""}
        if term.gender is None and not may_lack_gender(placed):
            fix = expected.gender.value if expected else None
            yield Mark(element, placed.language, fault="missing", severity=missing, fix=fix, params=params)
        elif term.gender is not None and expected and expected.gender is not term.gender:
            fix = expected.gender.value
            yield Mark(element, placed.language, fault=fix, severity=Severity.WARNING, fix=fix, params=params)


def _mark(placed: PlacedTerm, fault: str, span: tuple[int, int] | None = None, fix: str | None = None) -> Mark:
    return Mark(f"{placed.element}.text", placed.language, span, fault, fix=fix, params={"term": placed.term.text})
