"""The three languages of the compendium and the pairs between which equivalence is stated."""

from typing import Literal, get_args

LanguageCode = Literal["en", "fr", "ru"]
LanguagePair = Literal["en-fr", "en-ru", "fr-ru"]

# The order is alphabetical by code and carries no precedence: the texts are equally authentic.
LANGUAGES: tuple[LanguageCode, ...] = get_args(LanguageCode)
PAIRS: tuple[LanguagePair, ...] = get_args(LanguagePair)


def pair_of(one: LanguageCode, other: LanguageCode) -> LanguagePair | None:
    """The pair that two languages form, in either order; None for a language with itself."""
    for pair in PAIRS:
        if pair.split("-") == sorted((one, other)):
            return pair
    return None
