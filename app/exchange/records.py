"""What goes through an exchange format: one record an entry, between bytes and EntryContent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.entries.content import EntryContent
from app.languages.codes import LanguageCode


@dataclass(frozen=True)
class Stated:
    """A reservation, interpretative statement or national usage note of a party. No part of the content."""

    kind: str
    """Its code, such as `interpretative_statement`."""
    names: Mapping[LanguageCode, str]
    """Those of the party."""
    element: str
    """The field of the content that it is about; empty for the whole."""
    language: LanguageCode
    """In which the party made it."""
    text: str
    translations: Mapping[LanguageCode, str] = field_(default_factory=dict)
    """Unofficial ones."""
    alternative: str | None = None
    """The text that the party uses instead."""


@dataclass(frozen=True)
class SideText:
    """The text of one side, of an entry on which the sides differ. It is not agreed."""

    names: Mapping[LanguageCode, str]
    """Those of the side."""
    content: EntryContent


@dataclass(frozen=True)
class Record:
    """An entry on its way out."""

    number: str
    """The permanent number, `TMD-0017`."""
    status: str
    """The status code of the entry: proposed, agreed, superseded, withdrawn or diverged."""
    uri: str
    """The permanent address of the entry."""
    updated_at: datetime
    """When this text was adopted or, of a proposed entry, written; aware, UTC."""
    content: EntryContent
    ad_referendum: bool = False
    """The co-chairs have agreed the text, the parties have yet to confirm it."""
    statements: tuple[Stated, ...] = ()
    """Those that stand on this text."""
    sides: tuple[SideText, ...] = ()
    """The parallel texts, if the entry is diverged."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of an incoming entry."""

    field: str
    """The path of the field in the content, such as `languages.ru.terms.0.text`; empty for the whole."""
    code: str
    """A stable code: one of the validation codes of `entries`, or of the format."""
    params: dict[str, str | int] = field_(default_factory=dict)
    """What the sentence of that code needs."""


@dataclass(frozen=True)
class Incoming:
    """An entry on its way in: a content, or the reasons why there is none."""

    line: int
    """Where the entry begins in the file, from 1."""
    reference: str | None
    """What the file calls the entry: our number, or an identifier of its own."""
    content: EntryContent | None
    faults: tuple[Fault, ...] = ()
    """Why there is no content. Empty if there is one."""
    warnings: tuple[Fault, ...] = ()
    """What was read differently from how it was written, or left out."""


class Style(StrEnum):
    """How TBX 3 names its data categories: as values of an attribute, or as elements of their own."""

    DCA = "dca"
    DCT = "dct"


@dataclass(frozen=True)
class Options:
    """What may be chosen about a file, where its format leaves a choice."""

    source: LanguageCode | None = None
    target: LanguageCode | None = None
    """The pair of languages. Both are given or neither."""
    style: Style = Style.DCA
    as_of: datetime | None = None
    """When the newest of the texts was written, which is the date of a file that must have one; aware."""
    inside: frozenset[str] = frozenset()
    """The numbers of entries that are surely in the file, so that others in it may point at them."""

    @property
    def pair(self) -> tuple[LanguageCode, LanguageCode] | None:
        """The language that is translated, and the one into which."""
        return (self.source, self.target) if self.source and self.target else None


PLAIN = Options()
"""Nothing chosen."""


class Pair(StrEnum):
    """What a format has to do with a pair of languages."""

    NEVER = "never"  # it holds all languages
    OPTIONAL = "optional"  # all languages, or a pair if one is asked for
    NEEDED = "needed"  # it holds two languages


class Terms(StrEnum):
    """Which terms of a language a format has room for."""

    ALL = "all"
    USABLE = "usable"  # none that is deprecated or superseded
    FIRST = "first"  # the preferred one, or the first that may be used


class Write(Protocol):
    """A writer of files."""

    def __call__(self, records: Iterable[Record], options: Options = ..., /) -> Iterator[bytes]:
        """Bytes in small pieces, the same for the same records and options. Holds one record at a time."""
        ...


@dataclass(frozen=True)
class Format:
    """One exchange format and its two directions."""

    name: str
    media_type: str
    suffix: str
    write: Write
    losses: tuple[str, ...] = ()
    """The fields of a content that the format does not carry, or not exactly, as paths with `*`."""
    lowered: tuple[str, ...] = ()
    """The fields that it carries in notes only, where a person reads them; see `lowered`."""
    pair: Pair = Pair.NEVER
    terms: Terms = Terms.ALL
    styles: tuple[Style, ...] = ()
    """Those to choose from, if any."""
    once: bool = False
    """Whether a file for a pair names each term of the source once, whatever the number of entries that have it."""
    purpose: str = ""
    """What it is for, in a few words."""
