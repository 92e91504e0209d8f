"""Stems: what is left of a word when its endings are cut, so that its inflected forms meet."""

import re
import threading
import unicodedata
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

import snowballstemmer

from app.languages.codes import LanguageCode
from app.languages.function_words import content_words
from app.languages.spelling import common_spelling
from app.languages.words import plain

_RULES = 1
_ALGORITHMS: dict[LanguageCode, str] = {"en": "english", "fr": "french", "ru": "russian"}
_per_thread = threading.local()

# An accent that decides how Snowball cuts a French word, put back where French leaves no doubt about it.
_FRENCH_ENDINGS = [
    (re.compile(r"e(es?)$"), r"é\1"),  # portee: portée
    (re.compile(r"ite(s?)$"), r"ité\1"),  # capacite: capacité
    (re.compile(r"iere(s?|ment)$"), r"ière\1"),  # premiere: première
    (re.compile(r"(g|ch)er(?:e?s?)$"), r"\1er"),  # legere, legers: leger
]
# Forms of one word that Snowball leaves apart: actif and active, déployé and déployée.
_FRENCH_STEM_ENDINGS = [(re.compile(r"if$"), "iv"), (re.compile(r"y$"), "i")]
# Nouns that Snowball takes for adjectives in some cases: систему as if of «систый».
_RUSSIAN_CUT_SHORT = re.compile(r"(сист|пробл)$")


def _stems_version() -> str:
    parts = [f"snowball {version('snowballstemmer')}"]
    with suppress(PackageNotFoundError):  # where it has no wheel, the same algorithms run in Python
        parts.append(f"pystemmer {version('pystemmer')}")
    return f"{', '.join(parts)}, rules {_RULES}"


STEMS_VERSION = _stems_version()
"""What the stems depend on; stored stems made under another version have to be made again."""


@lru_cache(maxsize=65_536)
def stem(word: str, language: LanguageCode) -> str:
    """The stem of one word; the same with or without accents, in British or American spelling."""
    lowered = plain(word)
    if language == "en":
        return _unaccented(_snowball(common_spelling(lowered), language))
    if language == "fr":
        stemmed = _snowball(_first_match(_FRENCH_ENDINGS, _unaccented(lowered)), language)
        return _first_match(_FRENCH_STEM_ENDINGS, _unaccented(stemmed))
    return _RUSSIAN_CUT_SHORT.sub(r"\1ем", _snowball(lowered, language))


def content_stems(text: str, language: LanguageCode) -> list[str]:
    """The stems of the words that carry the meaning of a text, in its order."""
    return [stem(word.text, language) for word in content_words(text, language)]


def _snowball(word: str, language: LanguageCode) -> str:
    # A stemmer keeps the word it works on inside itself, so that each thread needs its own.
    stemmers = _per_thread.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(_ALGORITHMS[language])
    stemmed: str = stemmers[language].stemWord(word)
    return stemmed


def _first_match(endings: list[tuple[re.Pattern[str], str]], word: str) -> str:
    """The word with the first of these endings that it has replaced."""
    for ending, replacement in endings:
        word, changed = ending.subn(replacement, word)
        if changed:
            break
    return word


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
