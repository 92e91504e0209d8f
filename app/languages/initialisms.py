"""Initialisms and other words written in capitals, which have next to no endings."""

from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.morphology import parses
from app.languages.words import plain

_LONGEST = 10
"""Longer words in capitals are words."""
_SHORTEST_CUT = 4
"""An English plural such as MANPADS is also cut back to a singular, if that many letters are left."""

_VOWELS = frozenset("аеиоуыэюя")
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщ")
# Those of a masculine noun that ends in a consonant: ГОСТ, ГОСТа, ГОСТы, ГОСТов.
_ENDINGS = frozenset(("а", "у", "ом", "е", "ы", "и", "ов", "ев", "ам", "ами", "ах"))


def is_initialism(word: str, *, abbreviated: bool = False) -> bool:
    """Whether a word of a term is written in capitals for their own sake; of an abbreviation one is enough: Pk."""
    capitals = sum(map(str.isupper, word))
    return len(word) <= _LONGEST and (capitals > word[:1].isupper() or (abbreviated and capitals > 0))


def is_form_of_initialism(word: str, initialism: str, language: LanguageCode) -> bool:
    """Whether a word, in whatever letters, is an initialism or a form of it that people really write.

    English ones have a plural: WMDs. Russian ones that can be read as a word are declined like one: ЦОДы, НУРСами;
    ЗРК and НАТО are not. French ones do not change.
    """
    typed, own = fold(word), fold(initialism)
    if typed == own:
        return True
    if language == "en":
        return _is_plural(word, typed, own) or (own == typed + "s" and len(typed) >= _SHORTEST_CUT)
    return (
        language == "ru"
        and typed.startswith(own)
        and is_declined(own, typed.removeprefix(own))
        and not _is_rather_a_word(word)
    )


def _is_plural(word: str, typed: str, own: str) -> bool:
    # «loss» is no plural of LOS, but LOSs is.
    return typed == own + "s" and (not own.endswith("s") or (word[:-1].isupper() and word[-1] == "s"))


def is_declined(initialism: str, ending: str) -> bool:
    """Whether a Russian initialism can have such an ending: if it is read as a word that ends in a consonant."""
    own = fold(initialism)
    return fold(ending) in _ENDINGS and own[-1:] in _CONSONANTS and not _VOWELS.isdisjoint(own)


def _is_rather_a_word(word: str) -> bool:
    # «сизом» is a form of «сизый» rather than of an initialism in small letters.
    return word.islower() and any(parse.is_known for parse in parses(plain(word)))
