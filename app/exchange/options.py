"""What the caller of an import may say of the file, where it does not say it itself or says it wrongly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.languages.codes import LanguageCode


class Layout(StrEnum):
    """What a row of a table is."""

    LONG = "long"  # a term
    WIDE = "wide"  # an entry


class Extras(StrEnum):
    """What becomes of what a file says and a content has no field for."""

    NOTE = "note"  # a note of the section: nothing is lost
    LEAVE = "leave"  # left out, and named in a warning


@dataclass(frozen=True)
class ReadOptions:
    """All of them may be absent; what is absent is found out from the file."""

    subject: str | None = None
    """The subject field of entries that name none."""
    extras: Extras = Extras.NOTE
    language: LanguageCode | None = None
    """Of texts that name none."""
    encoding: str | None = None
    """Of a table."""
    delimiter: str | None = None
    """Between the cells of a table."""
    separator: str = "|"
    """Between several values in a cell."""
    layout: Layout | None = None
    sheet: str | None = None
    """The sheet of a workbook; the first one if absent."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings of the file, and the columns of ours that they are; `-` for one to pass over."""


DEFAULTS = ReadOptions()
