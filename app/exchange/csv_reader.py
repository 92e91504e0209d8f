"""Entries from CSV in the columns of `csv_table`.

UTF-8 with or without a byte order mark; comma, semicolon or tab, as the header row has it; the columns in
any order, but each of them once; `reservations` may be missing. The rows of an entry stand together. A value
that belongs to the entry or to a section may stand in one of its rows or in several, but not differ between
them.

Codes of the faults, beside those of validation: `csv_no_concept_id`, `csv_split_entry`, `csv_no_language`,
`csv_no_term`, `csv_conflict`.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby, zip_longest
from typing import BinaryIO

from app.errors import UnreadableFile
from app.exchange.csv_table import COLUMNS, LATER, Row, separated
from app.exchange.drafts import Draft
from app.exchange.lowered import (
    Fields,
    equivalence_fields,
    raise_section_note,
    source_fields,
)
from app.exchange.records import Incoming
from app.exchange.xml import collapsed
from app.languages.codes import LanguageCode

MAX_CELL = 1_000_000
"""Characters: fifty notes and fifty examples of full length, all in one cell, with their escapes."""
MAX_LINE = 6_000_000
"""Bytes."""
MAX_ROWS = 1_000
"""Rows of one entry, which can have 150 terms."""
DELIMITERS = ",;\t"

# A limit of the whole process, which has no other reader of CSV.
csv.field_size_limit(MAX_CELL)

_TERM_COLUMNS = {
    "term_type": "type",
    "status": "acceptability",
    "pos": "part_of_speech",
    "gender": "gender",
    "number": "number",
    "region": "region",
}
_LIST_COLUMNS = ("context", "context_source", "source", "transliteration")


@dataclass(frozen=True)
class _Line:
    number: int
    cells: Row


def read(stream: BinaryIO) -> Iterator[Incoming]:
    """The entries of the table, one at a time. Raises UnreadableFile."""
    seen: set[str] = set()
    for reference, lines in groupby(_lines(stream), key=lambda line: line.cells["concept_id"]):
        yield _incoming(reference, _bounded(lines), repeated=reference in seen)
        if reference:
            seen.add(reference)


# ---- the table


def _lines(stream: BinaryIO) -> Iterator[_Line]:
    """The rows that hold anything, by column name, with every cell on one line."""
    physical = _physical_lines(stream)
    header, delimiter = _header(next(physical, ""))
    table = csv.reader(physical, delimiter=delimiter, strict=True)
    while True:
        number = table.line_num + 2
        try:
            cells = next(table, None)
        except csv.Error as error:
            raise UnreadableFile(reason="csv_malformed", line=number) from error
        if cells is None:
            return
        if any(cells[len(header) :]) or any("\0" in cell for cell in cells):
            raise UnreadableFile(reason="csv_malformed", line=number)
        # Spreadsheets leave out the empty cells at the end of a row.
        row = {name: collapsed(cell) for name, cell in zip_longest(header, cells[: len(header)], fillvalue="")}
        if any(row.values()):
            yield _Line(number, row)


def _physical_lines(stream: BinaryIO) -> Iterator[str]:
    for number in count(1):
        line = stream.readline(MAX_LINE + 1)
        if len(line) > MAX_LINE:
            raise UnreadableFile(reason="csv_malformed", line=number)
        if not line:
            return
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(reason="csv_encoding", line=number) from error


def _header(line: str) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter between them."""
    readings = [
        ([name.strip(' "').lower() for name in line.strip("\r\n").split(mark)], mark) for mark in DELIMITERS
    ]
    names, delimiter = max(readings, key=lambda reading: len(reading[0]))
    missing = [name for name in COLUMNS if name not in names and name not in LATER]
    wrong = [name for place, name in enumerate(names) if name not in COLUMNS or name in names[:place]]
    if missing or wrong:
        raise UnreadableFile(reason="csv_columns", line=1, columns=", ".join(filter(None, missing + wrong))[:500])
    return names, delimiter


def _bounded(lines: Iterable[_Line]) -> list[_Line]:
    kept = []
    for line in lines:
        kept.append(line)
        if len(kept) > MAX_ROWS:
            raise UnreadableFile(reason="csv_malformed", line=line.number)
    return kept


# ---- the entry


def _incoming(reference: str, lines: list[_Line], *, repeated: bool) -> Incoming:
    draft = Draft(lines[0].number, reference or None)
    if not reference:
        draft.fail("", "csv_no_concept_id")
    if repeated:
        draft.fail("", "csv_split_entry")
    draft.status = _agreed(draft, lines, "concept_status", "") or draft.status
    for subject in _values(_agreed(draft, lines, "subject", "subject_fields")):
        draft.add_subject(subject)
    for item in _values(_agreed(draft, lines, "equivalence", "equivalence")):
        pair, _, equivalence = item.partition(": ")
        draft.fields.setdefault("equivalence", {})[pair] = equivalence_fields(equivalence)
    for line in lines:
        for text in _values(line.cells.get("reservations", "")):
            draft.leave_beside(text)
    by_language: dict[LanguageCode, list[_Line]] = {}
    for line in lines:
        language = _row(draft, line)
        if language is not None:
            by_language.setdefault(language, []).append(line)
    for language, own in by_language.items():
        _definition(draft, language, own)
    return draft.incoming()


def _row(draft: Draft, line: _Line) -> LanguageCode | None:
    """Read the term and the notes of a row; its language."""
    cells = line.cells
    language, region = None, None
    if cells["lang"]:
        language, region = draft.language(cells["lang"])
    else:
        draft.fail("languages", "csv_no_language", line=line.number)
    term = _term(cells, region)
    notes = [note for note in _values(cells["note"]) if not draft.is_beside(note)]
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


def _term(cells: Row, region: str | None) -> Fields:
    contexts = zip_longest(_places(cells["context"]), _places(cells["context_source"]), fillvalue="")
    transliterations = (item.partition(": ") for item in _values(cells["transliteration"]))
    return {
        "text": cells["term"],
        "region": region,
        **{field: cells[column] for column, field in _TERM_COLUMNS.items() if cells[column]},
        "contexts": [{"text": text, "source": source or None} for text, source in contexts],
        "sources": _values(cells["source"]),
        "transliterations": [{"scheme": scheme, "text": text} for scheme, _, text in transliterations],
    }


def _definition(draft: Draft, language: LanguageCode, lines: list[_Line]) -> None:
    path = f"languages.{language}.definition"
    text = _agreed(draft, lines, "definition", path)
    sources = _agreed(draft, lines, "definition_source", path)
    if text or sources:
        draft.section(language)["definition"] = {
            "text": text,
            "sources": list(map(source_fields, _values(sources))),
        }


def _agreed(draft: Draft, lines: list[_Line], column: str, field: str) -> str:
    """The one value that the rows give in a column; empty if they give none."""
    values = list(dict.fromkeys(line.cells[column] for line in lines if line.cells[column]))
    if len(values) > 1:
        draft.fail(field, "csv_conflict", column=column)
    return values[0] if values else ""


def _values(cell: str) -> list[str]:
    return [value for value in _places(cell) if value]


def _places(cell: str) -> list[str]:
    """The values of a cell whose places count, empty ones among them."""
    return [collapsed(value) for value in separated(cell)]
