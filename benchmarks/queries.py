"""What is typed: terms of the synthetic entries whole, begun, inflected and misspelt, and words of their texts."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.entries.content import EntryContent, TermType
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.function_words import content_words
from benchmarks.lexicon import genitive, is_adjective, plural

PREFIX, BEGINNING = 5, 3
"""Letters typed of a term to be searched, and of one to be completed."""

_ALPHABETS: dict[LanguageCode, str] = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdefghijklmnopqrstuvwxyzéè",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
}
_LONG = 8
"""Letters of a term that is misspelt or declined; no abbreviation has as many."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, in which language, and the entry that is meant."""

    text: str
    language: LanguageCode
    entry_id: int


Drawn = Sequence[tuple[int, EntryContent]]


def whole(drawn: Drawn, rng: random.Random) -> list[Query]:
    """A term of each entry as it stands."""
    return _of_terms(drawn, rng, lambda text, _: text, 1)


def begun(drawn: Drawn, rng: random.Random) -> list[Query]:
    """The first letters of a term of each entry."""
    return _of_terms(drawn, rng, lambda text, _: text[:PREFIX].strip(), PREFIX)


def completed(drawn: Drawn, rng: random.Random) -> list[Query]:
    """The first letters of a word of each entry, while it is typed."""
    return _of_terms(drawn, rng, lambda text, _: rng.choice(text.split())[:BEGINNING], BEGINNING)


def inflected(drawn: Drawn, rng: random.Random) -> list[Query]:
    """A term of each entry in another form: genitive in Russian, plural in English and French."""
    return _of_terms(drawn, rng, declined, _LONG)


def misspelt(drawn: Drawn, rng: random.Random) -> list[Query]:
    """A term of each entry with one letter left out, put in, replaced, or exchanged with the next."""
    return _of_terms(drawn, rng, lambda text, language: _with_error(text, language, rng), _LONG)


def two_words(drawn: Drawn, rng: random.Random) -> list[Query]:
    """Two words of the definition of each entry."""
    queries = []
    for entry_id, content in drawn:
        language = rng.choice(LANGUAGES)
        definition = content.languages[language].definition
        assert definition is not None
        found = [word.text for word in content_words(definition.text, language)]
        queries.append(Query(" ".join(rng.sample(found, k=2)), language, entry_id))
    return queries


def declined(text: str, language: LanguageCode) -> str:
    """A term in another form."""
    words = text.split()
    if language == "en":
        return " ".join([*words[:-1], plural(words[-1])])
    head = next((place for place, word in enumerate(words) if not is_adjective(word, language)), 0)
    if language == "ru":
        return " ".join([genitive(word) for word in words[: head + 1]] + words[head + 1 :])
    end = next((place for place, word in enumerate(words) if word == "de" or word.startswith("d'")), len(words))
    return " ".join(["les", *map(plural, words[:end]), *words[end:]])


def _of_terms(
    drawn: Drawn, rng: random.Random, typed: Callable[[str, LanguageCode], str], shortest: int
) -> list[Query]:
    queries = []
    for entry_id, content in drawn:
        language = rng.choice(LANGUAGES)
        terms = content.languages[language].terms
        long = [term for term in terms if len(term.text) >= shortest and term.type is TermType.FULL_FORM]
        text = rng.choice(long or terms).text if shortest > 1 else rng.choice(terms).text
        queries.append(Query(typed(text, language), language, entry_id))
    return queries


def _with_error(text: str, language: LanguageCode, rng: random.Random) -> str:
    """The text with one error, not in its first letter and not at a space."""
    places = [n for n in range(1, len(text) - 1) if text[n].isalpha() and text[n + 1].isalpha()]
    if not places:
        return text
    place = rng.choice(places)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    other = rng.choice([sign for sign in _ALPHABETS[language] if sign != letter])
    changed = rng.choice((before + after, before + other + letter + after, before + other + after))
    if after[0] != letter and rng.random() < 0.25:
        return before + after[0] + letter + after[1:]
    return changed
