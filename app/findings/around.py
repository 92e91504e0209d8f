"""The compendium in the database, as the surroundings of one text.

What the checks ask is noted, and looked up for all of them together (`app/entries/lint/running.py`): a text has
hundreds of runs of words that might be terms. All that is known is kept in memory for as long as one text is read,
within one transaction.
"""

import json
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Select, String, any_, bindparam, func, select, union_all
from sqlalchemy.orm import Mapped, Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.indexing.tables import TermKey
from app.entries.lint.collection import CONCEPT_SYSTEM, Collection
from app.entries.lint.grammar.occurrences import runs
from app.entries.lint.reading import NamedTerm, Neighbour, Refused, Use
from app.entries.numbers import entry_id, entry_number, own_number
from app.entries.tables import TERMS_PER_ENTRY, Entry, EntryRelation
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.keys import folded_key, forms_key, stem_key
from app.languages.spelling import american, british
from app.languages.words import words

Item = TypeVar("Item", bound=Hashable)
Phrase = tuple[LanguageCode, str]


class Asked(Generic[Item]):
    """The questions of one kind: those that are answered, and those that wait to be looked up."""

    def __init__(self) -> None:
        self.answered: set[Item] = set()
        self.waiting: set[Item] = set()

    def is_answered(self, item: Item) -> bool:
        """Whether the answer is known; if not, it waits to be looked up."""
        if item in self.answered:
            return True
        self.waiting.add(item)
        return False

    def take(self) -> set[Item]:
        """What waits; it counts as answered from now on."""
        taken, self.waiting = self.waiting, set()
        self.answered |= taken
        return taken


class StoredEntries:
    """The public texts of all entries but one's own, looked up as the checks need them."""

    def __init__(self, db: Session, own_id: int | None) -> None:
        self._db = db
        self._own_id = own_id or 0
        self._known = Collection(())
        self._complete = True
        self._numbers: Asked[int] = Asked()
        self._parents: Asked[int] = Asked()
        self._pointed_at: Asked[int] = Asked()
        self._names: Asked[Phrase] = Asked()
        self._texts: Asked[Phrase] = Asked()
        self._keys: Asked[Phrase] = Asked()
        self._uses: dict[Phrase, list[Use]] = {}

    def entry(self, number: str) -> Neighbour | None:
        wanted = own_number(number)
        if wanted is None or wanted == self._own_id:
            return None
        self._note(self._numbers.is_answered(wanted))
        return self._known.entry(entry_number(wanted))

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:
        self._note(self._names.is_answered((language, text)))
        return sorted(self._known.named(language, text), key=lambda term: entry_id(term.number))

    def used(self, language: LanguageCode, text: str) -> Sequence[Use]:
        asked = (language, text)
        if asked in self._uses:
            return self._uses[asked]
        is_answered = self._note(self._texts.is_answered(asked))
        found = sorted(
            self._known.used(language, text, without=None),
            key=lambda use: (use.span, entry_id(use.term.number)),
        )
        if is_answered:
            self._uses[asked] = found
        return found

    def children(self, number: str) -> Sequence[Neighbour]:
        self._note(self._parents.is_answered(entry_id(number)))
        found = {child.number: child for child in self._known.children(number)}
        return sorted(found.values(), key=lambda child: entry_id(child.number))

    def is_pointed_at(self, number: str) -> bool:
        self._note(self._pointed_at.is_answered(entry_id(number)))
        return self._known.is_pointed_at(number)

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:  # noqa: ARG002
        """None that the entries know of; proposals know more."""
        return ()

    def was_complete(self) -> bool:
        was, self._complete = self._complete, True
        return was

    def look_up(self) -> None:
        """Read all entries that the open questions are about, in one statement."""
        wanted = [*self._by_number(), *self._by_relation(), *self._by_key()]
        if not wanted:
            return
        found = select(Entry).where(_is_among(self._db, wanted), col(Entry.id) != self._own_id)
        for row in self._db.scalars(found.order_by(col(Entry.id))):
            number = entry_number(row.id)
            self._numbers.answered.add(row.id)
            if row.content is not None and self._known.entry(number) is None:
                self._known.add(Neighbour(number, row.status, content_from(row.content)))

    def _note(self, is_answered: bool) -> bool:
        self._complete = self._complete and is_answered
        return is_answered

    def _by_number(self) -> list[Select[Any]]:
        """The entries of the numbers, and what is above them in the concept system."""
        numbers = self._numbers.take()
        if not numbers:
            return []
        named = select(col(Entry.id).label("id")).where(col(Entry.id).in_(numbers)).cte("above", recursive=True)
        higher = select(col(EntryRelation.target_id)).where(
            col(EntryRelation.entry_id) == named.c.id, col(EntryRelation.type).in_(CONCEPT_SYSTEM)
        )
        return [select(named.union(higher).c.id)]

    def _by_relation(self) -> list[Select[Any]]:
        found: list[Select[Any]] = []
        pointing = select(col(EntryRelation.entry_id))
        if parents := self._parents.take():
            is_child = col(EntryRelation.type).in_(CONCEPT_SYSTEM)
            found.append(pointing.where(col(EntryRelation.target_id).in_(parents), is_child))
        for target in self._pointed_at.take():
            first = pointing.where(col(EntryRelation.target_id) == target).limit(1).subquery()
            found.append(select(first.c.entry_id))
        return found

    def _by_key(self) -> list[Select[Any]]:
        """The entries with a term that is named, or that may occur in a text."""
        keys = {key for name in self._names.take() for key in _keys_of_name(*name)}
        keys |= {key for text in self._texts.take() for key in _keys_in_text(*text)}
        for key in keys:
            self._keys.is_answered(key)
        new = self._keys.take()
        by_language = {code: sorted(key for of, key in new if of == code) for code in {of for of, _ in new}}
        return [
            select(col(TermKey.term_id) // TERMS_PER_ENTRY).where(
                _is_one_of(self._db, col(TermKey.key), wanted), col(TermKey.language) == language
            )
            for language, wanted in sorted(by_language.items())
        ]


def _keys_of_name(language: LanguageCode, text: str) -> Iterable[Phrase]:
    """The keys of terms that are the same but for case, accents, hyphens, spaces and regional spelling."""
    folded = {fold(text)}
    if language == "en":
        spellings = (british, american)
        folded |= {fold(" ".join(spell(word.text) for word in words(text)) or text) for spell in spellings}
    return ((language, folded_key(one)) for one in folded)


def _keys_in_text(language: LanguageCode, text: str) -> Iterable[Phrase]:
    """The keys of terms with the stems of a run of words of the text, or those of other forms of the words."""
    return ((language, key_of(stems)) for _, stems in runs(language, text) for key_of in (stem_key, forms_key))


def _is_among(db: Session, wanted: Sequence[Select[Any]]) -> ColumnElement[bool]:
    """That an entry is one of those that any of the questions gives."""
    numbers = union_all(*wanted)
    if db.get_bind().dialect.name == "sqlite":
        return col(Entry.id).in_(numbers)
    # The numbers first: without statistics, PostgreSQL would begin a join at the wrong end.
    return col(Entry.id) == any_(func.array(numbers.scalar_subquery()))


def _is_one_of(db: Session, column: Mapped[str], values: list[str]) -> ColumnElement[bool]:
    """That a column has one of very many values; they are one parameter, as databases limit the number of those."""
    if db.get_bind().dialect.name == "sqlite":
        listed = func.json_each(json.dumps(values, ensure_ascii=False)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(None, values, type_=ARRAY(String)))
