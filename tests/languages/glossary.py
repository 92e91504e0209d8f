"""The shipped glossary, read once for all tests of languages."""

from functools import lru_cache
from pathlib import Path

from app.entries.content import Section, Term
from app.exchange.glossary import GlossaryEntry, read_entries
from app.languages.codes import LanguageCode

_FOLDER = Path(__file__).parents[2] / "glossary"


@lru_cache(maxsize=1)
def entries() -> tuple[GlossaryEntry, ...]:
    """Every entry."""
    return tuple(read_entries(_FOLDER))


def sections(language: LanguageCode) -> list[Section]:
    """The sections in one language."""
    return [entry.content.languages[language] for entry in entries() if language in entry.content.languages]


def terms(language: LanguageCode) -> list[Term]:
    """The terms of one language."""
    return [term for section in sections(language) for term in section.terms]
