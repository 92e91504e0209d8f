"""Entries from the rows of a table, whatever file they come from.

`long` has a row a term; the rows of an entry stand together, and a value that belongs to the entry or to a section
may stand in one of them or in several, but not differ between them. `wide` is in `wide_rows`. Columns that are none
of ours become notes.

Codes of the faults, beside those of validation: `csv_no_concept_id`, `csv_split_entry`, `csv_no_language`,
`csv_no_term`, `csv_conflict`, `formula`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from app.errors import UnreadableFile
from app.exchange.csv_table import COLUMNS
from app.exchange.drafts import Draft, Extra
from app.exchange.lowered import Fields, equivalence_fields, raise_section_note, source_fields
from app.exchange.options import Layout, ReadOptions
from app.exchange.records import Incoming
from app.exchange.table_cells import Cell, places, read_value, values
from app.exchange.table_columns import Column, columns_of, has_heading
from app.exchange.wide_rows import wide_entry
from app.exchange.xml import collapsed
from app.languages.codes import LanguageCode

MAX_ROWS = 1_000
"""Rows of one entry, which can have 150 terms."""

_TERM_COLUMNS = {
    "term_type": "type",
    "status": "acceptability",
    "pos": "part_of_speech",
    "gender": "gender",
    "number": "number",
    "region": "region",
}
_LIST_COLUMNS = ("context", "context_source", "source", "transliteration")
_NOTHING = dict.fromkeys(COLUMNS, "")


@dataclass(frozen=True)
class _Line:
    number: int
    cells: dict[str, str]
    extras: list[tuple[str, str]] = field(default_factory=list)
    """The headings and cells of columns that are none of ours."""
    formulas: list[str] = field(default_factory=list)
    """The headings of cells that are worked out rather than written."""


def entries(rows: Iterator[tuple[int, Sequence[Cell]]], options: ReadOptions) -> Iterator[Incoming]:
    """The entries of a table, given its rows with their numbers. Raises UnreadableFile."""
    number, first = next(rows, (1, []))
    layout, columns = columns_of([str(cell) for cell in first], options)
    if not has_heading(options):
        rows = _again((number, first), rows)
    whole = _within(rows, len(first) if has_heading(options) else None)
    if layout is Layout.WIDE:
        for number, cells in whole:
            yield wide_entry(Draft(number, None, options), columns, cells)
    else:
        yield from _long(whole, columns, options)


def _again(
    first: tuple[int, Sequence[Cell]], rows: Iterator[tuple[int, Sequence[Cell]]]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    yield first
    yield from rows


def _within(rows: Iterator[tuple[int, Sequence[Cell]]], width: int | None) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows that hold anything; all of it has to stand under a heading."""
    for number, cells in rows:
        if any("\0" in cell for cell in cells) or (width is not None and any(map(str.strip, cells[width:]))):
            raise UnreadableFile(reason="csv_malformed", line=number)
        if any(map(str.strip, cells)):
            yield number, cells


# ---- a row a term


def _long(
    rows: Iterator[tuple[int, Sequence[Cell]]], columns: list[Column], options: ReadOptions
) -> Iterator[Incoming]:
    has_ids = any(column.name == "concept_id" for column in columns)
    seen: set[str] = set()
    lines = (_line(number, cells, columns) for number, cells in rows)
    if not has_ids:
        for line in lines:
            yield _LongEntry(None, [line], options).incoming()
        return
    for reference, own in groupby(lines, key=lambda line: line.cells["concept_id"]):
        entry = _LongEntry(reference or None, _bounded(own), options)
        if not reference:
            entry.draft.fail("", "csv_no_concept_id")
        if reference in seen:
            entry.draft.fail("", "csv_split_entry")
        yield entry.incoming()
        if reference:
            seen.add(reference)


def _line(number: int, cells: Sequence[Cell], columns: list[Column]) -> _Line:
    line = _Line(number, dict(_NOTHING))
    for column in columns:
        # Spreadsheets leave out the empty cells at the end of a row.
        cell = cells[column.place] if column.place < len(cells) else Cell("")
        text = collapsed(cell)
        if cell.is_formula:
            line.formulas.append(column.heading)
        elif column.name in _NOTHING and column.language is None:
            line.cells[column.name] = text
        elif text:
            line.extras.append((column.heading, text))
    return line


