"""Entries from CSV and TSV: in the columns of `csv_table`, or in those of others as `table_columns` knows them.

UTF-8 or UTF-16, with or without a byte order mark; a code page if the bytes look like one, with a warning, or if
the caller names it. Comma, semicolon, tab or bar, as the first row has it; the columns in any order.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from app.errors import UnreadableFile
from app.exchange.options import DEFAULTS, ReadOptions
from app.exchange.records import Fault, Incoming
from app.exchange.sniffing import HEAD, delimiter_of, encoding_of
from app.exchange.table_cells import Cell
from app.exchange.table_reader import entries

MAX_CELL = 1_000_000
"""Characters: fifty notes and fifty examples of full length, all in one cell, with their escapes."""
MAX_LINE = 6_000_000
"""Characters."""

# A limit of the whole process, which has no other reader of CSV.
csv.field_size_limit(MAX_CELL)


def read(stream: BinaryIO, options: ReadOptions = DEFAULTS) -> Iterator[Incoming]:
    """The entries of the table, one at a time. Raises UnreadableFile."""
    head = stream.read(HEAD)
    encoding, is_likely = encoding_of(head, complete=len(head) < HEAD, asked=options.encoding)
    lines = _physical_lines(stream, head, encoding)
    first = next(lines, "")
    delimiter = options.delimiter or delimiter_of(first)
    found = entries(_rows(chain([first] if first else [], lines), delimiter), options)
    if is_likely:
        found = _warned(found, encoding)
    yield from found


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    # Spaces around headings are no part of them, and a stray mark among them no reason to refuse the file.
    headings = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    if (first := _next(headings, 1)) is None:
        return
    yield 1, first
    before = headings.line_num
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = before + table.line_num + 1
        if (cells := _next(table, number)) is None:
            return
        yield number, cells


def _next(table: Iterator[list[str]], line: int) -> list[Cell] | None:
    try:
        cells = next(table, None)
    except csv.Error as error:
        raise UnreadableFile(reason="csv_malformed", line=line) from error
    return None if cells is None else list(map(Cell, cells))


def _physical_lines(stream: BinaryIO, head: bytes, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    pending = ""
    number = 1
    chunk = head
    while True:
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            # Not what stands before the error in this piece: it may be of another line.
            before = error.object[: error.start].decode(encoding, "replace")
            line = number + pending.count("\n") + before.count("\n")
            raise UnreadableFile(reason="csv_encoding", line=line) from error
        *lines, pending = (pending + text).split("\n")
        for line_ in lines:
            yield line_ + "\n"
            number += 1
        if len(pending) > MAX_LINE:
            raise UnreadableFile(reason="csv_malformed", line=number)
        if not chunk:
            break
        chunk = stream.read(HEAD)
    if pending:
        yield pending


def _warned(found: Iterator[Incoming], encoding: str) -> Iterator[Incoming]:
    """The same, the first with a warning that the encoding was guessed."""
    for place, item in enumerate(found):
        if place == 0:
            warning = Fault("", "encoding_assumed", {"encoding": encoding})
            item = replace(item, warnings=(warning, *item.warnings))
        yield item
