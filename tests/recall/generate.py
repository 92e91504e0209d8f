"""Brings the query set up to date: `python -m tests.recall.generate`.

The queries written by hand get the numbers of the entries that have their terms now, and the mechanical classes
are made anew from those terms. Each has its seed, so that the same queries come out again. Read before you keep.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random

from app.exchange.glossary import read_entries
from tests.exchange.folders import SHIPPED
from tests.recall import mistakes
from tests.recall.mistakes import AZERTY, QWERTY, RUSSIAN, SCHEMES, TO_CYRILLIC, TO_LATIN, typed_on
from tests.recall.queries import GENERATED, WRITTEN, Query, comment_of, read, write

LAYOUTS = {"en": QWERTY, "fr": AZERTY, "ru": RUSSIAN}
SLIPS = (mistakes.substituted, mistakes.omitted, mistakes.inserted, mistakes.transposed)

# Meant layout, active layout, language, how many.
WRONG_LAYOUTS = (
    (RUSSIAN, QWERTY, "ru", 25),
    (RUSSIAN, AZERTY, "ru", 15),
    (QWERTY, RUSSIAN, "en", 25),
    (AZERTY, RUSSIAN, "fr", 20),
    (AZERTY, QWERTY, "fr", 8),
    (QWERTY, AZERTY, "en", 8),
)

PASTED: tuple[tuple[str, Callable[[str], str]], ...] = (
    (" ", lambda text: text.replace(" ", "\u00a0")),
    (" ", lambda text: text.replace(" ", "\u202f", 1)),
    (" ", lambda text: text.replace(" ", "  ", 1)),
    (" ", lambda text: text.replace(" ", "\t", 1)),
    (" ", lambda text: text.replace(" ", "\n", 1)),
    ("-", lambda text: text.replace("-", "\u2011")),
    (r"\w{9}", lambda text: re.sub(r"(\w{4})(?=\w{5})", "\\1\u00ad", text, count=1)),
    (r"\w{9}", lambda text: re.sub(r"(\w{4})(?=\w{5})", "\\1\u200b", text, count=1)),
    ("[éèêôïёй]", lambda text: unicodedata.normalize("NFD", text)),
    ("[éèêôïёй]", lambda text: unicodedata.normalize("NFD", text)),
    ("", lambda text: f"\ufeff{text}"),
    ("", lambda text: f"  {text} "),
    ("", lambda text: f"«{text}»"),
    ("", lambda text: f"“{text}”,"),
    ("", lambda text: f"({text})."),
    ("", lambda text: f"{text}?"),
)


def generated() -> Iterator[tuple[str, str, list[Query]]]:
    """Each class with what it is."""
    terms = _terms()
    yield "exact", "Terms as the glossary has them.", list(_exact(terms))
    yield "case", "Terms in capitals, with capitals, and with Caps Lock on.", list(_case(terms))
    yield "transliterated", f"Russian in Latin letters by {', '.join(SCHEMES)}.", list(_transliterated(terms))
    yield "layout", "Terms typed blind on the wrong keyboard layout.", list(_layout(terms))
    yield "lookalike", "Terms with letters of the other script that look the same.", list(_lookalike(terms))
    yield "typo", "Terms with one letter wrong, missing, added or changed with its neighbour.", list(_typo(terms))
    inflected = [query for query in read(WRITTEN / "inflected.tsv") if query.language == "ru"]
    yield "typo-inflected", "Russian case forms with one such slip.", list(_typo_inflected(inflected))
    yield "pasted", "Terms with what comes along from a document or a web page.", list(_pasted(terms))


def main(folder: Path = GENERATED) -> None:
    """Write the mechanical classes."""
    for kind, comment, queries in generated():
        write(folder / f"{kind}.tsv", f"{comment} Written by tests/recall/generate.py.", queries)


def renumber() -> None:
    """Write the entries of each query anew. Raises KeyError for a term that the glossary does not have."""
    owners = owners_of_terms()
    for path in sorted(WRITTEN.glob("*.tsv")):
        queries = [replace(q, entries=tuple(sorted(owners[q.term.casefold()]))) for q in read(path)]
        write(path, comment_of(path), queries)


def owners_of_terms() -> dict[str, set[str]]:
    """The entries of the shipped glossary that have a term, by the term in small letters, whatever its language."""
    found: dict[str, set[str]] = {}
    for entry in read_entries(SHIPPED):
        for section in entry.content.languages.values():
            for term in section.terms:
                found.setdefault(term.text.casefold(), set()).add(entry.number)
    return found


def _terms() -> list[Query]:
    """The terms of the inflected queries, each as a query of its own words."""
    found = {(q.term, q.language): q for name in ("inflected", "article") for q in read(WRITTEN / f"{name}.tsv")}
    return [replace(query, text=query.term) for query in found.values()]


def _sample(terms: Sequence[Query], language: str, count: int, random: Random, pattern: str = "") -> list[Query]:
    fitting = [query for query in terms if query.language == language and re.search(pattern, query.text)]
    return random.sample(fitting, count)


def _exact(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("exact")
    for language in LAYOUTS:
        yield from _sample(terms, language, 20, random)


def _case(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("case")
    for language in LAYOUTS:
        changes = cycle((str.upper, str.title, str.capitalize, _with_caps_lock))
        for query in _sample(terms, language, 16, random, "^[^A-ZА-Я’']+$"):
            yield replace(query, text=next(changes)(query.text))


def _with_caps_lock(text: str) -> str:
    return text.capitalize().swapcase()


def _transliterated(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("transliterated")
    for scheme, query in zip(cycle(SCHEMES), _sample(terms, "ru", 15 * len(SCHEMES), random), strict=False):
        yield replace(query, text=mistakes.transliterated(query.text.lower(), scheme))


def _layout(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("layout")
    for meant, active, language, count in WRONG_LAYOUTS:
        moved = "".join(key for key, other in zip(meant, active, strict=True) if key != other and key.isalpha())
        for query in _sample(terms, language, count, random, f"[{moved}]"):
            yield replace(query, text=typed_on(query.text.lower(), meant, active))


def _lookalike(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("lookalike")
    for language, count in (("ru", 24), ("en", 12), ("fr", 12)):
        letters = TO_LATIN if language == "ru" else TO_CYRILLIC
        few = cycle((True, False))
        for query in _sample(terms, language, count, random, "[аеорсухaceopxy].*[аеорсухaceopxy]"):
            yield replace(query, text=mistakes.look_alike(query.text, letters, next(few), random))


def _typo(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("typo")
    for language in LAYOUTS:
        for slip, query in zip(
            cycle(SLIPS), _sample(terms, language, 48, random, r"^[^A-ZА-Я]*\w{6}"), strict=False
        ):
            yield _slipped(query, slip, random)


def _typo_inflected(inflected: Sequence[Query]) -> Iterator[Query]:
    random = Random("typo-inflected")
    for slip, query in zip(cycle(SLIPS), _sample(inflected, "ru", 60, random, r"^[^А-Я]*\w{8}"), strict=False):
        yield _slipped(query, slip, random)


def _slipped(query: Query, slip: Callable[[str, int, str, Random], str], random: Random) -> Query:
    """One slip inside a long word, but not at its end, where it may make another form of the word."""
    words = [match.span() for match in re.finditer(r"[^\W_]{6,}", query.text)]
    while True:
        start, end = random.choice(words)
        text = slip(query.text, random.randrange(start + 1, end - 3), LAYOUTS[query.language], random)
        if text != query.text:
            return replace(query, text=text)


def _pasted(terms: Sequence[Query]) -> Iterator[Query]:
    random = Random("pasted")
    for language in LAYOUTS:
        for pattern, change in PASTED:
            for query in _sample(terms, language, 1, random, pattern) if _fits(terms, language, pattern) else ():
                yield replace(query, text=change(query.text))


def _fits(terms: Sequence[Query], language: str, pattern: str) -> bool:
    return any(query.language == language and re.search(pattern, query.text) for query in terms)


if __name__ == "__main__":
    renumber()
    main()
