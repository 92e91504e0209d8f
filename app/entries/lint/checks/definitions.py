"""The form of a definition: one phrase that begins with the genus (ISO 704, 6; ISO 10241-1, 6.4)."""

import re
from collections.abc import Iterator

from app.entries.content import GrammaticalNumber, PartOfSpeech, Term
from app.entries.lint.catalogue import check
from app.entries.lint.checks.circularity import own_names
from app.entries.lint.finding import Mark, Severity, Span
from app.entries.lint.grammar.genus import begins_with_collective, opening_infinitive, opening_number
from app.entries.lint.grammar.sentences import ends_with_full_stop, second_sentence
from app.entries.lint.lists import pattern_of, words_of
from app.entries.lint.reading import PlacedPassage, Reading
from app.languages.function_words import is_function_word
from app.languages.words import Word, plain, words

ARTICLES = {
    "en": frozenset({"a", "an", "the"}),
    "fr": frozenset({"un", "une", "le", "la", "les", "l", "des"}),
}

AFTER_ARTICLE = (" ", "\u00a0", "'", "’")

SHORTEST, LONG, LONGEST = 3, 60, 100
"""Words of a definition."""

NOUNS = (PartOfSpeech.NOUN, PartOfSpeech.PROPER_NOUN)

_LEADING = re.compile(r"[\s'’—–-]*")
_COMPOUND = re.compile(r"[-‐‑]\w")
_DESIGNATION = re.compile(r"[-‐‑]\d")


@check(3, "definition-opens-with-term", Severity.ERROR)
def repeats_term(reading: Reading) -> Iterator[Mark]:
    """A definition opens neither with the term itself nor with “is”, “means” or the like.

    ISO 22745-11, 8.4.
    """
    for passage in reading.definitions():
        names = own_names(reading.content.languages[passage.language], passage.language)
        opening = _without_article(passage)
        repeated = next((term for term in names if _opens_with(passage.text, opening, term)), None)
        if repeated:
            span = _opens_with(passage.text, opening, repeated)
            yield Mark(passage.element, passage.language, span, fault="term", params={"term": repeated.text})
        elif copula := _listed_opening("copulas", passage):
            yield Mark(passage.element, passage.language, copula, fault="copula")


@check(4, "definition-article", Severity.ERROR, ("en", "fr"))
def opens_with_article(reading: Reading) -> Iterator[Mark]:
    """A definition begins with its genus, not with an article."""
    for passage in reading.definitions():
        if first := _article(passage):
            severity = Severity.ERROR if passage.language == "en" else Severity.WARNING
            yield Mark(passage.element, passage.language, (first.start, first.end), severity=severity)


@check(5, "definition-capital", Severity.WARNING)
def opens_with_capital(reading: Reading) -> Iterator[Mark]:
    """A definition begins with a small letter, unless its first word is a name or an initialism."""
    for passage in reading.definitions():
        opening = words(passage.text)[:2]
        if not opening or not opening[0].text[0].isupper() or _is_name(opening, reading, passage):
            continue
        first = opening[0]
        span, small = (first.start, first.start + 1), first.text[0].lower()
        yield Mark(passage.element, passage.language, span, fix=small, params={"word": first.text})


@check(6, "definition-full-stop", Severity.WARNING)
def ends_like_a_sentence(reading: Reading) -> Iterator[Mark]:
    """A definition is a phrase and ends without a full stop."""
    for passage in reading.definitions():
        if ends_with_full_stop(passage.text, passage.language):
            end = len(passage.text)
            yield Mark(passage.element, passage.language, (end - 1, end), fix="")


@check(7, "several-sentences", Severity.ERROR)
def says_more_than_one_thing(reading: Reading) -> Iterator[Mark]:
    """A definition is a single phrase; what goes beyond it belongs in a note."""
    for passage in reading.definitions():
        if surplus := second_sentence(passage.text, passage.language):
            yield Mark(passage.element, passage.language, surplus)


@check(8, "definition-length", Severity.WARNING)
def has_unusual_length(reading: Reading) -> Iterator[Mark]:
    """A definition has three words at least and sixty at most; with more than a hundred it is refused."""
    counts = {passage.language: _length(passage.text) for passage in reading.definitions()}
    lengths = ", ".join(f"{language.upper()} {count}" for language, count in counts.items())
    for passage in reading.definitions():
        count = counts[passage.language]
        if SHORTEST <= count <= LONG:
            continue
        fault, limit = ("short", SHORTEST) if count < SHORTEST else ("long", LONG if count <= LONGEST else LONGEST)
        severity = Severity.WARNING if limit == LONG else Severity.ERROR
        params = {"count": count, "limit": limit, "lengths": lengths}
        yield Mark(passage.element, passage.language, None, fault, severity, params=params)


@check(10, "negative-definition", Severity.WARNING)
def says_what_it_is_not(reading: Reading) -> Iterator[Mark]:
    """A definition says what the concept is; what it is not only where the lack is what distinguishes it."""
    for passage in reading.definitions():
        denial = _listed_opening("negative", passage)
        if denial and not _listed_opening("limits", passage):
            yield Mark(passage.element, passage.language, denial)


