"""What the caller of an import may say of the file, where it does not say it itself or says it wrongly."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from app.errors import InvalidInput
from app.languages.codes import LanguageCode

_CODE = re.compile(r"[a-z][a-z0-9-]{0,62}")


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

    def checked(self) -> Self:
        """The same. Raises InvalidInput for what cannot stand between cells, and a subject that is no code."""
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n\0'):
            raise InvalidInput(field="delimiter", reason="string_pattern_mismatch", pattern=r'[^"\r\n]')
        if not self.separator:
            raise InvalidInput(field="separator", reason="string_too_short", min_length=1)
        if self.subject is not None and not _CODE.fullmatch(self.subject):
            raise InvalidInput(field="subject", reason="string_pattern_mismatch", pattern=_CODE.pattern)
        return self


DEFAULTS = ReadOptions()


def columns_from(written: Iterable[str]) -> dict[str, str]:
    """The columns that a caller names as `heading=name`. Raises InvalidInput."""
    columns = {}
    for place, text in enumerate(written):
        heading, sign, name = text.rpartition("=")
        if not sign or not heading.strip() or not name.strip():
            raise InvalidInput(field=f"column.{place}", reason="string_pattern_mismatch", pattern=".+=.+")
        columns[heading.strip()] = name.strip()
    return columns
