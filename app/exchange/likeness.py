"""Entries that may be the same concept: they share look-up keys in as many languages as one can ask for.

A hint for whoever decides. Nothing is ever matched or merged by it: two concepts may have the same name.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.content import Acceptability, EntryContent
from app.entries.indexing.tables import TermKey
from app.entries.numbers import entry_number
from app.entries.tables import TERMS_PER_ENTRY
from app.languages.fold import fold
from app.languages.keys import carrying_words, folded_key, stem_key
from app.languages.stems import stem

LANGUAGES_NEEDED = 2
MOST = 5
"""Entries that are named."""
_PART = 500

Key = tuple[str, str]


def likely_duplicates(db: Session, contents: Sequence[EntryContent]) -> list[list[str]]:
    """Of each content the numbers of the entries that may be the same concept, the likeliest first."""
    keys = [_keys(content) for content in contents]
    found = _entries_by_key(db, sorted({key for own in keys for _, key in own}))
    return [_likely(own, found, _needed(content)) for content, own in zip(contents, keys, strict=True)]


def _keys(content: EntryContent) -> set[Key]:
    keys: set[Key] = set()
    for language, section in content.languages.items():
        for term in section.terms:
            if term.acceptability in (Acceptability.PREFERRED, Acceptability.ADMITTED):
                keys.add((language, folded_key(fold(term.text))))
                stems = [stem(word.text, language) for word in carrying_words(term.text, language)]
                if any(stems):
                    keys.add((language, stem_key(stems)))
    return keys


def _entries_by_key(db: Session, keys: list[str]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = defaultdict(set)
    for start in range(0, len(keys), _PART):
        query = select(col(TermKey.language), col(TermKey.key), col(TermKey.term_id))
        for language, key, term_id in db.execute(query.where(col(TermKey.key).in_(keys[start : start + _PART]))):
            found[language, key].add(term_id // TERMS_PER_ENTRY)
    return found


def _needed(content: EntryContent) -> int:
    named = sum(bool(section.terms) for section in content.languages.values())
    return min(LANGUAGES_NEEDED, named)


def _likely(keys: set[Key], found: dict[Key, set[int]], needed: int) -> list[str]:
    languages: dict[int, set[str]] = defaultdict(set)
    for language, key in keys:
        for entry_id in found.get((language, key), ()):
            languages[entry_id].add(language)
    near = sorted((-len(shared), entry_id) for entry_id, shared in languages.items() if len(shared) >= needed)
    return [entry_number(entry_id) for _, entry_id in near[:MOST]]
