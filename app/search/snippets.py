"""The part of a text in which the words of a query stand."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.entries.indexing.rows import Element
from app.languages.codes import LanguageCode
from app.languages.keys import STEM_LENGTH
from app.languages.stems import stem
from app.languages.words import words
from app.search.questions import Snippet

LENGTH = 240
BEFORE = 60
"""Characters shown before the first word that was found, of a text too long to be shown whole."""

Span = tuple[int, int]


def best_snippet(
    section: dict[str, Any], language: LanguageCode, sought: Sequence[Collection[str]]
) -> Snippet | None:
    """Of the texts of a stored section the one with most of the words; of equals the weightiest."""
    best: tuple[int, Element, str, list[Span]] | None = None
    for element, text in _passages(section):
        spans, distinct = _found(text, language, sought)
        if spans and (best is None or distinct > best[0]):
            best = (distinct, element, text, spans)
    if best is None:
        return None
    _, element, text, spans = best
    return Snippet(language, element.name.lower(), *_cut(text, spans))


def _passages(section: dict[str, Any]) -> Iterator[tuple[Element, str]]:
    if "definition" in section:
        yield Element.DEFINITION, section["definition"]["text"]
    if "no_equivalent" in section:
        yield Element.NOTE, section["no_equivalent"]
    yield from ((Element.NOTE, note) for note in section.get("notes", ()))
    yield from ((Element.EXAMPLE, example) for example in section.get("examples", ()))


def _found(text: str, language: LanguageCode, sought: Sequence[Collection[str]]) -> tuple[list[Span], int]:
    """Where the words stand, and how many different ones do."""
    spans, met = [], set()
    for word in words(text):
        written = stem(word.text, language)[:STEM_LENGTH]
        meant = [place for place, forms in enumerate(sought) if written in forms]
        if meant:
            spans.append((word.start, word.end))
            met.update(meant)
    return spans, len(met)


def _cut(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    if len(text) <= LENGTH:
        return text, spans
    start = max(0, spans[0][0] - BEFORE)
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or spans[0][0]
    end = min(len(text), max(start + LENGTH, spans[0][1]))
    if end < len(text):
        end = max(text.rfind(" ", spans[0][1], end), spans[0][1])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = start - len(before)
    return before + text[start:end] + after, [(a - shift, b - shift) for a, b in spans if b <= end]
