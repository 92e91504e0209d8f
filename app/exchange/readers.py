"""What can be imported, by the name of its format."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal

from app.exchange import csv_reader, jsonl_reader, skos_reader, tbx_reader, xlsx_reader
from app.exchange.options import ReadOptions
from app.exchange.records import Incoming

Reader = Callable[[BinaryIO, ReadOptions], Iterator[Incoming]]
ImportFormat = Literal["tbx", "tbx-2019", "tbx-v4", "tbx-v2", "csv", "csv-wide", "tsv", "xlsx", "jsonl", "skos"]

READERS: dict[ImportFormat, Reader] = {
    # A file rarely says in its name which edition it is of, or what its rows are: a reader takes all of its kind.
    **dict.fromkeys(("tbx", "tbx-2019", "tbx-v4", "tbx-v2"), tbx_reader.read),
    **dict.fromkeys(("csv", "csv-wide", "tsv"), csv_reader.read),
    "xlsx": xlsx_reader.read,
    "jsonl": jsonl_reader.read,
    "skos": skos_reader.read,
}
