"""Entries from rows that hold a whole entry: a column or more for each language.

The column that is named after a language alone holds its preferred term. Further values in its cell are further
terms of which the table does not say more; `alt`, `abbreviation` and `deprecated` say what theirs are. What else
belongs to a term belongs to the first one.
"""

from collections.abc import Sequence
from itertools import zip_longest

from app.entries.content import Acceptability, TermType
from app.exchange.drafts import Draft, Extra
from app.exchange.lowered import Fields, equivalence_fields, raise_section_note, source_fields
from app.exchange.records import Incoming
from app.exchange.table_cells import Cell, places, read_value, values
from app.exchange.table_columns import Column
from app.exchange.xml import collapsed
from app.languages.codes import LANGUAGES, LanguageCode

_FIELDS = {"pos": "part_of_speech", "gender": "gender", "number": "number", "term_type": "type", "region": "region"}
_FURTHER: dict[str, Fields] = {
    "alt": {"acceptability": Acceptability.ADMITTED},
    "abbreviation": {"acceptability": Acceptability.ADMITTED, "type": TermType.ABBREVIATION},
    "deprecated": {"acceptability": Acceptability.DEPRECATED},
}


def wide_entry(draft: Draft, columns: Sequence[Column], cells: Sequence[Cell]) -> Incoming:
    """The entry of one row."""
    texts: dict[tuple[LanguageCode | None, str], list[tuple[str, Column]]] = {}
    for column in columns:
        cell = cells[column.place] if column.place < len(cells) else Cell("")
        if cell.is_formula:
            draft.fail("", "formula", line=draft.line, column=column.heading)
        elif text := collapsed(cell):
            texts.setdefault((column.language, column.name), []).append((text, column))
    _entry(draft, texts)
    for language in LANGUAGES:
        own = {name: found for (code, name), found in texts.items() if code == language}
        if own:
            _Section(draft, language, own).read()
    return draft.incoming()


def _entry(draft: Draft, texts: dict[tuple[LanguageCode | None, str], list[tuple[str, Column]]]) -> None:
    for (language, name), found in texts.items():
        if language is not None:
            continue
        text, column = found[0]
        items = values(text, draft.options)
        match name:
            case "concept_id":
                draft.reference = text
            case "concept_status":
                draft.status = text
            case "subject":
                for item in items:
                    draft.add_subjects(item)
            case "equivalence":
                for item in items:
                    pair, _, equivalence = item.partition(": ")
                    draft.fields.setdefault("equivalence", {})[pair] = equivalence_fields(equivalence)
            case "reservations":
                for item in items:
                    draft.leave_beside(item)
            case "updated_at":
                pass
            case "note":
                _entry_notes(draft, items, column)
            case _:
                draft.add_extra(Extra("", column.heading, text))


def _entry_notes(draft: Draft, notes: list[str], column: Column) -> None:
    for note in notes:
        if not (draft.is_beside(note) or draft.raise_entry_note(note)):
            draft.add_extra(Extra("", column.heading, note))


class _Section:
    """The columns of one language."""

    def __init__(self, draft: Draft, language: LanguageCode, texts: dict[str, list[tuple[str, Column]]]) -> None:
        self.draft, self.language, self.texts = draft, language, texts

    def read(self) -> None:
        section = self.draft.section(self.language)
        terms = self._terms()
        sources = list(map(source_fields, self._values("definition_source")))
        if (text := self._text("definition")) or sources:
            section["definition"] = {"text": text, "sources": sources}
        section["examples"] += self._values("example")
        for note in self._values("note"):
            if not self.draft.is_beside(note):
                raise_section_note(section, note)
        for term in terms:
            self.draft.add_term(self.language, term)

    def _terms(self) -> list[Fields]:
        terms = self._named()
        first = terms[0] if terms else None
        if first is not None:
            self._describe(first)
        elif any(name in self.texts for name in (*_FIELDS, "status", "context", "source", "transliteration")):
            self.draft.fail(f"languages.{self.language}.terms", "csv_no_term", line=self.draft.line)
        for name, fields in _FURTHER.items():
            for text in self._values(name):
                terms.append({**_term(text), **fields})
                if name == "abbreviation" and first is not None:
                    terms[-1]["abbreviation_of"] = first["text"]
        return terms

    def _named(self) -> list[Fields]:
        """The terms of the column that is named after the language."""
        terms: list[Fields] = []
        for cell, column in self.texts.get("term", ()):
            for text in values(cell, self.draft.options):
                status = Acceptability.ADMITTED if terms else Acceptability.PREFERRED
                terms.append({**_term(text), "region": column.region, "acceptability": status})
        if len(terms) > 1:
            for term in terms:
                self.draft.warn_assumed(self.language, term, term["acceptability"])
        return terms

    def _describe(self, term: Fields) -> None:
        for name, field in _FIELDS.items():
            if text := self._text(name):
                term[field] = read_value(field, text)
        if status := self._text("status"):
            term["acceptability"] = read_value("acceptability", status)
        own = self.draft.options
        contexts = zip_longest(
            places(self._text("context"), own), places(self._text("context_source"), own), fillvalue=""
        )
        term["contexts"] = [{"text": text, "source": source or None} for text, source in contexts]
        term["sources"] = self._values("source")
        written = (item.partition(": ") for item in self._values("transliteration"))
        term["transliterations"] = [{"scheme": scheme, "text": text} for scheme, _, text in written]

    def _text(self, name: str) -> str:
        found = self.texts.get(name)
        return found[0][0] if found else ""

    def _values(self, name: str) -> list[str]:
        return [item for text, _ in self.texts.get(name, ()) for item in values(text, self.draft.options)]


def _term(text: str) -> Fields:
    return {"text": text, "contexts": [], "sources": [], "transliterations": []}
