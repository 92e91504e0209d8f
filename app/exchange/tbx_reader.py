"""Entries from TBX of any edition: conceptEntry or termEntry, DCA or DCT style, tig or ntig.

Liberal in what it takes, and explicit about it: what has no place in a content is named in a warning.
Transactions are passed over without one, since the history of a text in another collection is not ours.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.entries.content import EntryNumber, PartOfSpeech, Region, RelationType, Uri
from app.exchange.drafts import SHOWN, Draft, language_of
from app.exchange.lowered import (
    Fields,
    fits,
    raise_section_note,
    reference_fields,
    relation_fields,
    source_fields,
)
from app.exchange.records import Incoming
from app.exchange.tbx_picklists import PICKLISTS, value_of
from app.exchange.xml import Element, EntryReader
from app.languages.codes import LanguageCode

ROOTS = frozenset({"tbx", "martif"})
ENTRIES = frozenset({"conceptEntry", "termEntry"})
SECTIONS = frozenset({"langSec", "langSet"})
TERMS = frozenset({"termSec", "tig", "ntig"})
_TRANSPARENT = frozenset({"termGrp", "termNoteGrp", "adminGrp"})


def read(stream: BinaryIO) -> Iterator[Incoming]:
    """The entries of a TBX file, one at a time. Raises UnreadableFile."""
    reader = EntryReader(stream, roots=ROOTS, entries=ENTRIES)
    for element in reader:
        yield _EntryReading(element, reader.root_language).incoming()


class _EntryReading:
    """One entry, from its element to its draft."""

    def __init__(self, element: Element, root_language: str | None) -> None:
        self._element = element
        self._draft = Draft(element.line, element.attributes.get("id"))
        self._root = root_language or ""

    def incoming(self) -> Incoming:
        sections = []
        for part in _parts(self._element):
            if part.name in SECTIONS:
                sections.append(part)
            else:
                self._entry_part(part)
        for section in sections:
            self._section(section)
        return self._draft.incoming()

    # ---- the entry

    def _entry_part(self, part: Element) -> None:
        head, companions = _unwrapped(part)
        match head.category:
            case "subjectField":
                # Labels in further languages repeat the subject field, they do not add one.
                if head.language in (None, self._root):
                    self._draft.add_subject(head.text)
            case "definition":
                self._definition(self._language_at_entry(head), head, companions)
            case "note":
                self._entry_note(head)
            case "crossReference":
                self._cross_reference(head)
            case "externalCrossReference":
                self._link(head)
            case category:
                self._unknown("", category)

    def _language_at_entry(self, element: Element) -> LanguageCode | None:
        """The language of a part that stands beside the language sections, inherited as xml:lang is."""
        return language_of(element.language or self._root)[0]

    def _entry_note(self, note: Element) -> None:
        if self._draft.is_beside(note.text):
            return
        if note.language is None and self._draft.raise_entry_note(note.text):
            return
        language = self._language_at_entry(note)
        if language is None:
            self._draft.warn("", "note_left_out", value=note.text[:SHOWN])
        else:
            raise_section_note(self._draft.section(language), note.text)

    def _cross_reference(self, ref: Element) -> None:
        target = ref.attributes.get("target", "")
        type_ = ref.text.partition(": ")[0]
        relation = relation_fields(type_, target) or relation_fields(RelationType.SEE_ALSO, target)
        if relation:
            self._draft.fields.setdefault("relations", []).append(relation)
        else:
            # The identifiers of another collection name nothing here.
            self._draft.warn("relations", "unknown_value", category=ref.category, value=target[:SHOWN])

    def _link(self, xref: Element) -> None:
        address = xref.attributes.get("target", "")
        type_, _, target = xref.text.partition(": ")
        if address.endswith(f"/{target}") and (relation := relation_fields(type_, target)):
            self._draft.fields.setdefault("relations", []).append(relation)
        elif fits(Uri, address):
            self._draft.fields.setdefault("references", []).append(reference_fields(address, xref.text))
        else:
            self._draft.warn("references", "unknown_value", category=xref.category, value=address[:SHOWN])

    # ---- a section

    def _section(self, element: Element) -> None:
        language, region = self._draft.language(element.language or self._root)
        if language is None:
            return
        terms = []
        for part in _parts(element):
            head, companions = _unwrapped(part)
            if part.name in TERMS:
                terms.append(part)
            elif head.category == "definition":
                self._definition(language, head, companions)
            elif head.category == "note":
                if not self._draft.is_beside(head.text):
                    raise_section_note(self._draft.section(language), head.text)
            else:
                self._unknown(f"languages.{language}", head.category)
        for term in self._in_written_order(terms, language):
            self._term(term, language, region)

    def _in_written_order(self, terms: list[Element], language: str) -> list[Element]:
        """The terms by the place that our own ids name: an export may have put the preferred term first."""
        own_id = re.compile(rf"{re.escape(self._draft.reference or '')}-{language}-([0-9]{{1,4}})")
        places = [own_id.fullmatch(term.attributes.get("id", "")) for term in terms]
        numbers = [int(place[1]) for place in places if place]
        if not fits(EntryNumber, self._draft.reference) or len(numbers) < len(terms):
            return terms
        return [term for _, term in sorted(zip(numbers, terms, strict=True), key=lambda pair: pair[0])]

    def _definition(self, language: LanguageCode | None, head: Element, companions: list[Element]) -> None:
        if language is None or "definition" in self._draft.section(language):
            self._draft.warn("languages", "definition_left_out", value=head.text[:SHOWN])
            return
        sources = [source_fields(text) for text in self._sources(f"languages.{language}", companions)]
        self._draft.section(language)["definition"] = {"text": head.text, "sources": sources}

    # ---- a term

    def _term(self, element: Element, language: LanguageCode, region: str | None) -> None:
        term: Fields = {"text": "", "region": region, "contexts": [], "sources": [], "transliterations": []}
        path = f"languages.{language}.terms"
        notes = []
        for part in _parts(element):
            head, companions = _unwrapped(part)
            match head.category:
                case "term":
                    term["text"] = head.text
                case "note":
                    notes.append(head.text)
                case "source":
                    term["sources"].append(head.text)
                case "context":
                    source = "; ".join(self._sources(path, companions))
                    term["contexts"].append({"text": head.text, "source": source or None})
                case "geographicalUsage":
                    self._region(term, path, head)
                case category if category in PICKLISTS:
                    self._picked(term, path, head)
                case category:
                    self._unknown(path, category)
        # Last, because a note makes a category more exact.
        for note in notes:
            self._draft.add_term_note(language, term, note)
        self._draft.add_term(language, term)

    def _picked(self, term: Fields, path: str, element: Element) -> None:
        field, values = PICKLISTS[element.category]
        value = value_of(values, element.text)
        if value is None:
            self._draft.warn(path, "unknown_value", category=element.category, value=element.text[:SHOWN])
            value = PartOfSpeech.OTHER if values is PartOfSpeech else None
        if value is not None:
            term[field] = value

    def _region(self, term: Fields, path: str, element: Element) -> None:
        region = element.text.upper().replace("_", "-").rpartition("-")[2]
        if fits(Region, region):
            term["region"] = region
        else:
            self._draft.warn(path, "unknown_value", category=element.category, value=element.text[:SHOWN])

    # ---- all levels

    def _sources(self, path: str, companions: list[Element]) -> list[str]:
        """The sources given with a definition or a context."""
        sources = []
        for companion in companions:
            if companion.category == "source":
                sources.append(companion.text)
            else:
                self._unknown(path, companion.category)
        return sources

    def _unknown(self, path: str, category: str) -> None:
        if category != "transacGrp":
            self._draft.warn(path, "unknown_category", category=category[:SHOWN])


def _parts(element: Element) -> Iterator[Element]:
    """The children of an element, those of mere wrappers among them."""
    for child in element.elements():
        if child.name in _TRANSPARENT:
            yield from _parts(child)
        else:
            yield child


def _unwrapped(part: Element) -> tuple[Element, list[Element]]:
    """The description in a group with what accompanies it; any other part alone."""
    if part.name != "descripGrp":
        return part, []
    children = list(_parts(part))
    head = next((child for child in children if child.name == "descrip"), children[0] if children else part)
    return head, [child for child in children if child is not head and child.name != "transacGrp"]
