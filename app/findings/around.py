"""The compendium in the database, as the surroundings of one text."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.indexing.tables import TermKey
from app.entries.lint.collection import CONCEPT_SYSTEM
from app.entries.lint.grammar.occurrences import TermIndex, runs
from app.entries.lint.reading import NamedTerm, Neighbour, Refused, Use
from app.entries.numbers import entry_id, entry_number
from app.entries.tables import Entry, EntryRelation, EntryTerm
from app.languages.codes import LanguageCode
from app.languages.fold import fold
from app.languages.keys import forms_key, stem_key
from app.languages.spelling import american, british
from app.languages.words import words


class StoredEntries:
    """The public texts of all entries but one's own, asked for as a check needs them."""

    def __init__(self, db: Session, own_id: int | None) -> None:
        self._db = db
        self._own_id = own_id or 0
        self._neighbours: dict[int, Neighbour | None] = {}
        self._uses: dict[tuple[LanguageCode, str], list[Use]] = {}

    def entry(self, number: str) -> Neighbour | None:
        wanted = entry_id(number)
        if wanted == self._own_id:
            return None
        if wanted not in self._neighbours:
            row = self._db.get(Entry, wanted)
            self._neighbours[wanted] = _neighbour(row) if row is not None else None
        return self._neighbours[wanted]

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:
        folded = {fold(text)}
        if language == "en":
            spellings = (british, american)
            folded |= {fold(" ".join(spell(word.text) for word in words(text)) or text) for spell in spellings}
        return self._terms(col(EntryTerm.language) == language, col(EntryTerm.folded).in_(folded))

    def used(self, language: LanguageCode, text: str) -> Sequence[Use]:
        if (language, text) not in self._uses:
            candidates = TermIndex(language, self._terms_that_may_occur(language, text))
            self._uses[language, text] = candidates.uses_in(text)
        return self._uses[language, text]

    def children(self, number: str) -> Sequence[Neighbour]:
        query = (
            select(Entry)
            .join(EntryRelation, col(EntryRelation.entry_id) == col(Entry.id))
            .where(
                col(EntryRelation.target_id) == entry_id(number),
                col(EntryRelation.type).in_(CONCEPT_SYSTEM),
                col(Entry.id) != self._own_id,
            )
            .order_by(col(Entry.id))
            .distinct()
        )
        return [found for row in self._db.scalars(query) if (found := _neighbour(row)) is not None]

    def is_pointed_at(self, number: str) -> bool:
        query = select(col(EntryRelation.entry_id)).where(col(EntryRelation.target_id) == entry_id(number))
        return self._db.scalars(query.limit(1)).first() is not None

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:  # noqa: ARG002
        """None that the entries know of; proposals know more."""
        return ()

    def _terms_that_may_occur(self, language: LanguageCode, text: str) -> list[NamedTerm]:
        """The terms that have the stems of a run of words of the text, or those of other forms of the words."""
        keys = {key_of(stems) for _, stems in runs(language, text) for key_of in (stem_key, forms_key)}
        with_keys = select(col(TermKey.term_id)).where(
            col(TermKey.key).in_(sorted(keys)), col(TermKey.language) == language
        )
        # In two steps: without statistics, PostgreSQL would begin a join at the wrong end.
        ids = sorted(set(self._db.scalars(with_keys)))
        return self._terms(col(EntryTerm.id).in_(ids)) if ids else []

    def _terms(self, *conditions: ColumnElement[bool]) -> list[NamedTerm]:
        query = (
            select(EntryTerm, Entry)
            .join(Entry, col(Entry.id) == col(EntryTerm.entry_id))
            .where(*conditions, col(Entry.id) != self._own_id)
            .order_by(col(EntryTerm.entry_id), col(EntryTerm.position))
        )
        return [_named(term, entry) for term, entry in self._db.execute(query)]


def _named(term: EntryTerm, entry: Entry) -> NamedTerm:
    language: LanguageCode = "en" if term.language == "en" else "fr" if term.language == "fr" else "ru"
    return NamedTerm(entry_number(entry.id), entry.status, language, term.text, term.type, term.acceptability)


def _neighbour(row: Entry) -> Neighbour | None:
    if row.content is None:
        return None
    return Neighbour(entry_number(row.id), row.status, content_from(row.content))
