"""Putting parameters into a translated sentence."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from babel.lists import format_list
from babel.numbers import format_decimal

from app.languages.codes import LanguageCode

LONGEST = 500
"""Characters of a value, which may be a sentence that is filled already."""
MOST = 20
"""Items of a list."""

_NO_BREAK = "\u00a0\u202f"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LARGEST = 10**15


def filled(sentence: str, params: dict[str, Any], language: LanguageCode) -> str:
    """The sentence with its placeholders filled: numbers and lists as the language writes them.

    A placeholder without a parameter stays visible rather than failing while an error is being reported.
    """

    def value(match: re.Match[str]) -> str:
        return _shown(params[match[1]], language) if match[1] in params else match[0]

    # In one pass, so that a value which looks like a placeholder is quoted and not filled.
    return _PLACEHOLDER.sub(value, sentence)


def put(sentence: str, **texts: str) -> str:
    """The sentence with texts of our own in the places of its placeholders, whole and as they are."""
    return _PLACEHOLDER.sub(lambda match: texts.get(match[1], match[0]), sentence)


def _shown(value: Any, language: LanguageCode) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        items = [_item(item, language) for item in islice(value, MOST + 1)]
        if len(items) > MOST:
            items[MOST] = "…"
        return str(format_list(items, locale=language))
    return _item(value, language)


def _item(value: Any, language: LanguageCode) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float) and abs(value) < _LARGEST:
        return str(format_decimal(value, locale=language))
    # What a client sent is quoted back in part at most, on one line and without control characters.
    printable = "".join(c if c.isprintable() or c in _NO_BREAK else " " for c in str(value))
    line = " ".join(filter(None, printable.split(" ")))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
