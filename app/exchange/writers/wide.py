"""A row for each entry, for people: what each language calls the concept, and what it means.

- `en` is the preferred term, or the first that may be used; `en_other` are the others that may be used, and
  `en_avoid` those that may not. `en_notes` holds notes, usage notes of terms, and the statement that the language
  has no equivalent. The same for `fr` and `ru`.
- ` | ` stands between several values of a cell; nobody needs to take such a cell apart again.
- `reservations` says what parties and sides have said of the text; see `beside`.
- A cell that a spreadsheet would run as a formula has an apostrophe before it.
"""

from collections.abc import Iterable, Iterator

from app.entries.content import Section
from app.exchange import lowered
from app.exchange.beside import beside
from app.exchange.narrowing import to_avoid, usable
from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers.tables import delimited, harmless, instant
from app.languages.codes import LANGUAGES

_OF_A_LANGUAGE = ("", "_other", "_avoid", "_definition", "_definition_source", "_notes", "_examples")

COLUMNS = (
    "number",
    "status",
    "subjects",
    *(f"{language}{name}" for language in LANGUAGES for name in _OF_A_LANGUAGE),
    "equivalence",
    "relations",
    "references",
    "notation",
    "activities",
    "reservations",
    "updated_at",
    "uri",
)
LOSSES = (
    "languages.*.terms.*.abbreviation_of",
    "languages.*.terms.*.acceptability",
    "languages.*.terms.*.contexts.*.source",
    "languages.*.terms.*.contexts.*.text",
    "languages.*.terms.*.gender",
    "languages.*.terms.*.number",
    "languages.*.terms.*.part_of_speech",
    "languages.*.terms.*.region",
    "languages.*.terms.*.register",
    "languages.*.terms.*.sources.*",
    "languages.*.terms.*.transliterations.*.scheme",
    "languages.*.terms.*.transliterations.*.text",
    "languages.*.terms.*.type",
)


def write(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """The table in small pieces, with its header."""
    return delimited(_safe_rows(records), mark=True)


def row(record: Record) -> list[str]:
    """The cells of an entry, by the columns."""
    content = record.content
    cells = [record.number, record.status, _joined(content.subject_fields)]
    for language in LANGUAGES:
        cells += _of_language(content.languages.get(language), record.status)
    equivalence = [f"{pair}: {lowered.equivalence_text(stated)}" for pair, stated in content.equivalence.items()]
    return [
        *cells,
        _joined(equivalence),
        _joined(f"{relation.type} {relation.target}" for relation in content.relations),
        _joined(f"<{reference.uri}> {lowered.match_text(reference)}" for reference in content.references),
        content.notation or "",
        _joined(content.activities),
        _joined(one.text for one in beside(record)),
        instant(record.updated_at),
        record.uri,
    ]


def _safe_rows(records: Iterable[Record]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for record in records:
        yield list(map(harmless, row(record)))


def _of_language(section: Section | None, status: str) -> list[str]:
    if section is None:
        return [""] * len(_OF_A_LANGUAGE)
    first, *others = [term.text for term in usable(section, status)] or [""]
    sources = section.definition.sources if section.definition else ()
    return [
        first,
        _joined(others),
        _joined(term.text for term in to_avoid(section, status)),
        section.definition.text if section.definition else "",
        _joined(map(lowered.source_text, sources)),
        _joined(_notes(section)),
        _joined(section.examples),
    ]


def _notes(section: Section) -> Iterator[str]:
    if section.no_equivalent is not None:
        yield lowered.lowered("no equivalent", section.no_equivalent)
    yield from section.notes
    for term in section.terms:
        if term.usage_note is not None:
            yield f"{term.text}: {term.usage_note}"


def _joined(values: Iterable[str]) -> str:
    return " | ".join(values)
