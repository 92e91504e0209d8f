"""An entry as TBX. The editions and dialects differ only in what `Edition` names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from app.entries.content import (
    Acceptability,
    Definition,
    EntryContent,
    Reference,
    Relation,
    Section,
    Term,
)
from app.exchange import lowered
from app.exchange.beside import Beside, beside
from app.exchange.drafts import shown_acceptability
from app.exchange.narrowing import narrowed
from app.exchange.records import Options, Record
from app.exchange.tbx_edition import REGISTERS, STATUSES, TERM_TYPES, Edition
from app.exchange.xml import escaped, quoted
from app.languages.codes import LanguageCode

CHUNK = 32_768
"""Characters collected before bytes are sent."""

# What is an http address and a valid xs:anyURI at once; a content is more liberal, and the schema
# of TBX is not. Addresses of neither kind travel in notes.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9._~-]+(?::[0-9]{1,5})?"
    r"(?:[/?](?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)


def write(records: Iterable[Record], edition: Edition, options: Options) -> Iterator[bytes]:
    """The file in small pieces. Of no record at all the body is empty, for which TBX has no valid form."""
    pieces = [edition.head]
    size = 0
    for record in narrowed(records, options):
        entry = _entry(record, edition, options.inside)
        pieces.append(entry)
        size += len(entry)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append(edition.tail)
    yield "".join(pieces).encode()


def _entry(record: Record, edition: Edition, inside: frozenset[str]) -> str:
    content = record.content
    said = list(beside(record))
    lines = [f"<{edition.entry} id={quoted(record.number)}>"]
    lines += [edition.coded("subjectField", subject) for subject in content.subject_fields]
    if edition.all_of_basic:
        lines += [_element(edition, "projectSubset", activity) for activity in content.activities]
    lines += [_relation(relation, record, edition, inside) for relation in content.relations]
    links = all(_ADDRESS.fullmatch(reference.uri) for reference in content.references)
    if links:
        lines += [_link(edition, one.uri, lowered.match_text(one)) for one in content.references]
    lines += map(_note, _entry_notes(record, () if links else content.references))
    # What is about a language without a term has no better place: see below.
    lines += _beside(one for one in said if not _has_terms(content, one.section))
    lines += _sections_without_terms(content, edition)
    lines += ["<transacGrp>", edition.coded("transactionType", "modification")]
    lines += [f"<date>{_date(record.updated_at, edition)}</date>", "</transacGrp>"]
    for language, section in content.languages.items():
        if section.terms:
            lines += _section(record, language, section, edition, [o for o in said if o.section == language])
    lines.append(f"</{edition.entry}>\n")
    return "\n".join(lines)


def _entry_notes(record: Record, references: tuple[Reference, ...]) -> list[str]:
    notes = [] if record.status == "agreed" else [lowered.lowered("workflow", record.status)]
    notes += lowered.entry_notes(record.content)
    for pair, equivalence in record.content.equivalence.items():
        notes.append(lowered.lowered("equivalence", lowered.equivalence_text(equivalence), pair))
    return notes + [lowered.reference_note(reference) for reference in references]


def _relation(relation: Relation, record: Record, edition: Edition, inside: frozenset[str]) -> str:
    text = f"{relation.type}: {relation.target}"
    if edition.all_of_basic and relation.target in inside:
        return _element(edition, "crossReference", text, f" target={quoted(relation.target)}")
    # A reference within the file would dangle where the file holds only a part of the entries.
    return _link(edition, record.uri.rpartition("/")[0] + "/" + relation.target, text)


def _sections_without_terms(content: EntryContent, edition: Edition) -> Iterator[str]:
    """What is said in languages that have no term: TBX knows no language section without one."""
    for language, section in content.languages.items():
        if not section.terms:
            tag = f' xml:lang="{language}"'
            yield from _definition(section.definition, edition, tag)
            for note in lowered.section_notes(section):
                yield _note(note, tag)


def _section(
    record: Record, language: str, section: Section, edition: Edition, said: Sequence[Beside]
) -> list[str]:
    lines = [f'<{edition.section} xml:lang="{language}">', *_definition(section.definition, edition)]
    lines += map(_note, lowered.section_notes(section))
    lines += _beside(said)
    # The number in the id is the place in the content, so that the reader can restore the order.
    terms = list(enumerate(section.terms, start=1))
    if edition.preferred_first:
        terms.sort(key=lambda numbered: numbered[1] is not section.preferred)
    named = escaped(record.number)
    for place, term in terms:
        lines.append(f'<{edition.term} id="{named}-{language}-{place}">')
        lines += _term(term, record.status, edition)
        if edition.linguist and term is section.preferred:
            lines += _transfer_comments(record.content, language, edition)
        if edition.all_of_basic and term.abbreviation_of is not None:
            full = next(place for place, other in terms if other.text == term.abbreviation_of)
            target = f" target={quoted(f'{record.number}-{language}-{full}')}"
            lines.append(_element(edition, "crossReference", f"abbreviation of: {term.abbreviation_of}", target))
        lines.append(f"</{edition.term}>")
    lines.append(f"</{edition.section}>")
    return lines


def _term(term: Term, status: str, edition: Edition) -> list[str]:
    """TBX wants the term first, then its term notes, then all else."""
    shown = shown_acceptability(term.acceptability, status)
    lines = [f"<term>{escaped(term.text)}</term>", _codes(term, shown, edition)]
    if term.region is not None:
        lines.append(edition.coded("geographicalUsage", term.region))
    if edition.linguist:
        lines += _grammar(term, edition)
    lines += [_element(edition, "source", source) for source in term.sources]
    for context in term.contexts:
        source = [] if context.source is None else [_element(edition, "source", context.source)]
        lines += ["<descripGrp>", _element(edition, "context", context.text), *source, "</descripGrp>"]
    lines += map(_note, _notes_of_term(term, shown, edition))
    return lines


def _codes(term: Term, shown: Acceptability, edition: Edition) -> str:
    """The term notes that every edition has. They hold nothing but codes."""
    codes = " ".join((term.part_of_speech, term.gender or "", term.type, shown))
    return edition.once(codes, lambda: "\n".join(_each_code(term, shown, edition)))


def _each_code(term: Term, shown: Acceptability, edition: Edition) -> Iterator[str]:
    yield edition.coded("partOfSpeech", _named(term.part_of_speech, edition.parts_of_speech))
    if term.gender is not None:
        yield edition.coded("grammaticalGender", term.gender)
    yield edition.coded("termType", _named(term.type, TERM_TYPES))
    yield from _status(shown, edition)


def _status(shown: Acceptability, edition: Edition) -> Iterator[str]:
    if not edition.usage_status:
        yield edition.coded("administrativeStatus", STATUSES[shown])
    elif shown is Acceptability.SUPERSEDED:
        # The older category beside the new one, which has no such value; Version 4 still knows it.
        yield edition.coded("usageStatus", Acceptability.DEPRECATED)
        yield edition.coded("administrativeStatus", STATUSES[shown])
    else:
        yield edition.coded("usageStatus", shown)


def _grammar(term: Term, edition: Edition) -> Iterator[str]:
    """What TBX-Linguist adds: the term notes first."""
    if term.number is not None:
        yield edition.coded("grammaticalNumber", term.number)
    if term.register_ is not None:
        yield edition.coded("register", REGISTERS[term.register_])
    for transliteration in term.transliterations:
        yield "<adminGrp>"
        yield _element(edition, "reading", transliteration.text)
        yield _element(edition, "readingNote", transliteration.scheme)
        yield "</adminGrp>"


def _transfer_comments(content: EntryContent, language: str, edition: Edition) -> Iterator[str]:
    """What is said of the equivalents in the language into which each pair leads."""
    for pair, equivalence in content.equivalence.items():
        if equivalence.remark is not None and pair.endswith(f"-{language}"):
            yield _element(edition, "transferComment", equivalence.remark)


def _notes_of_term(term: Term, shown: Acceptability, edition: Edition) -> list[str]:
    notes = []
    if term.type not in TERM_TYPES:
        notes.append(lowered.lowered("term type", term.type))
    if term.part_of_speech not in edition.parts_of_speech:
        notes.append(lowered.lowered("part of speech", term.part_of_speech))
    if term.number is not None and not edition.linguist:
        notes.append(lowered.lowered("number", term.number))
    notes += lowered.term_notes(term, shown, register=not edition.linguist)
    notes += [lowered.transliteration_note(one) for one in term.transliterations]
    return notes


def _definition(definition: Definition | None, edition: Edition, language: str = "") -> list[str]:
    if definition is None:
        return []
    sources = [_element(edition, "source", lowered.source_text(source)) for source in definition.sources]
    return ["<descripGrp>", _element(edition, "definition", definition.text, language), *sources, "</descripGrp>"]


def _beside(said: Iterable[Beside]) -> Iterator[str]:
    for one in said:
        yield _note(one.text, f' xml:lang="{one.language}"' if one.language else "")


def _has_terms(content: EntryContent, language: LanguageCode | None) -> bool:
    section = content.languages.get(language) if language is not None else None
    return section is not None and bool(section.terms)


def _named(value: Any, names: dict[Any, str]) -> str:
    """What the format calls a value, or the coarser one where it has no word; a note is more exact."""
    return names[value] if value in names else names[lowered.COARSER[value]]


def _element(edition: Edition, category: str, text: str, attributes: str = "") -> str:
    start, end = edition.tags[category]
    return f"{start}{attributes}>{escaped(text)}{end}"


def _note(text: str, language: str = "") -> str:
    return f"<note{language}>{escaped(text)}</note>"


def _link(edition: Edition, address: str, text: str) -> str:
    return _element(edition, "externalCrossReference", text, f" target={quoted(address)}")


def _date(moment: datetime, edition: Edition) -> str:
    moment = moment.astimezone(UTC)
    if not edition.dates_with_time:
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
