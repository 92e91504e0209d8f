"""The stems that the forms of a Russian word have, where one stem does not serve them all."""

from functools import lru_cache

from app.languages.morphology import parses
from app.languages.stems import stem
from app.languages.words import plain

# Terms are made of these. Verbs and short adjectives would bring in the stems of other words.
_DECLINED = ("NOUN", "ADJF", "PRTF")
_MOST = 4


@lru_cache(maxsize=65_536)
def other_stems(word: str) -> tuple[str, ...]:
    """The stems of its other forms that differ from its own: «участк» for «участок», «времен» for «время»."""
    own = stem(word, "ru")
    found: dict[str, None] = {}
    for parse in parses(plain(word)):
        if str(parse.tag.POS) not in _DECLINED:
            continue
        for form in parse.lexeme:
            if str(form.tag.POS) in _DECLINED and "Supr" not in form.tag:
                found[stem(form.word, "ru")] = None
    found.pop(own, None)
    return tuple(sorted(found)[:_MOST])
