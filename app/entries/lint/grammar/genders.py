"""The gender that a French or Russian term has by its head noun."""

import re
from dataclasses import dataclass

from app.entries.content import Gender, GrammaticalNumber, PartOfSpeech, Term, TermType
from app.entries.lint.grammar.french_nouns import gender_of, head_of
from app.entries.lint.reading import PlacedTerm, Reading
from app.languages.codes import LanguageCode
from app.languages.morphology import head_noun, readings
from app.languages.words import words


@dataclass(frozen=True, slots=True)
class Expected:
    """A gender, and the noun that has it."""

    gender: Gender
    head: str


def gender_by_grammar(reading: Reading, placed: PlacedTerm) -> Expected | None:
    """The gender of the head noun, or None where it cannot be told for certain."""
    term = placed.term
    if placed.language == "fr" and _is_borrowed(reading, term):
        return None
    if term.type in (TermType.ACRONYM, TermType.SYMBOL):
        # An acronym goes its own ways: le radar, but la détection; МИД is masculine, министерство is not.
        return None
    full_form = _of_phrase(placed.language, term.abbreviation_of) if term.abbreviation_of else None
    if term.type.is_abbreviated:
        return full_form
    initialism = _INITIALISM.match(term.text)
    if initialism and initialism[0].isupper():
        return _of_initialism(reading, placed.language, initialism[0]) or full_form
    return _of_phrase(placed.language, term.text)


_INITIALISM = re.compile(r"[^\W\d_]{2,}(?= )")


def _of_phrase(language: LanguageCode, text: str) -> Expected | None:
    return _french(text) if language == "fr" else _russian(text)


def _of_initialism(reading: Reading, language: LanguageCode, text: str) -> Expected | None:
    """The gender that the initialism has in this entry, or in all others that have it: «РЛС наведения»."""
    entries = [reading.content]
    for named in reading.surroundings.named(language, text):
        neighbour = reading.surroundings.entry(named.number)
        entries += [neighbour.content] if neighbour else []
    terms = [term for entry in entries if language in entry.languages for term in entry.languages[language].terms]
    genders = {term.gender for term in terms if term.text == text and term.gender and term.type.is_abbreviated}
    return Expected(genders.pop(), text) if len(genders) == 1 else None


def may_lack_gender(placed: PlacedTerm) -> bool:
    """Whether a Russian term is a plural without a singular, which has no gender, such as «сутки»."""
    if placed.language != "ru" or placed.term.number is not GrammaticalNumber.PLURAL:
        return False
    head = head_noun(placed.term.text)
    return head is not None and head.gender is None


def _is_borrowed(reading: Reading, term: Term) -> bool:
    """Whether the term is an English name: no French ending tells its gender."""
    english = reading.content.languages.get("en")
    is_name = term.part_of_speech is PartOfSpeech.PROPER_NOUN
    return english is not None and is_name and term.text in [t.text for t in english.terms]


def _french(text: str) -> Expected | None:
    head = head_of(text)
    gender = gender_of(head.text) if head else None
    return Expected(gender, head.text) if head and gender else None


def _russian(text: str) -> Expected | None:
    head = head_noun(text)
    if head is not None:
        return Expected(Gender(head.gender), head.lemma) if head.gender else None
    return _by_its_adjective(text)


def _by_its_adjective(text: str) -> Expected | None:
    """«Национальная ПРО» is feminine, as its adjective shows."""
    found = words(text)
    initialism = next((place for place, word in enumerate(found) if word.text.isupper() and len(word.text) > 1), 0)
    if initialism != 1:
        return None
    adjectives = [r for r in readings(found[0].text) if r.part_of_speech == "adjective" and r.case == "nominative"]
    genders = {reading.gender for reading in adjectives if reading.number == "singular" and reading.gender}
    return Expected(Gender(genders.pop()), text) if len(genders) == 1 else None
