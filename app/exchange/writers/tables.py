"""What the tables of the writers share: delimited text in small pieces, and what a spreadsheet may not run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

CHUNK = 32_768
"""Characters collected before bytes are sent."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def delimited(
    rows: Iterable[Sequence[str]], *, delimiter: str = ",", mark: bool = False, quoted: bool = True
) -> Iterator[bytes]:
    """The rows as UTF-8, each ended by CRLF; with the byte order mark that spreadsheets need, if asked for.

    Without quotes the cells stand as they are, for readers that know no quoting; no text holds a tab.
    """
    text = io.StringIO()
    if mark:
        text.write("\ufeff")
    table = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        if quoted:
            table.writerow(row)
        else:
            text.write(delimiter.join(row) + "\r\n")
        if text.tell() >= CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell behind an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def no_comment(cell: str) -> str:
    """The first cell of a row behind a space if its reader would take the row for a comment."""
    return f" {cell}" if cell.startswith("#") else cell


def instant(moment: datetime) -> str:
    """`2026-01-02T03:04:05Z`"""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
