"""Terms in a text: runs of words whose stems are those of a term, the longest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from app.entries.lint.reading import NamedTerm, Use
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.function_words import content_words
from app.languages.keys import term_words
from app.languages.spelling import british
from app.languages.stems import stem
from app.languages.words import Word, plain, words

LONGEST = 8
"""Words of a term that is looked for; function words are not counted."""

MOST_COMBINED = 8
"""Ways of combining the stems of a term's words that are told apart, as in its keys."""

Stems = tuple[str, ...]


class TermIndex:
    """Terms of one language by their stems, for finding them in texts."""

    def __init__(self, language: LanguageCode, terms: Iterable[NamedTerm] = ()) -> None:
        self._language = language
        self._terms: dict[Stems, list[NamedTerm]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        for term in terms:
            self.add(term)

    def add(self, term: NamedTerm) -> None:
        for stems in _stems_of_forms(self._language, term.text):
            self._terms[stems].append(term)
            self._longest[stems[0]] = min(LONGEST, max(self._longest.get(stems[0], 0), len(stems)))

    def uses_in(self, text: str, *, without: str | None = None) -> list[Use]:
        """The terms that occur in a text, in its order; of overlapping ones the longest, of homographs all.

        Those of the entry `without` are passed over.
        """
        found: list[Use] = []
        carrying, stems = carried(self._language, text)
        place = 0
        while place < len(stems):
            for end in range(min(len(stems), place + self._longest.get(stems[place], 0)), place, -1):
                span = (carrying[place].start, carrying[end - 1].end)
                written = text[slice(*span)]
                terms = self._terms.get(stems[place:end], ())
                uses = [Use(span, t) for t in terms if t.number != without and _stands_for(t, written)]
                if uses:
                    found += uses
                    place = end - 1
                    break
            place += 1
        return found


def name_key(language: LanguageCode, text: str) -> str:
    """What two terms share that are the same but for case, accents, hyphens, spaces and regional spelling."""
    if language != "en":
        return fold(text)
    return fold("".join(british(plain(word.text)) for word in words(text)) or text)


def stems_of(language: LanguageCode, text: str) -> Stems:
    """The stems of the words that carry meaning."""
    return carried(language, text)[1]


def runs(language: LanguageCode, text: str) -> Iterator[tuple[Sequence[Word], Stems]]:
    """Every run of words that a term could be, from each word on the longest first."""
    carrying, stems = carried(language, text)
    for start in range(len(carrying)):
        for end in range(min(len(carrying), start + LONGEST), start, -1):
            yield carrying[start:end], stems[start:end]


@lru_cache(maxsize=8192)
def all_words(text: str) -> tuple[Word, ...]:
    """The words of a text; texts are looked at many times while an entry is read."""
    return tuple(words(text))


@lru_cache(maxsize=8192)
def carried(language: LanguageCode, text: str) -> tuple[tuple[Word, ...], Stems]:
    """The words of a text that carry its meaning, and their stems."""
    carrying = tuple(content_words(text, language))
    return carrying, tuple(stem(word.text, language) for word in carrying)


@lru_cache(maxsize=8192)
def _stems_of_forms(language: LanguageCode, term: str) -> tuple[Stems, ...]:
    """The stems that a term has in its various forms: участок and участка have two."""
    found = term_words(term, language)
    return tuple(islice(product(*(word.stems for word in found)), MOST_COMBINED)) if found else ()


def _stands_for(term: NamedTerm, written: str) -> bool:
    """An abbreviation is only meant where its very letters stand: ПРО is not the preposition про."""
    return written == term.text if term.type.is_abbreviated else True