@check(11, "no-genus", Severity.ERROR)
def names_no_broader_concept(reading: Reading) -> Iterator[Mark]:
    """The definition of a noun begins with the broader concept, not with “when”, “used to” or a verb."""
    for passage in reading.definitions():
        if _part_of_speech(reading, passage) not in NOUNS:
            continue
        if clause := _listed_opening("no-genus", passage):
            yield Mark(passage.element, passage.language, clause, fault="clause")
        elif verb := opening_infinitive(passage.text, passage.language):
            yield Mark(passage.element, passage.language, (0, verb.end), fault="verb")


@check(12, "genus-form", Severity.WARNING)
def differs_in_form(reading: Reading) -> Iterator[Mark]:
    """A definition has the grammatical form of its term: a verb for a verb, the singular for a singular."""
    for passage in reading.definitions():
        part_of_speech = _part_of_speech(reading, passage)
        if part_of_speech in (PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE):
            if noun := _listed_opening("acts-and-qualities", passage):
                yield Mark(passage.element, passage.language, noun, fault=part_of_speech.value)
        elif part_of_speech in NOUNS:
            yield from _number_marks(reading, passage)


def _number_marks(reading: Reading, passage: PlacedPassage) -> Iterator[Mark]:
    """Whether a singular term is defined by a plural, or the other way round."""
    term, language = _leading_term(reading, passage), passage.language
    # "Set of measures" defines a plural, and "clothing" is defined by one.
    if term is None or any(begins_with_collective(text, language) for text in (term.text, passage.text)):
        return
    numbers = term.number or opening_number(term.text, language), opening_number(passage.text, language)
    params = {"term": term.text}
    if numbers == (GrammaticalNumber.SINGULAR, GrammaticalNumber.PLURAL):
        yield Mark(passage.element, language, _first_word(passage), fault="plural", params=params)
    elif numbers == (GrammaticalNumber.PLURAL, GrammaticalNumber.SINGULAR):
        # Many plural terms name one thing: "communications", «консультации».
        severity = Severity.INFORMATION
        yield Mark(passage.element, language, _first_word(passage), "singular", severity, params=params)


def _leading_term(reading: Reading, passage: PlacedPassage) -> Term | None:
    section = reading.content.languages[passage.language]
    return section.preferred or next(iter(section.terms), None)


def _part_of_speech(reading: Reading, passage: PlacedPassage) -> PartOfSpeech | None:
    term = _leading_term(reading, passage)
    return term.part_of_speech if term else None


def _length(text: str) -> int:
    """How many words a reader counts: what stands between spaces, dashes left out."""
    return sum(any(character.isalnum() for character in part) for part in text.split())


def _first_word(passage: PlacedPassage) -> Span:
    first = words(passage.text)[0]
    return first.start, first.end


def _article(passage: PlacedPassage) -> Word | None:
    """The article with which a definition begins; "A-class" and "L2" begin with a letter."""
    first = next(iter(words(passage.text)), None)
    articles = ARTICLES.get(passage.language, frozenset())
    if first and first.text.casefold() in articles and passage.text[first.end : first.end + 1] in AFTER_ARTICLE:
        return first
    return None


def _without_article(passage: PlacedPassage) -> int:
    """From where on a definition is read, after an article or a dash."""
    article = _article(passage)
    leading = _LEADING.match(passage.text, article.end if article else 0)
    return leading.end() if leading else 0


def _listed_opening(name: str, passage: PlacedPassage) -> Span | None:
    found = pattern_of(name, passage.language).match(passage.text, _without_article(passage))
    return found.span() if found else None


def _opens_with(text: str, start: int, term: Term) -> Span | None:
    """Where a text says the very words of a term from some place on, and not a compound of them."""
    named = words(term.text)
    said = [word for word in words(text) if word.start >= start][: len(named)]
    if not said or [plain(word.text) for word in said] != [plain(word.text) for word in named]:
        return None
    # The Alliance is an alliance: a name is not the common noun of the same letters.
    only_a_name = named[0].text[0].isupper() and said[0].text[0].islower()
    if only_a_name or _COMPOUND.match(text, said[-1].end):
        return None
    return said[0].start, said[-1].end


def _is_name(opening: list[Word], reading: Reading, passage: PlacedPassage) -> bool:
    """Whether the first word is a name, a designation or an initialism."""
    first, following = opening[0], opening[1:]
    if len(first.text) == 1:
        return passage.text[first.end : first.end + 1] not in AFTER_ARTICLE
    section = reading.content.languages[passage.language]
    of_terms = {word.text for term in section.terms for word in words(term.text)}
    if first.text.lower() in of_terms or is_function_word(first.text, passage.language):
        return False
    return (
        not first.text[1:].islower()
        or first.text in of_terms | words_of("names", passage.language)
        or _DESIGNATION.match(passage.text, first.end) is not None
        # "Joint Data Exchange Center"
        or any(word.text[0].isupper() and not word.text.isupper() for word in following)
    )