def _bounded(lines: Iterable[_Line]) -> list[_Line]:
    kept = []
    for line in lines:
        kept.append(line)
        if len(kept) > MAX_ROWS:
            raise UnreadableFile(reason="csv_malformed", line=line.number)
    return kept


class _LongEntry:
    """One entry of several rows."""

    def __init__(self, reference: str | None, lines: list[_Line], options: ReadOptions) -> None:
        self.draft = Draft(lines[0].number, reference, options)
        self.lines = lines
        self.options = options

    def incoming(self) -> Incoming:
        draft = self.draft
        draft.status = self._agreed(self.lines, "concept_status", "") or draft.status
        for subject in self._values(self._agreed(self.lines, "subject", "subject_fields")):
            draft.add_subjects(subject)
        for item in self._values(self._agreed(self.lines, "equivalence", "equivalence")):
            pair, _, equivalence = item.partition(": ")
            draft.fields.setdefault("equivalence", {})[pair] = equivalence_fields(equivalence)
        by_language: dict[LanguageCode, list[_Line]] = {}
        for line in self.lines:
            for text in self._values(line.cells["reservations"]):
                draft.leave_beside(text)
            language = self._row(line)
            if language is not None:
                by_language.setdefault(language, []).append(line)
        for language, own in by_language.items():
            self._definition(language, own)
        return draft.incoming()

    def _row(self, line: _Line) -> LanguageCode | None:
        """Read the term and the notes of a row; its language."""
        cells, draft = line.cells, self.draft
        for heading in line.formulas:
            draft.fail("", "formula", line=line.number, column=heading)
        language, region = self.options.language, None
        if cells["lang"]:
            language, region = draft.language(cells["lang"])
        elif language is None:
            draft.fail("languages", "csv_no_language", line=line.number)
        term = self._term(cells, region)
        for heading, text in line.extras:
            draft.add_extra(Extra("", heading, text, language, term["text"]))
        notes = [note for note in self._values(cells["note"]) if not draft.is_beside(note)]
        rest = [note for note in notes if not draft.raise_entry_note(note)]
        if language is None:
            return None
        if not term["text"]:
            if any(cells[column] for column in (*_TERM_COLUMNS, *_LIST_COLUMNS)):
                draft.fail(f"languages.{language}.terms", "csv_no_term", line=line.number)
            term = {}
        for note in rest:
            if not (term and draft.raise_term_note(language, term, note)):
                raise_section_note(draft.section(language), note)
        if term:
            draft.add_term(language, term)
        return language

    def _term(self, cells: dict[str, str], region: str | None) -> Fields:
        own = self.options
        contexts = zip_longest(places(cells["context"], own), places(cells["context_source"], own), fillvalue="")
        transliterations = (item.partition(": ") for item in self._values(cells["transliteration"]))
        return {
            "text": cells["term"],
            "region": region,
            **{field: read_value(field, cells[column]) for column, field in _TERM_COLUMNS.items() if cells[column]},
            "contexts": [{"text": text, "source": source or None} for text, source in contexts],
            "sources": self._values(cells["source"]),
            "transliterations": [{"scheme": scheme, "text": text} for scheme, _, text in transliterations],
        }

    def _definition(self, language: LanguageCode, lines: list[_Line]) -> None:
        path = f"languages.{language}.definition"
        text = self._agreed(lines, "definition", path)
        sources = self._agreed(lines, "definition_source", path)
        if text or sources:
            self.draft.section(language)["definition"] = {
                "text": text,
                "sources": list(map(source_fields, self._values(sources))),
            }

    def _agreed(self, lines: list[_Line], column: str, field: str) -> str:
        """The one value that the rows give in a column; empty if they give none."""
        given = list(dict.fromkeys(line.cells[column] for line in lines if line.cells[column]))
        if len(given) > 1:
            self.draft.fail(field, "csv_conflict", column=column)
        return given[0] if given else ""

    def _values(self, cell: str) -> list[str]:
        return values(cell, self.options)
