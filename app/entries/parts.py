"""The parts of a content: what a certificate, a position or a remark is about, and its digest. Pure."""

import re
from typing import Any

from app.canonical import digest, encode
from app.entries.canonical import without_empty
from app.entries.content import EntryContent
from app.entries.diff import named_items
from app.languages.codes import LANGUAGES, PAIRS

_STEP = re.compile(r"(?:^|\.)([a-z_][a-z0-9_-]*)|\[([^\[\]]+)\]|\.([0-9]+)")


def element_digest(content: EntryContent, element: str) -> str:
    """SHA-256 of one element, over its canonical form; of the empty name, of the whole content.

    The digest of a field that the content leaves empty is that of nothing, so it changes once the field is filled.
    Raises LookupError if a content has no such element.
    """
    return digest(encode(without_empty(element_of(content, element))))


def certified_digest(content: EntryContent, part: str) -> str:
    """The digest of what a certificate is about: the section of a language, or two with their equivalence."""
    if part in LANGUAGES:
        return element_digest(content, f"languages.{part}")
    if part not in PAIRS:
        raise LookupError(part)
    one, other = part.split("-")
    elements = (f"languages.{one}", f"languages.{other}", f"equivalence.{part}")
    return digest(" ".join(element_digest(content, element) for element in elements))


def element_of(content: EntryContent, element: str) -> Any:
    """An element as JSON, by its path as differences name it: `languages.ru.terms[ракета].gender`.

    Items of a list are named by what identifies them, or by their place from 0. Raises LookupError.
    """
    value: Any = content.model_dump(mode="json")
    place = 0
    while place < len(element):
        step = _STEP.match(element, place)
        if step is None:
            raise LookupError(element)
        place = step.end()
        value = _child(value, step[1] or step[2] or step[3], element)
    return value


def _child(value: Any, name: str, element: str) -> Any:
    if isinstance(value, dict):
        if name in value:
            return value[name]
        # A language or pair that the content does not have is an element that is empty.
        if name in LANGUAGES or name in PAIRS:
            return None
        raise LookupError(element)
    if isinstance(value, list):
        items = named_items(value)
        if name in items:
            return items[name]
        if name.isdecimal() and int(name) < len(value):
            return value[int(name)]
        raise LookupError(element)
    if value is None:
        return None
    raise LookupError(element)
