"""What look-up stores of a public text, worked out without a database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from app.entries.content import Acceptability, Degree, EntryContent, RelationType, Section, Term
from app.entries.status import EntryStatus
from app.entries.tables import TERMS_PER_ENTRY
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.fold import fold
from app.languages.keys import STEM_LENGTH, TermWord, term_keys, term_words
from app.languages.sorting import initial, sort_key
from app.languages.stems import content_stems

GIST = 160
"""Characters of a definition that are enough to tell two concepts apart."""

_ENDING = 2
"""From this length on, an ending that is misspelt would hide the stem."""

# At equal match, what is agreed comes before what is not, and a preferred term before the others.
_STATUS_ORDER = (
    EntryStatus.AGREED,
    EntryStatus.PROPOSED,
    EntryStatus.DIVERGED,
    EntryStatus.SUPERSEDED,
    EntryStatus.WITHDRAWN,
)
_USE_ORDER = tuple(Acceptability)


class Element(IntEnum):
    """Where a stem stands, the weightiest first."""

    TERM = 0
    DEFINITION = 1
    NOTE = 2
    EXAMPLE = 3


class WarningCode(StrEnum):
    """What a reader of a hit has to know."""

    FALSE_FRIEND = "false_friend"  # entries: others that are easily confused with this one
    INEXACT = "inexact_equivalence"  # pair, degree: the concepts of two languages do not coincide
    GAP = "no_equivalent"  # language: it has no term for the concept
    DEPRECATED = "deprecated"  # preferred: the term to be used in place of the one that was found
    HOMOGRAPH = "homograph"  # entries: others that have the same term


def rank_of(status: EntryStatus, acceptability: Acceptability) -> int:
    """Where a term stands among those that match equally well."""
    return _STATUS_ORDER.index(status) * len(_USE_ORDER) + _USE_ORDER.index(acceptability)


def status_of(rank: int) -> EntryStatus:
    """The status of the entry of a term with this rank."""
    return _STATUS_ORDER[rank // len(_USE_ORDER)]


@dataclass(frozen=True)
class IndexedTerm:
    """A term with its keys."""

    id: int
    language: LanguageCode
    position: int
    term: Term

    @cached_property
    def words(self) -> list[TermWord]:
        """The words that carry its meaning."""
        return term_words(self.term.text, self.language)

    @property
    def keys(self) -> list[str]:
        """The keys under which it is found."""
        abbreviated = self.term.type.is_abbreviated
        return term_keys(self.term.text, self.language, self.words, abbreviated=abbreviated)

    @property
    def spellings(self) -> set[tuple[str, str]]:
        """Ways in which its words may be recognised if they are misspelt, each with the stem that it stands for."""
        found = {(stem[:STEM_LENGTH], stem[:STEM_LENGTH]) for word in self.words for stem in word.stems}
        for word in self.words:
            stem = word.stems[0]
            if len(word.folded) - len(stem) >= _ENDING:
                found.add((word.folded[:STEM_LENGTH], stem[:STEM_LENGTH]))
        return found

    def row(self, entry_id: int) -> dict[str, Any]:
        """Its row in `term`."""
        text = self.term.text
        return {
            "id": self.id,
            "entry_id": entry_id,
            "language": self.language,
            "position": self.position,
            "text": text,
            "type": self.term.type.value,
            "acceptability": self.term.acceptability.value,
            "full_form": self.term.abbreviation_of,
            "stems": " ".join("|".join(word.stems) for word in self.words),
            "folded": fold(text),
            "sort_key": sort_key(text),
            "letter": initial(text),
        }


def indexed_terms(entry_id: int, content: EntryContent) -> list[IndexedTerm]:
    """The terms of a content, numbered through."""
    placed = [
        (language, position, term)
        for language, section in content.languages.items()
        for position, term in enumerate(section.terms, 1)
    ]
    first = entry_id * TERMS_PER_ENTRY
    return [IndexedTerm(first + place, *term) for place, term in enumerate(placed)]


def occurrences(content: EntryContent, terms: list[IndexedTerm]) -> set[tuple[LanguageCode, str, Element]]:
    """The stems of a content, and where they occur."""
    found = {
        (term.language, stem[:STEM_LENGTH], Element.TERM)
        for term in terms
        for word in term.words
        for stem in word.stems
    }
    for language, section in content.languages.items():
        for element, text in passages(section):
            found.update((language, stem[:STEM_LENGTH], element) for stem in content_stems(text, language))
    return found


def passages(section: Section) -> Iterator[tuple[Element, str]]:
    """The running text of a section, the weightiest first."""
    if section.definition is not None:
        yield Element.DEFINITION, section.definition.text
    if section.no_equivalent is not None:
        yield Element.NOTE, section.no_equivalent
    yield from ((Element.NOTE, note) for note in section.notes)
    yield from ((Element.EXAMPLE, example) for example in section.examples)


def card_row(entry_id: int, status: EntryStatus, content: EntryContent) -> dict[str, Any]:
    """The row in `entry_card`."""
    sections = content.languages
    gists = {code: gist(s.definition.text) for code, s in sections.items() if s.definition is not None}
    return {
        "entry_id": entry_id,
        "status": status.value,
        "subjects": " ".join(content.subject_fields),
        **{code: _terms_json(sections.get(code)) for code in LANGUAGES},
        "warnings": _json(_warnings(content)),
        "gists": _json(gists),
        "degrees": _json({pair: equivalence.degree for pair, equivalence in content.equivalence.items()}),
    }


def gist(text: str) -> str:
    """The beginning of a text, to the end of a word."""
    if len(text) <= GIST:
        return text
    return text[: GIST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _terms_json(section: Section | None) -> str:
    terms = section.terms if section else ()
    return _json([{"text": t.text, "type": t.type, "acceptability": t.acceptability} for t in terms])


def _warnings(content: EntryContent) -> list[dict[str, Any]]:
    others = [relation.target for relation in content.relations if relation.type is RelationType.CONTRAST]
    found: list[dict[str, Any]] = []
    if others:
        found.append({"code": WarningCode.FALSE_FRIEND, "params": {"entries": others}})
    for pair, equivalence in content.equivalence.items():
        if equivalence.degree is not Degree.EXACT:
            found.append({"code": WarningCode.INEXACT, "params": {"pair": pair, "degree": equivalence.degree}})
    for language, section in content.languages.items():
        if section.no_equivalent is not None:
            found.append({"code": WarningCode.GAP, "params": {"language": language}})
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
