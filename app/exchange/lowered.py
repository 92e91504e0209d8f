"""Fields that a format has no place for, written as notes of the form `key: value`, and read back.

The vocabulary is a promise to the readers of our files and is the same in TBX and CSV:

    of the entry     workflow, notation, activity, equivalence (en-ru), relation, reference
    of a section     example, no equivalent, note
    of a term        acceptability, term type, part of speech, number, register, usage note,
                     abbreviation of, transliteration (iso-9)

    beside the text  reservation (party), interpretative statement (party), national usage note (party),
                     parallel text (side), ad referendum

What stands beside the text is no part of it (see `beside`), and no reader makes it one.
`note` marks a person's own note that begins like one of these: `note: example: not a real one`.
A key is raised again only if its value is one that the field can take; otherwise the note stays a note.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import TypeAdapter

from app.entries.content import (
    Acceptability,
    Code,
    EntryContent,
    EntryNumber,
    Equivalence,
    GrammaticalNumber,
    Notation,
    PartOfSpeech,
    Reference,
    ReferenceMatch,
    Register,
    Relation,
    RelationType,
    Section,
    Source,
    SourceRelation,
    Term,
    TermType,
    Transliteration,
    TransliterationScheme,
    Uri,
)
from app.entries.text import ShortText, TermText
from app.languages.codes import PAIRS

Fields = dict[str, Any]
"""What has been read of a part of a content: its fields, not yet validated."""

TERM_FIELDS: dict[str, tuple[str, Any]] = {
    "acceptability": ("acceptability", Acceptability),
    "term type": ("type", TermType),
    "part of speech": ("part_of_speech", PartOfSpeech),
    "number": ("number", GrammaticalNumber),
    "register": ("register", Register),
    "usage note": ("usage_note", ShortText),
    "abbreviation of": ("abbreviation_of", TermText),
}
"""The field of a term that a key stands for, and what it can hold."""

COARSER: dict[str, TermType | PartOfSpeech] = {
    TermType.INITIALISM: TermType.ABBREVIATION,
    TermType.SYMBOL: TermType.VARIANT,
    PartOfSpeech.PROPER_NOUN: PartOfSpeech.OTHER,
}
"""What a format says instead that lacks a value, the exact one being in a note."""

MATCHES = {
    ReferenceMatch.EXACT: "exactMatch",
    ReferenceMatch.CLOSE: "closeMatch",
    ReferenceMatch.BROADER: "broadMatch",
    ReferenceMatch.NARROWER: "narrowMatch",
    ReferenceMatch.RELATED: "relatedMatch",
}
"""The words of SKOS for a match."""

_MATCH_NAMES = {name: match for match, name in MATCHES.items()}
_ENTRY_KEYS = ("workflow", "notation", "activity", "equivalence", "relation", "reference")
_SECTION_KEYS = ("note", "example", "no equivalent")
AD_REFERENDUM = "ad referendum"
BESIDE = ("reservation", "interpretative statement", "national usage note", "parallel text")
"""What parties and sides say of a text; in brackets stands who."""
_KEYS = "|".join(
    (*_ENTRY_KEYS, *_SECTION_KEYS, *TERM_FIELDS, "transliteration", *BESIDE, AD_REFERENDUM),
)
_LOWERED = re.compile(rf"({_KEYS})(?: \(([^()]+)\))?: (.+)", re.DOTALL)
_ADDRESS = re.compile(r"<(https?://[!-~]+)?>")


def lowered(key: str, value: str, argument: str = "") -> str:
    """The note that carries a value: `key: value` or `key (argument): value`."""
    return f"{key} ({argument}): {value}" if argument else f"{key}: {value}"


def split(text: str) -> tuple[str, str, str] | None:
    """Key, argument and value of a lowered note; None of any other note."""
    match = _LOWERED.fullmatch(text) if ": " in text else None
    return (match[1], match[2] or "", match[3]) if match else None


def is_beside(text: str) -> bool:
    """Whether a note says what parties or sides have said of the text, and so is no part of it."""
    key, argument, _ = split(text) or ("", "", "")
    return key == AD_REFERENDUM or (key in BESIDE and argument != "")


# ---- writing


def entry_notes(content: EntryContent) -> Iterator[str]:
    """The notes of an entry that every format needs."""
    if content.notation is not None:
        yield lowered("notation", content.notation)
    for activity in content.activities:
        yield lowered("activity", activity)


def section_notes(section: Section) -> Iterator[str]:
    """The notes of a section: its own, its examples and its statement that there is no equivalent."""
    for note in section.notes:
        yield lowered("note", note) if split(note) else note
    for example in section.examples:
        yield lowered("example", example)
    if section.no_equivalent is not None:
        yield lowered("no equivalent", section.no_equivalent)


def term_notes(term: Term, shown: Acceptability, *, register: bool = True) -> Iterator[str]:
    """The notes of a term that nearly every format needs; `shown` is the acceptability that the format gives.

    Without `register` that of the term is left to the format.
    """
    if shown is not term.acceptability:
        yield lowered("acceptability", term.acceptability)
    if register and term.register_ is not None:
        yield lowered("register", term.register_)
    if term.abbreviation_of is not None:
        yield lowered("abbreviation of", term.abbreviation_of)
    if term.usage_note is not None:
        yield lowered("usage note", term.usage_note)


def transliteration_note(transliteration: Transliteration) -> str:
    return lowered("transliteration", transliteration.text, transliteration.scheme)


def equivalence_text(equivalence: Equivalence) -> str:
    """`near — the remark`"""
    return equivalence.degree + (f" — {equivalence.remark}" if equivalence.remark else "")


def relation_note(relation: Relation) -> str:
    return lowered("relation", f"{relation.type} {relation.target}")


def match_text(reference: Reference) -> str:
    """`closeMatch: the label`"""
    return MATCHES[reference.match] + (f": {reference.label}" if reference.label else "")


def reference_note(reference: Reference) -> str:
    return lowered("reference", f"<{reference.uri}> {match_text(reference)}")


def source_text(source: Source) -> str:
    """`adapted: the citation <https://…>`; without a word before it, the text is taken over as it stands.

    That is how ISO 10241-1 cites sources: what is not marked as modified is identical.
    """
    text = source.citation
    if source.relation is not SourceRelation.IDENTICAL or _source_relation(text)[0]:
        text = f"{source.relation}: {text}"
    if source.uri is not None:
        return f"{text} <{source.uri}>"
    # An empty address says that the one before it belongs to the citation.
    return f"{text} <>" if _source_address(text)[1] is not None else text


# ---- reading


def equivalence_fields(text: str) -> Fields:
    degree, _, remark = text.partition(" — ")
    return {"degree": degree, "remark": remark or None}


def reference_fields(uri: str, text: str) -> Fields:
    """The reference that a link says. An unmarked link of another collection claims only a relation."""
    name, _, label = text.partition(": ")
    if name in _MATCH_NAMES:
        return {"uri": uri, "match": _MATCH_NAMES[name], "label": label or None}
    return {"uri": uri, "match": ReferenceMatch.RELATED, "label": text or None}


def relation_fields(type_: str, target: str) -> Fields | None:
    """The relation, or None where the words do not name one."""
    if fits(RelationType, type_) and fits(EntryNumber, target):
        return {"type": type_, "target": target}
    return None


def source_fields(text: str) -> Fields:
    text, uri = _source_address(text)
    relation, citation = _source_relation(text)
    return {"citation": citation, "uri": uri or None, "relation": relation or SourceRelation.IDENTICAL}


def raise_entry_note(entry: Fields, text: str) -> bool:
    """Put a lowered note of an entry back into its field; whether it was one."""
    key, argument, value = split(text) or ("", "", "")
    if key == "notation" and key not in entry and fits(Notation, value):
        entry[key] = value
    elif key == "activity" and fits(Code, value):
        entry.setdefault("activities", []).append(value)
    elif key == "equivalence" and argument in PAIRS and fits(Equivalence, equivalence_fields(value)):
        entry.setdefault("equivalence", {})[argument] = equivalence_fields(value)
    elif key == "relation" and (relation := relation_fields(*value.partition(" ")[::2])):
        entry.setdefault("relations", []).append(relation)
    elif key == "reference" and (reference := _written_reference(value)):
        entry.setdefault("references", []).append(reference)
    else:
        return False
    return True


def raise_section_note(section: Fields, text: str) -> None:
    """Put a lowered note of a section back into its field, and any other note among the notes."""
    key, _, value = split(text) or ("", "", "")
    if key == "example":
        section["examples"].append(value)
    elif key == "no equivalent" and "no_equivalent" not in section:
        section["no_equivalent"] = value
    else:
        section["notes"].append(value if key == "note" else text)


def term_value(text: str) -> tuple[str, Any] | None:
    """The field and the value that a lowered note of a term carries; None of any other note."""
    key, argument, value = split(text) or ("", "", "")
    if key == "transliteration" and fits(TransliterationScheme, argument):
        return "transliterations", {"scheme": argument, "text": value}
    name, type_ = TERM_FIELDS.get(key, ("", None))
    return (name, value) if name and fits(type_, value) else None


def fits(type_: Any, value: Any) -> bool:
    """Whether a value is one that the type of a field takes."""
    # By identity: the parts of an annotated type are hashed again each time that it is looked up.
    known = _CHECKS.get(id(type_))
    if known is None:
        known = _CHECKS[id(type_)] = type_, TypeAdapter(type_).validator.isinstance_python
    return known[1](value)


_CHECKS: dict[int, tuple[Any, Callable[[Any], bool]]] = {}
"""Types and their checks, by the id of the type, which is its own for as long as the type stands here."""


def _written_reference(value: str) -> Fields | None:
    address, _, text = value.partition(" ")
    match = _ADDRESS.fullmatch(address)
    if match is None or not fits(Uri, match[1]):
        return None
    return reference_fields(match[1], text)


def _source_relation(text: str) -> tuple[str, str]:
    relation, separator, citation = text.partition(": ")
    return (relation, citation) if separator and relation in list(SourceRelation) and citation else ("", text)


def _source_address(text: str) -> tuple[str, str | None]:
    """The text and the address after it: None if there is none, empty for `<>`."""
    if not text.endswith(">"):
        return text, None
    citation, _, last = text.rpartition(" ")
    match = _ADDRESS.fullmatch(last)
    return (citation, match[1] or "") if match and citation else (text, None)
