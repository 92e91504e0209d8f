"""A content as the checks read it: its texts and terms with their places, and what surrounds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.entries.content import Acceptability, EntryContent, Term, TermType
from app.entries.lint.finding import Mark, Span
from app.entries.status import EntryStatus
from app.languages.codes import LanguageCode


class Stage(StrEnum):
    """How far the text has come. What a draft may still lack, a text to be agreed may not."""

    DRAFT = "draft"
    FINAL = "final"


class Kind(StrEnum):
    """What a passage is."""

    DEFINITION = "definition"
    NOTE = "note"
    EXAMPLE = "example"
    NO_EQUIVALENT = "no_equivalent"
    USAGE_NOTE = "usage_note"


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A running text and the path of its field."""

    element: str
    language: LanguageCode
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A term and the path that names it, such as `languages.en.terms[missile]`."""

    element: str
    language: LanguageCode
    term: Term


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another entry."""

    number: str
    status: EntryStatus
    content: EntryContent


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A term of another entry."""

    number: str
    status: EntryStatus
    language: LanguageCode
    text: str
    type: TermType
    acceptability: Acceptability


@dataclass(frozen=True, slots=True)
class Use:
    """A term of another entry that occurs in a text, in whatever inflected form."""

    span: Span
    term: NamedTerm


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that came to nothing."""

    proposal: str
    reason: str | None


class Surroundings(Protocol):
    """What a check may ask of the rest of the compendium. The entry itself is never part of the answers."""

    def entry(self, number: str) -> Neighbour | None:
        """The entry of a number."""
        ...

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:
        """The terms that are the same but for case, accents, hyphens, spaces and regional spelling."""
        ...

    def used(self, language: LanguageCode, text: str) -> Sequence[Use]:
        """The terms that occur in a text, in the order of the text; of overlapping ones the longest."""
        ...

    def children(self, number: str) -> Sequence[Neighbour]:
        """The entries with a generic or partitive relation to an entry."""
        ...

    def is_pointed_at(self, number: str) -> bool:
        """Whether any entry has a relation to this one."""
        ...

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:
        """Proposals for such a term that were rejected, withdrawn or lapsed."""
        ...

    def was_complete(self) -> bool:
        """Whether all that was asked since the last time is known; if not, the answers lacked something."""
        ...

    def look_up(self) -> None:
        """Find out what was asked and is not known yet."""
        ...


class Alone:
    """No surroundings: a content by itself."""

    def entry(self, number: str) -> Neighbour | None:  # noqa: ARG002
        return None

    def named(self, language: LanguageCode, text: str) -> Sequence[NamedTerm]:  # noqa: ARG002
        return ()

    def used(self, language: LanguageCode, text: str) -> Sequence[Use]:  # noqa: ARG002
        return ()

    def children(self, number: str) -> Sequence[Neighbour]:  # noqa: ARG002
        return ()

    def is_pointed_at(self, number: str) -> bool:  # noqa: ARG002
        return True

    def refused(self, language: LanguageCode, text: str) -> Sequence[Refused]:  # noqa: ARG002
        return ()

    def was_complete(self) -> bool:
        return True

    def look_up(self) -> None:
        """There is nothing to be known."""


ALONE = Alone()


@dataclass(frozen=True)
class Reading:
    """One content, and all that a check may look at."""

    content: EntryContent
    number: str | None = None
    """The number of the entry; a new one has none yet."""
    stage: Stage = Stage.FINAL
    surroundings: Surroundings = ALONE

    def definitions(self) -> Iterator[PlacedPassage]:
        """The definition of each language that has one."""
        for language, section in self.content.languages.items():
            if section.definition is not None:
                element = f"languages.{language}.definition.text"
                yield PlacedPassage(element, language, Kind.DEFINITION, section.definition.text)

    def passages(self) -> Iterator[PlacedPassage]:
        """Every running text that is written in the language of its section."""
        yield from self.definitions()
        for language, section in self.content.languages.items():
            base = f"languages.{language}"
            for place, note in enumerate(section.notes):
                yield PlacedPassage(f"{base}.notes[{place}]", language, Kind.NOTE, note)
            for place, example in enumerate(section.examples):
                yield PlacedPassage(f"{base}.examples[{place}]", language, Kind.EXAMPLE, example)
            if section.no_equivalent is not None:
                yield PlacedPassage(f"{base}.no_equivalent", language, Kind.NO_EQUIVALENT, section.no_equivalent)
            for placed in self._terms_of(language):
                if placed.term.usage_note is not None:
                    element = f"{placed.element}.usage_note"
                    yield PlacedPassage(element, language, Kind.USAGE_NOTE, placed.term.usage_note)

    def terms(self) -> Iterator[PlacedTerm]:
        """Every term of every language."""
        for language in self.content.languages:
            yield from self._terms_of(language)

    def public_texts(self) -> Iterator[tuple[str, LanguageCode | None, str]]:
        """Every text that its readers see, sources left out: its path, its language, what it says."""
        for passage in self.passages():
            yield passage.element, passage.language, passage.text
        for placed in self.terms():
            yield f"{placed.element}.text", placed.language, placed.term.text
            for place, context in enumerate(placed.term.contexts):
                yield f"{placed.element}.contexts[{place}].text", placed.language, context.text
        for pair, equivalence in self.content.equivalence.items():
            if equivalence.remark is not None:
                yield f"equivalence.{pair}.remark", None, equivalence.remark

    def quoted(self, mark: Mark) -> str | None:
        """The text at the span of a mark."""
        if mark.span is None:
            return None
        start, end = mark.span
        texts = {element: text for element, _, text in self.public_texts()}
        return texts[mark.element][start:end]

    def _terms_of(self, language: LanguageCode) -> Iterator[PlacedTerm]:
        for term in self.content.languages[language].terms:
            yield PlacedTerm(f"languages.{language}.terms[{term.text}]", language, term)
