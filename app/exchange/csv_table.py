"""CSV with a row for each term: UTF-8 with a byte order mark, comma, RFC 4180. Nothing is lost.

- What belongs to the entry (`concept_status`, `subject`, `equivalence`, `updated_at`) stands in each of its
  rows; the definition, the notes and examples of a section in the first row of the section; the notation,
  activities, relations and references in the `note` of the entry's first row. A language without a term
  has a row without a term. Notes that are lowered fields are described in `lowered`.
- `|` stands between several values, in `subject`, `definition_source`, `context`, `context_source`, `note`,
  `source`, `transliteration`, `equivalence` and `reservations`. There a literal `|` is written `\\|` and a
  literal `\\` is written `\\\\`. The n-th `context_source` belongs to the n-th `context`.
- `reservations` says in every row of an entry what parties and sides have said of its text, and that a text is
  agreed ad referendum only. It is no part of the text and is not read back; see `beside`.
- `status` is that of the term, and never `preferred` where the entry has not been agreed.

This is the profile for the way back: cells are exactly the texts, so a term that begins with `=` is not
escaped, and a spreadsheet that opens the file may take it for a formula.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC

from app.entries.content import Definition, Term
from app.exchange import lowered
from app.exchange.beside import beside
from app.exchange.drafts import shown_acceptability
from app.exchange.records import PLAIN, Options, Record

COLUMNS = (
    "concept_id",
    "concept_status",
    "subject",
    "lang",
    "term_id",
    "term",
    "term_type",
    "status",
    "pos",
    "gender",
    "number",
    "region",
    "definition",
    "definition_source",
    "context",
    "context_source",
    "note",
    "source",
    "transliteration",
    "equivalence",
    "updated_at",
    "reservations",
)
LATER = ("reservations",)
"""Columns that files of the first form do not have."""
CHUNK = 32_768
"""Characters collected before bytes are sent."""

_PIECES = re.compile(r"\\[|\\]|\||[^|\\]+|\\")

Row = dict[str, str]


def write(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """The table in small pieces, with its header."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    text.write("\ufeff")  # without it a spreadsheet reads UTF-8 as the code page of the machine
    table.writeheader()
    for record in records:
        table.writerows(_rows(record))
        if text.tell() >= CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def joined(values: Iterable[str]) -> str:
    """Several values in one cell."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def separated(cell: str) -> list[str]:
    """The values of a cell. A backslash before another character is just that."""
    values = [""]
    for piece in _PIECES.findall(cell):
        if piece == "|":
            values.append("")
        else:
            values[-1] += piece[1] if piece in ("\\|", "\\\\") else piece
    return values if cell else []


def _rows(record: Record) -> Iterator[Row]:
    content = record.content
    shared = {
        "concept_id": record.number,
        "concept_status": record.status,
        "subject": joined(content.subject_fields),
        "equivalence": joined(
            f"{pair}: {lowered.equivalence_text(equivalence)}" for pair, equivalence in content.equivalence.items()
        ),
        "updated_at": record.updated_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z",
        # In every row, so that no way of sorting or filtering them hides it.
        "reservations": joined(one.text for one in beside(record)),
    }
    notes = list(_entry_notes(record))
    for language, section in content.languages.items():
        notes += lowered.section_notes(section)
        leading = _definition_cells(section.definition)
        terms: list[Term | None] = list(section.terms) or [None]
        for place, term in enumerate(terms, start=1):
            row = {**shared, "lang": language, **leading}
            if term is not None:
                row |= {"term_id": f"{record.number}-{language}-{place}", **_term_cells(term, record.status)}
                notes += lowered.term_notes(term, shown_acceptability(term.acceptability, record.status))
            yield {**row, "note": joined(notes)}
            notes, leading = [], {}


def _entry_notes(record: Record) -> Iterator[str]:
    yield from lowered.entry_notes(record.content)
    for relation in record.content.relations:
        yield lowered.relation_note(relation)
    for reference in record.content.references:
        yield lowered.reference_note(reference)


def _definition_cells(definition: Definition | None) -> Row:
    if definition is None:
        return {}
    return {
        "definition": definition.text,
        "definition_source": joined(map(lowered.source_text, definition.sources)),
    }


def _term_cells(term: Term, status: str) -> Row:
    return {
        "term": term.text,
        "term_type": term.type,
        "status": shown_acceptability(term.acceptability, status),
        "pos": term.part_of_speech,
        "gender": term.gender or "",
        "number": term.number or "",
        "region": term.region or "",
        "context": joined(context.text for context in term.contexts),
        "context_source": joined(_context_sources(term)),
        "source": joined(term.sources),
        "transliteration": joined(f"{item.scheme}: {item.text}" for item in term.transliterations),
    }


def _context_sources(term: Term) -> list[str]:
    sources = [context.source or "" for context in term.contexts]
    return sources if any(sources) else []
