"""The stems that the forms of a Russian word have, where one stem does not serve them all."""

from functools import lru_cache

from app.languages.morphology import parses
from app.languages.stems import stem
from app.languages.words import plain

_MOST = 4
_LIKELY = 0.2
"""A reading counts if it is so likely in proportion to the likeliest."""
_NAMES = frozenset(("Surn", "Name", "Patr", "Abbr"))


@lru_cache(maxsize=65_536)
def other_stems(word: str) -> tuple[str, ...]:
    """The stems of its other forms that differ from its own: «участк» for «участок», «времен» for «время».

    Only nouns have such forms; those of verbs and short adjectives would bring in the stems of other words.
    """
    own = stem(word, "ru")
    readings = parses(plain(word))
    likely = [parse for parse in readings if parse.score >= _LIKELY * readings[0].score]
    # A form may be several cases of one word, which has its forms only once.
    nouns = {
        parse.normal_form: parse for parse in likely if parse.tag.POS == "NOUN" and not _NAMES & parse.tag.grammemes
    }
    forms = {form.word for parse in nouns.values() for form in parse.lexeme}
    return tuple(sorted({stem(form, "ru") for form in forms} - {own})[:_MOST])
