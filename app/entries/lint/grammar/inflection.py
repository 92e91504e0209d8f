"""Whether one phrase is an inflected form of another: target and targets are, target and targeting are not."""

from functools import lru_cache

from app.entries.lint.finding import Span
from app.entries.lint.grammar.occurrences import all_words, carried
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.function_words import is_function_word
from app.languages.morphology import lemmas
from app.languages.spelling import british
from app.languages.words import plain

# Articles come and go, and melt with prepositions: zone d'impact, zones de l'impact.
_ARTICLES = frozenset({"a", "an", "the", "l", "le", "la", "les"})
_MELTED = {"d": "de", "du": "de", "des": "de", "au": "à", "aux": "à"}


def is_form_of(language: LanguageCode, written: str, term: str) -> bool:
    """Whether a phrase in a text is a term, in whatever case, number and gender.

    Prepositions and negations count: поражение по целям is not поражение цели.
    """
    one, other = _parts(language, written), _parts(language, term)
    return len(one) == len(other) and all(_are_forms(language, a, b) for a, b in zip(one, other, strict=True))


def place_of(language: LanguageCode, text: str, span: Span, term: str) -> Span | None:
    """Where a term stands in a text, given the place of the words that carry its meaning; None if it is another.

    Function words at its ends belong to it: a pas de tir is not any tir.
    """
    said, of_term = all_words(text), all_words(term)
    meaning, _ = carried(language, term)
    before = sum(word.end <= meaning[0].start for word in of_term)
    after = sum(word.start >= meaning[-1].end for word in of_term)
    first = next(place for place, word in enumerate(said) if word.start == span[0])
    last = next(place for place, word in enumerate(said) if word.end == span[1])
    if first < before or last + after >= len(said):
        return None
    start, end = said[first - before].start, said[last + after].end
    return (start, end) if is_form_of(language, text[start:end], term) else None


def _parts(language: LanguageCode, phrase: str) -> list[str]:
    parts = [plain(word.text) for word in all_words(phrase)]
    return [_MELTED.get(part, part) if language == "fr" else part for part in parts if part not in _ARTICLES]


@lru_cache(maxsize=65_536)
def _are_forms(language: LanguageCode, one: str, other: str) -> bool:
    if one == other:
        return True
    if is_function_word(one, language) or is_function_word(other, language):
        return False
    return not _dictionary_forms(language, one).isdisjoint(_dictionary_forms(language, other))


def _dictionary_forms(language: LanguageCode, word: str) -> set[str]:
    """What the word may be a form of. Too much does no harm: the words that are compared have one stem."""
    if language == "ru":
        return {word, *lemmas(word)}
    folded = fold(british(word) if language == "en" else word)
    singular = {folded, folded.removesuffix("s"), folded.removesuffix("es")}
    if language == "en":
        return singular | {folded.removesuffix("ies") + "y"}
    singular |= {folded.removesuffix("x"), folded.removesuffix("aux") + "al"}
    return singular | {_masculine(form) for form in singular}


def _masculine(word: str) -> str:
    """guidé for guidée, opérationnel for opérationnelle."""
    short = word.removesuffix("e")
    return short[:-1] if len(short) > 2 and short[-1] == short[-2] else short
