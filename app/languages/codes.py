"""The three languages of the compendium and the pairs between which equivalence is stated."""

from typing import Literal, get_args

LanguageCode = Literal["en", "fr", "ru"]
LanguagePair = Literal["en-fr", "en-ru", "fr-ru"]

# The order is alphabetical by code and carries no precedence: the texts are equally authentic.
LANGUAGES: tuple[LanguageCode, ...] = get_args(LanguageCode)
PAIRS: tuple[LanguagePair, ...] = get_args(LanguagePair)
