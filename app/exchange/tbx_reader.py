"""Entries from TBX of any edition: roots tbx, martif and TBX (TBX-Min), DCA or DCT style, tig or ntig.

Liberal in what it takes, and explicit about it: what has no place in a content becomes a note, and a warning says
so; or it is left out, and a warning names it.
Transactions are passed over without one, since the history of a text in another collection is not ours.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO

from app.entries.content import Acceptability, Code, EntryNumber, PartOfSpeech, Region, RelationType, Uri
from app.exchange.drafts import ABBREVIATED, SHOWN, Draft, Extra, language_of
from app.exchange.lowered import (
    Fields,
    fits,
    raise_section_note,
    reference_fields,
    relation_fields,
    source_fields,
    split,
)
from app.exchange.options import DEFAULTS, ReadOptions
from app.exchange.records import Incoming
from app.exchange.tbx_categories import HISTORY, RELATIONS, category_of
from app.exchange.tbx_picklists import PICKLISTS, value_of
from app.exchange.xml import Element, EntryReader
from app.languages.codes import LanguageCode

ROOTS = frozenset({"tbx", "martif", "TBX"})
ENTRIES = frozenset({"conceptEntry", "termEntry", "entry"})
SECTIONS = frozenset({"langSec", "langSet", "langGroup"})
TERMS = frozenset({"termSec", "tig", "ntig", "termGroup"})
_INSTEAD: dict[type[StrEnum], StrEnum] = {
    PartOfSpeech: PartOfSpeech.OTHER,
    # A term with a status that we do not know is usable, and no more: it may be anything but preferred.
    Acceptability: Acceptability.ADMITTED,
}
_TRANSPARENT = frozenset({"termGrp", "termNoteGrp", "adminGrp"})
_PLACE = re.compile("[0-9]{1,4}")


def read(stream: BinaryIO, options: ReadOptions = DEFAULTS) -> Iterator[Incoming]:
    """The entries of a TBX file, one at a time. Raises UnreadableFile."""
    reader = EntryReader(stream, roots=ROOTS, entries=ENTRIES)
    for element in reader:
        yield _EntryReading(element, options.language or reader.root_language, options).incoming()


class _EntryReading:
    """One entry, from its element to its draft."""

    def __init__(self, element: Element, root_language: str | None, options: ReadOptions) -> None:
        self._element = element
        self._draft = Draft(element.line, element.attributes.get("id"), options)
        self._root = root_language or ""
        self._full_forms: list[tuple[LanguageCode, Fields, str, Extra]] = []
        """Terms that are said to abbreviate others, which may come after them, and what is kept if none do."""
        self._by_id: list[tuple[LanguageCode, Fields, str, Extra]] = []
        """The same, where the other is named by its id."""
        self._terms_by_id: dict[str, tuple[LanguageCode, Fields]] = {}
        self._subsets: list[Element] = []
        """Activities, of which notes may say the same."""

    def incoming(self) -> Incoming:
        sections = []
        for part in _parts(self._element):
            if part.name in SECTIONS:
                sections.append(part)
            else:
                self._entry_part(part)
        for subset in self._subsets:
            self._subset(subset)
        for section in sections:
            self._section(section)
        self._link_full_forms()
        self._draft.pass_over(self._is_said)
        return self._draft.incoming()

    # ---- the entry

    def _entry_part(self, part: Element) -> None:
        head, companions = _unwrapped(part)
        match category_of(head.category):
            case "subjectField":
                # Labels in further languages repeat the subject field, they do not add one.
                if head.language in (None, self._root):
                    self._draft.add_subjects(head.text)
            case "definition":
                self._definition(self._language_at_entry(head), head, companions)
            case "note":
                self._entry_note(head)
            case category if category in RELATIONS:
                self._cross_reference(head, RELATIONS[category])
            case "externalCrossReference":
                self._link(head)
            case "projectSubset":
                self._subsets.append(head)
            case _:
                self._unknown("", head)

    def _subset(self, element: Element) -> None:
        """An activity, unless a note has named it already; what is no code of ours is not one."""
        activities = self._draft.fields.get("activities", [])
        if not fits(Code, element.text):
            self._unknown("", element)
        elif element.text not in activities:
            self._draft.fields["activities"] = [*activities, element.text]

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

    def _cross_reference(self, ref: Element, own_type: str) -> None:
        target = ref.attributes.get("target", "") or ref.text
        type_ = own_type or ref.text.partition(": ")[0]
        relation = relation_fields(type_, target) or relation_fields(RelationType.SEE_ALSO, target)
        if relation:
            self._draft.fields.setdefault("relations", []).append(relation)
        else:
            # The identifiers of another collection name nothing here, and may name nothing there.
            self._extra("relations", ref, _with_target(ref), is_value=True)

    def _link(self, xref: Element) -> None:
        address = xref.attributes.get("target", "")
        type_, _, target = xref.text.partition(": ")
        if address.endswith(f"/{target}") and (relation := relation_fields(type_, target)):
            self._draft.fields.setdefault("relations", []).append(relation)
        elif fits(Uri, address):
            self._draft.fields.setdefault("references", []).append(reference_fields(address, xref.text))
        else:
            self._extra("references", xref, _with_target(xref), is_value=True)

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
            else:
                self._section_part(language, head, companions)
        for term in self._in_written_order(terms, language):
            self._term(term, language, region)

    def _section_part(self, language: LanguageCode, head: Element, companions: list[Element]) -> None:
        section = self._draft.section(language)
        match category_of(head.category):
            case "definition":
                self._definition(language, head, companions)
            case "definitionSource" if "definition" in section and head.text:
                section["definition"]["sources"].append(source_fields(head.text))
            case "note":
                if not self._draft.is_beside(head.text):
                    raise_section_note(section, head.text)
            case _:
                self._unknown(f"languages.{language}", head, language)

    def _in_written_order(self, terms: list[Element], language: str) -> list[Element]:
        """The terms by the place that our own ids name: an export may have put the preferred term first."""
        if len(terms) < 2 or not fits(EntryNumber, self._draft.reference):
            return terms
        own_id = f"{self._draft.reference}-{language}-"
        ids = [term.attributes.get("id", "") for term in terms]
        places = [_PLACE.fullmatch(id_, len(own_id)) for id_ in ids if id_.startswith(own_id)]
        numbers = [int(place[0]) for place in places if place]
        if len(numbers) < len(terms):
            return terms
        return [term for _, term in sorted(zip(numbers, terms, strict=True), key=lambda pair: pair[0])]

    def _definition(self, language: LanguageCode | None, head: Element, companions: list[Element]) -> None:
        if language is None or "definition" in self._draft.section(language):
            self._draft.warn("languages", "definition_left_out", value=head.text[:SHOWN])
            return
        sources = [source_fields(text) for text in self._sources(f"languages.{language}", companions, language)]
        self._draft.section(language)["definition"] = {"text": head.text, "sources": sources}

    # ---- a term

    def _term(self, element: Element, language: LanguageCode, region: str | None) -> None:
        term: Fields = {"text": "", "region": region, "contexts": [], "sources": [], "transliterations": []}
        path = f"languages.{language}.terms"
        notes: list[str] = []
        references: list[Element] = []
        for part in _parts(element):
            head, companions = _unwrapped(part)
            match category_of(head.category):
                case "term":
                    term["text"] = head.text
                case "definition":
                    self._definition(language, head, companions)
                case "abbreviatedFormFor":
                    extra = Extra(path, "abbreviatedFormFor", head.text, language, term["text"])
                    self._full_forms.append((language, term, head.text, extra))
                case "crossReference":
                    references.append(head)
                case "transferComment":
                    if not self._is_remark(head.text):
                        notes.append(head.text)
                case "note":
                    notes.append(head.text)
                case "source":
                    term["sources"].append(head.text)
                case "context":
                    source = "; ".join(self._sources(path, companions, language))
                    term["contexts"].append({"text": head.text, "source": source or None})
                case "geographicalUsage":
                    self._region(language, term, head)
                case category if category in PICKLISTS:
                    self._picked(language, term, category, head)
                case _:
                    self._unknown(path, head, language, term["text"])
        # Last, because a note makes a category more exact.
        for note in notes:
            self._draft.add_term_note(language, term, note)
        for reference in references:
            self._term_reference(language, term, reference)
        if id_ := element.attributes.get("id"):
            self._terms_by_id.setdefault(id_, (language, term))
        self._draft.add_term(language, term)

    def _picked(self, language: LanguageCode, term: Fields, category: str, element: Element) -> None:
        field, values = PICKLISTS[category]
        value = value_of(values, element.text)
        if value is None:
            self._not_kept(language, term, element)
            value = _INSTEAD.get(values)
            if values is Acceptability:
                self._draft.warn_assumed(language, term, Acceptability.ADMITTED)
        if value is not None:
            term[field] = value

    def _region(self, language: LanguageCode, term: Fields, element: Element) -> None:
        region = element.text.upper().replace("_", "-").rpartition("-")[2]
        if fits(Region, region):
            term["region"] = region
        else:
            self._not_kept(language, term, element)

    def _not_kept(self, language: LanguageCode, term: Fields, element: Element) -> None:
        """A value that is none of those of its category."""
        path = f"languages.{language}.terms"
        self._extra(path, element, element.text, language, term["text"], is_value=True)

    def _term_reference(self, language: LanguageCode, term: Fields, ref: Element) -> None:
        """Where a term points at another: its full form, if it is said to be that or is an abbreviation itself."""
        extra = Extra(f"languages.{language}.terms", ref.category, _with_target(ref), language, term["text"])
        key, _, value = split(ref.text) or ("", "", "")
        if key == "abbreviation of":
            self._full_forms.append((language, term, value, extra))
        elif term.get("type") in ABBREVIATED and "target" in ref.attributes:
            self._by_id.append((language, term, ref.attributes["target"], extra))
        else:
            self._draft.add_extra(extra)

    def _is_remark(self, text: str) -> bool:
        """Whether a comment on an equivalent is what a note has said of the equivalence already."""
        stated = self._draft.fields.get("equivalence", {})
        return any(one["remark"] == text for one in stated.values())

    def _link_full_forms(self) -> None:
        for language, term, id_, extra in self._by_id:
            where, other = self._terms_by_id.get(id_, ("", {}))
            full = where == language and other.get("type") not in ABBREVIATED
            self._full_forms.append((language, term, other["text"] if full else "", extra))
        for language, term, full_form, extra in self._full_forms:
            terms = self._draft.section(language)["terms"]
            if term["text"] != full_form and any(other["text"] == full_form for other in terms):
                term.setdefault("abbreviation_of", full_form)
            else:
                self._draft.add_extra(extra)

    def _is_said(self, extra: Extra) -> bool:
        """Whether a note has put this into a field already: exports say it in a category as well, for others."""
        if extra.language is None or extra.language not in self._draft.sections:
            return False
        terms = [t for t in self._draft.sections[extra.language]["terms"] if t["text"] == extra.term]
        match category_of(extra.category):
            case "reading":
                return any(one["text"] == extra.value for t in terms for one in t["transliterations"])
            case "readingNote":
                return any(one["scheme"] == extra.value for t in terms for one in t["transliterations"])
        return False

    # ---- all levels

    def _sources(self, path: str, companions: list[Element], language: LanguageCode) -> list[str]:
        """The sources given with a definition or a context."""
        sources = []
        for companion in companions:
            if category_of(companion.category) in ("source", "definitionSource"):
                sources.append(companion.text)
            else:
                self._unknown(path, companion, language)
        return sources

    def _unknown(self, path: str, element: Element, language: LanguageCode | None = None, term: str = "") -> None:
        if element.name not in HISTORY:
            self._extra(path, element, _with_target(element), language, term)

    def _extra(
        self,
        path: str,
        element: Element,
        value: str,
        language: LanguageCode | None = None,
        term: str = "",
        *,
        is_value: bool = False,
    ) -> None:
        if language is None:
            language = language_of(element.language)[0] if element.language is not None else None
        self._draft.add_extra(Extra(path, element.category, value, language, term, is_value))


def _with_target(element: Element) -> str:
    """The text of an element, with what it points at."""
    target = element.attributes.get("target", "")
    return f"{element.text} <{target}>" if target and element.text else element.text or target


def _parts(element: Element) -> list[Element]:
    """The children of an element, those of mere wrappers among them."""
    children = element.elements()
    for child in children:
        if child.name in _TRANSPARENT:
            return [part for child in children for part in _unpacked(child)]
    return children


def _unpacked(child: Element) -> list[Element]:
    return _parts(child) if child.name in _TRANSPARENT else [child]


def _unwrapped(part: Element) -> tuple[Element, list[Element]]:
    """The description in a group with what accompanies it; any other part alone."""
    if part.name != "descripGrp":
        return part, []
    children = _parts(part)
    head = next((child for child in children if child.name == "descrip"), children[0] if children else part)
    return head, [child for child in children if child is not head and child.name != "transacGrp"]
