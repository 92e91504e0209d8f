"""Entries from a workbook (XLSX), in the columns that `table_columns` knows.

A workbook is a ZIP file of XML files. What they would take is looked at before anything is inflated, and they go
through the reader of `xml`, so that neither a ZIP bomb nor an entity comes in. Nothing is worked out: a cell with a
formula is a fault of its entry, since what a person saw in it is neither the formula nor surely the stored result.
"""

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.errors import UnreadableFile
from app.exchange.options import DEFAULTS, ReadOptions
from app.exchange.records import Incoming
from app.exchange.table_cells import Cell
from app.exchange.table_reader import entries
from app.exchange.xml import Element, EntryReader

MAX_FILES = 2_000
MAX_FILE = 100_000_000
"""Bytes of one file in the workbook."""
MAX_TOTAL = 200_000_000
MAX_RATIO = 300
"""How far a file of some length may have been compressed; tables come near 20."""
SMALL = 1_000_000
"""Bytes up to which a file may have been compressed as far as it likes."""
MAX_STRINGS = 20_000_000
"""Characters of the texts that cells share, which are held in memory."""
MAX_COLUMNS = 256

_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, RuntimeError, OSError)
"""How Python says that a ZIP file is none, is encrypted, or is compressed in a way of its own."""
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(stream: BinaryIO, options: ReadOptions = DEFAULTS) -> Iterator[Incoming]:
    """The entries of a sheet, one at a time. Raises UnreadableFile."""
    with _named_failures(), ZipFile(stream) as archive:
        _check_sizes(archive.infolist())
        shared = _shared_strings(archive)
        yield from entries(_rows(archive, _sheet(archive, options.sheet), shared), options)


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise UnreadableFile(reason="xlsx_malformed", line=1) from error


def _check_sizes(files: list[ZipInfo]) -> None:
    """Refuse what would be too large; `zipfile` inflates no more of a file than its stated size."""
    if len(files) > MAX_FILES or sum(file.file_size for file in files) > MAX_TOTAL:
        raise UnreadableFile(reason="xlsx_too_large", line=1)
    for file in files:
        packed = max(file.compress_size, 1)
        if file.file_size > MAX_FILE or (file.file_size > SMALL and file.file_size / packed > MAX_RATIO):
            raise UnreadableFile(reason="xlsx_too_large", line=1)


# ---- the files of a workbook


def _elements(archive: ZipFile, name: str, root: str, wanted: str) -> Iterator[Element]:
    with archive.open(name) as file:
        try:
            yield from EntryReader(cast(BinaryIO, file), roots=frozenset({root}), entries=frozenset({wanted}))
        except UnreadableFile as error:
            # That there is none of what was wanted is for the caller to judge.
            if error.params["reason"] != "not_tbx":
                raise


def _sheet(archive: ZipFile, wanted: str | None) -> str:
    """The name of the file of a sheet: the one that is asked for by name or place, else the first one."""
    sheets = list(_elements(archive, "xl/workbook.xml", "workbook", "sheet"))
    targets = {
        link.attributes.get("Id", ""): link.attributes.get("Target", "")
        for link in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationships", "Relationship")
    }
    for place, sheet in enumerate(sheets, 1):
        if wanted is None or wanted in (sheet.attributes.get("name"), str(place)):
            return posixpath.normpath(posixpath.join("/xl", targets[sheet.attributes["id"]])).lstrip("/")
    names = ", ".join(sheet.attributes.get("name", "") for sheet in sheets)[:500]
    raise UnreadableFile(reason="xlsx_no_sheet", line=1, sheet=wanted or "1", sheets=names)


def _shared_strings(archive: ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    strings: list[str] = []
    size = 0
    for item in _elements(archive, name, "sst", "si"):
        strings.append(_text(item))
        size += len(strings[-1]) + 50
        if size > MAX_STRINGS:
            raise UnreadableFile(reason="xlsx_too_large", line=1)
    return strings


# ---- the rows of a sheet


def _rows(archive: ZipFile, name: str, shared: list[str]) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    for row in _elements(archive, name, "worksheet", "row"):
        number = int(stated) if (stated := row.attributes.get("r", "")).isdecimal() else number + 1
        yield number, _cells(row, number, shared)


def _cells(row: Element, number: int, shared: list[str]) -> list[Cell]:
    cells: list[Cell] = []
    for element in row.elements():
        if element.name != "c":
            continue
        place = _place(element.attributes.get("r", ""), len(cells))
        if place >= MAX_COLUMNS:
            raise UnreadableFile(reason="csv_malformed", line=number)
        cells += [Cell("")] * (place - len(cells))
        cells[place:] = [_cell(element, shared)]
    return cells


def _place(reference: str, following: int) -> int:
    """The place of a column from 0: that of `AB12`, else the next one."""
    match = _COLUMN.fullmatch(reference)
    if match is None:
        return following
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _cell(element: Element, shared: list[str]) -> Cell:
    parts = {part.name: part for part in element.elements()}
    kind = element.attributes.get("t", "n")
    if "f" in parts or kind == "e":
        return Cell("=", is_formula=True)
    if kind == "inlineStr":
        return Cell(_text(parts["is"]) if "is" in parts else "")
    value = parts["v"].text if "v" in parts else ""
    match kind:
        case "s":
            known = value.isascii() and value.isdecimal() and int(value[:9]) < len(shared)
            return Cell(shared[int(value[:9])] if known else "")
        case "b":
            return Cell({"1": "true", "0": "false"}.get(value, value))
        case "n":
            return Cell(value.removesuffix(".0"))
    return Cell(_unescaped(value))


def _text(element: Element) -> str:
    """The runs of a rich text joined, without what says how to pronounce them."""
    pieces = []
    for part in element.elements():
        if part.name == "t":
            pieces.append(part.own_text)
        elif part.name == "r":
            pieces.append(_text(part))
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """The characters that XML cannot hold are written as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
