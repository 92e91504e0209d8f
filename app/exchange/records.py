"""What goes through an exchange format: one record an entry, between bytes and EntryContent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from datetime import datetime
from typing import BinaryIO

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


@dataclass(frozen=True)
class Format:
    """One exchange format and its two directions."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Iterable[Record]], Iterator[bytes]]
    """Bytes in small pieces, the same for the same records. Holds one record at a time."""
    read: Callable[[BinaryIO], Iterator[Incoming]]
    """Entries one at a time. Raises UnreadableFile where the file as a whole cannot be read."""
    losses: tuple[str, ...]
    """The fields of a content that do not come back from the format, as paths with `*`."""
