"""French nouns: the head of a term, its gender as its ending or a list tells it, and whether it is plural."""

import re
from typing import NamedTuple

from app.entries.content import Gender
from app.entries.lint.lists import words_of

MASCULINE, FEMININE = Gender.MASCULINE, Gender.FEMININE

# In the order in which they are tried. Measured against a lexicon of 40,000 nouns: 1 % of those that an ending
# or a list decides have the other gender, none of them a word of the field.
_ENDINGS = tuple(
    (re.compile(rf"(?:{endings})$"), gender)
    for endings, gender in (
        ("(?:lor|fluor|sulf|carb|cyan|nitr|hydr|iod|brom)ure", MASCULINE),
        ("[tsx]ion|aison|[ieï]té|iété|auté", FEMININE),
        ("[ae]nce|ée|ie|ette|esse|asse|ade|ude|ure|ive|euse|trice|elle|ise|aille|eille", FEMININE),
        ("[ç]on|son|ion", None),
        ("ment|age|isme|ème|ège|mètre|scope|gramme|drome", MASCULINE),
        ("eur|[^aeéiouyàèùsxz]|[aeo]u|oi|[^u]i|é|us|is|um", MASCULINE),
    )
)

_OF_EITHER_GENDER = frozenset({"tour", "trompette", "camarade", "vapeur", "convive"})

_WORD = re.compile(r"[\w’'œ-]+")
# «contre-mesure», «sous-munition», «non-prolifération» have the gender of what follows; «porte-avions» has its own.
_PREFIX = re.compile(
    r"^(?:contre|sous|non|anti|sur|super|ultra|inter|co|ex|micro|mini|multi|semi|demi|mi|post|pré|avant|pseudo|"
    r"électro|radio|télé|aéro|auto|vice)-"
)
_SOLID_PREFIX = re.compile(
    r"^(?:contre|anti|sur|super|hyper|inter|micro|mini|multi|radio|télé|aéro|auto|photo|géo|hydro)(?=.{5})"
)
_VERBAL = re.compile(r"^(?:porte|lance|brise|garde|pare|tire|coupe|perce|chasse|abat|essuie|casse|passe|cache)-")
_PLURAL = re.compile(r"..[eébcdfghlmnrt]s$|.[^t]aux$|(?:li|f|j)eux$|œux$")
_IN_AUX = re.compile(r"[^e]aux$")


class Head(NamedTuple):
    """The head of a French term and its place in it."""

    text: str
    start: int
    end: int


def head_of(term: str) -> Head | None:
    """The noun that a French term turns on: its first word but for adjectives before it."""
    for match in _WORD.finditer(term):
        if match[0].casefold() not in words_of("adjectives-before-nouns", "fr"):
            return Head(match[0], *match.span())
    return None


def gender_of(noun: str) -> Gender | None:
    """The gender of a French noun, or None where neither its ending nor a list tells it for certain."""
    word = _PREFIX.sub("", noun.casefold())
    if _VERBAL.match(word):
        return MASCULINE
    return _gender_of_singular(_singular(word.partition("-")[0]))


def is_plural(noun: str) -> bool:
    """Whether a French noun can only be a plural."""
    word = _PREFIX.sub("", noun.casefold()).partition("-")[0]
    return _singular(word) != word


def _gender_of_singular(word: str) -> Gender | None:
    if gender := _gender_in_lists(word) or _gender_in_lists(_SOLID_PREFIX.sub("", word)):
        return gender
    if word in _OF_EITHER_GENDER:
        return None
    return next((gender for ending, gender in _ENDINGS if ending.search(word)), None)


def _gender_in_lists(word: str) -> Gender | None:
    if word in words_of("feminine-nouns", "fr"):
        return FEMININE
    return MASCULINE if word in words_of("masculine-nouns", "fr") else None


def _singular(word: str) -> str:
    """The word without the ending of the plural, if it certainly has one."""
    if not _PLURAL.search(word) or word in words_of("singular-nouns-in-s", "fr"):
        return word
    return f"{word[:-3]}al" if _IN_AUX.search(word) else word[:-1]
