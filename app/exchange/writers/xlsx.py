"""A workbook with the columns of the wide table, and a second sheet that says what it is.

All cells are texts, so that nothing in them is run; the header stays in view. A workbook is a ZIP archive, whose
directory comes last: it is written to a temporary file, a row at a time, and sent from there.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import xlsxwriter

from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers import wide
from app.exchange.writers.tables import instant

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOSSES = wide.LOSSES
LONGEST = 32_767
"""Characters of a cell, beyond which Excel calls a workbook damaged."""
ROWS = 1_048_576
CHUNK = 65_536

# A date of its own, since the same entries are the same workbook whenever it is made.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def write(records: Iterable[Record], options: Options = PLAIN, /) -> Iterator[bytes]:
    """The workbook, in pieces of a size."""
    with TemporaryFile() as file, TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False})
        book.set_properties({"title": "Compendium of theatre missile defence terms", "created": _made(options)})
        entries = _entries(book, records)
        _about(book, options, entries)
        book.close()
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _entries(book: Any, records: Iterable[Record]) -> int:
    """Write the sheet of entries; of how many."""
    sheet = book.add_worksheet("Entries")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(wide.COLUMNS) - 1, 24)
    heading, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
    _row(sheet, 0, wide.COLUMNS, heading)
    number = 0
    for number, record in enumerate(records, start=1):
        if number >= ROWS:
            raise RuntimeError("a sheet of Excel has no more rows")
        _row(sheet, number, wide.row(record), text)
    sheet.autofilter(0, 0, number, len(wide.COLUMNS) - 1)
    return number


def _about(book: Any, options: Options, entries: int) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 1, 40)
    text = book.add_format({"num_format": "@"})
    said = {
        "title": "Compendium of theatre missile defence terms",
        "entries": str(entries),
        "newest text": instant(options.as_of) if options.as_of else "",
        "languages": "en, fr, ru: three equally authentic texts",
        "several values in a cell": "have | between them",
        "not in this file": ", ".join(LOSSES),
    }
    for number, pair in enumerate(said.items()):
        _row(sheet, number, pair, text)


def _row(sheet: Any, number: int, cells: Iterable[str], form: Any) -> None:
    for column, cell in enumerate(cells):
        if cell:
            sheet.write_string(number, column, cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…", form)


def _made(options: Options) -> datetime:
    return (options.as_of or _NO_DATE).astimezone(UTC).replace(tzinfo=None)
