"""Where a sentence ends, and where a full stop only shortens a word."""

import re

from app.entries.lint.finding import Span
from app.entries.lint.lists import words_of
from app.languages.codes import LanguageCode
from app.languages.function_words import is_function_word
from app.languages.words import plain, words

_BOUNDARY = re.compile(r"[.!?…]+[»”\")\]]*\s+(?=[«“\"(\[]*\s*([^\W\d_]+))")
_LAST_TOKEN = re.compile(r"[^\s(\[«“\"'’]+$")
_DOT_OR_HYPHEN = re.compile(r"[.‑-]+")

# Shortened words with which a sentence may also end.
_CLOSING = frozenset({"etc", "al", "inc", "ltd", "др", "пр"})


def second_sentence(text: str, language: LanguageCode) -> Span | None:
    """From where on a text is a second sentence, if it has one."""
    for boundary in _BOUNDARY.finditer(text):
        following = boundary[1]
        if not following[0].isupper():
            continue
        token = _token_before(text[: boundary.start()])
        shortens = boundary[0].strip() == "." and _is_shortened(token, language)
        if not shortens or (_may_close(token) and _opens(following, language)):
            return boundary.end(), len(text)
    return None


def ends_with_full_stop(text: str, language: LanguageCode) -> bool:
    """Whether the last character ends a sentence and shortens no word."""
    return text.endswith(".") and not text.endswith("..") and not _is_shortened(_token_before(text[:-1]), language)


def _token_before(text: str) -> str:
    token = _LAST_TOKEN.search(text)
    return token[0] if token else ""


def _is_shortened(token: str, language: LanguageCode) -> bool:
    """Whether a full stop behind this belongs to it: a listed word, or single letters as in U.S. and c.-à-d."""
    parts = _DOT_OR_HYPHEN.split(token)
    single_letters = all(len(part) == 1 and part.isalpha() for part in parts)
    return single_letters or plain(parts[-1]) in words_of("abbreviations", language)


def _may_close(token: str) -> bool:
    return len(_DOT_OR_HYPHEN.split(token)[-1]) == 1 or plain(token) in _CLOSING


def _opens(word: str, language: LanguageCode) -> bool:
    """Whether a word with a capital can only be the first of a sentence, and is no name."""
    return len(words(word)[0].text) > 1 and is_function_word(word, language) and not word.isupper()
