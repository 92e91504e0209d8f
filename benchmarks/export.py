"""The TBX export in this process, beside writers that do less."""

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from statistics import median

from app.db import Database
from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.entries.queries import EntryFilter
from app.entries.status import EntryStatus
from app.exchange.exporting import records
from app.exchange.formats import FORMATS
from app.exchange.records import Record
from app.exchange.tbx_writer import CHUNK
from benchmarks import handmade, lxml_writing
from benchmarks.data import Loaded
from benchmarks.report import Goal, Part, Table, ratio

FRAGMENTS, BY_HAND, LXML = "stored byte fragments, joined", "f-strings from dictionaries", "lxml.etree.xmlfile"
WRITER, FROM_DATABASE = 'the service, `FORMATS["tbx"].write`', "the service, from the database"

FEW = 1_000
"""Entries of the smaller of the two exports whose memory is compared."""

Writer = Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Row:
    """The medians of one writer."""

    writer: str
    megabytes_per_second: float
    entries_per_second: float
    of_fragments: float
    of_by_hand: float
    of_lxml: float
    """Megabytes per second as shares: the median over the rounds of the ratio in each."""


@dataclass(frozen=True)
class Export:
    """What was measured of all writers, and of the whole way from the database."""

    rows: list[Row]
    megabytes: float
    """The size of the whole file."""
    same_bytes: bool
    """Whether the writer by hand and that of the service wrote the same file."""
    first_piece: float
    """Milliseconds from the question to the first bytes, from the database."""
    memory_few: float
    memory_all: float
    """Megabytes that an export from the database adds at its peak: of a few entries, and of all."""


@dataclass(frozen=True)
class _Pass:
    seconds: float
    """Of processor time: what others do at the same time does not count."""
    first: float
    """Seconds that pass until the first bytes are there."""
    size: int


def measure(loaded: Loaded, *, rounds: int, say: Callable[[str], None]) -> Part:
    """Let each writer write everything once in each of the rounds."""
    return _part(_measured(loaded, rounds=rounds, say=say), loaded.count)


def _measured(loaded: Loaded, *, rounds: int, say: Callable[[str], None]) -> Export:
    held = _records(loaded)
    dictionaries = [handmade.prepared(record) for record in held]
    whole = b"".join(FORMATS["tbx"].write(held))
    fragments = _entries(whole)
    elements = lxml_writing.nodes(whole)
    database = Database.connect(loaded.settings)
    writers: dict[str, Writer] = {
        FRAGMENTS: lambda: _joined(fragments),
        BY_HAND: lambda: handmade.write(dictionaries),
        LXML: lambda: lxml_writing.write(elements),
        WRITER: lambda: FORMATS["tbx"].write(held),
        FROM_DATABASE: lambda: _from_database(database, loaded, None),
    }
    passes: dict[str, list[_Pass]] = {name: [] for name in writers}
    with _nothing_to_collect():
        for number in range(rounds):
            say(f"export, round {number + 1} of {rounds}")
            for name, writer in writers.items():
                passes[name].append(_timed(writer()))
    say("export, memory")
    memory = [_peak(_from_database(database, loaded, limit)) for limit in (FEW, None)]
    database.dispose()
    return Export(
        rows=[_row(name, passes, len(held)) for name in writers],
        megabytes=len(whole) / 1e6,
        same_bytes=b"".join(handmade.write(dictionaries)) == whole,
        first_piece=median(p.first for p in passes[FROM_DATABASE]) * 1e3,
        memory_few=memory[0],
        memory_all=memory[1],
    )


def _records(loaded: Loaded) -> list[Record]:
    at = datetime.now(UTC)
    return [
        Record(
            number=entry_number(entry_id),
            status=EntryStatus.AGREED.value,
            uri=entry_uri(loaded.settings.public_url, entry_id),
            updated_at=at,
            content=content,
        )
        for entry_id, content in loaded.contents()
    ]


def _entries(whole: bytes) -> list[bytes]:
    """A file cut after each entry; the head is part of the first piece."""
    end = b"</conceptEntry>\n"
    *entries, tail = whole.split(end)
    return [*(entry + end for entry in entries), tail]


def _joined(fragments: Iterable[bytes]) -> Iterator[bytes]:
    pieces: list[bytes] = []
    size = 0
    for fragment in fragments:
        pieces.append(fragment)
        size += len(fragment)
        if size >= CHUNK:
            yield b"".join(pieces)
            pieces, size = [], 0
    yield b"".join(pieces)


def _from_database(database: Database, loaded: Loaded, limit: int | None) -> Iterator[bytes]:
    with database.read() as db:
        chosen = records(db, EntryFilter(), loaded.settings.public_url)
        yield from FORMATS["tbx"].write(islice(chosen, limit))


def _timed(pieces: Iterator[bytes]) -> _Pass:
    begun, worked = time.perf_counter(), time.thread_time()
    size = len(next(pieces))
    first = time.perf_counter() - begun
    size += sum(map(len, pieces))
    return _Pass(time.thread_time() - worked, first, size)


def _peak(pieces: Iterator[bytes]) -> float:
    """Megabytes that Python allocates at most while the pieces are read and let go."""
    tracemalloc.start()
    try:
        for _ in pieces:
            pass
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep the garbage collector from walking through the data that only the benchmark holds."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _row(name: str, passes: dict[str, list[_Pass]], count: int) -> Row:
    def of(other: str) -> float:
        pairs = zip(passes[name], passes[other], strict=True)
        return median((own.size / own.seconds) / (base.size / base.seconds) for own, base in pairs)

    return Row(
        writer=name,
        megabytes_per_second=median(p.size / p.seconds for p in passes[name]) / 1e6,
        entries_per_second=median(count / p.seconds for p in passes[name]),
        of_fragments=of(FRAGMENTS),
        of_by_hand=of(BY_HAND),
        of_lxml=of(LXML),
    )


def _part(exported: Export, count: int) -> Part:
    header = ("TBX written by", "MB/s", "entries/s", "of fragments", "of f-strings", "of lxml")
    rows = [
        (
            row.writer,
            f"{row.megabytes_per_second:,.1f}",
            f"{row.entries_per_second:,.0f}",
            ratio(row.of_fragments),
            ratio(row.of_by_hand),
            ratio(row.of_lxml),
        )
        for row in exported.rows
    ]
    written = {row.writer: row for row in exported.rows}
    goals = [
        Goal("TBX writer: MB/s of f-strings", "≥", 0.6, written[WRITER].of_by_hand),
        Goal("TBX writer: MB/s of lxml.etree.xmlfile", "≥", 5, written[WRITER].of_lxml),
        Goal("TBX from the database: MB/s of f-strings", "≥", 0.6, written[FROM_DATABASE].of_by_hand),
        Goal("TBX: first bytes, ms", "≤", 50, exported.first_piece),
        Goal("TBX: memory added, MB", "≤", 32, exported.memory_all),
    ]
    return Part("export", f"Export, {count:,} entries", [Table(header, rows)], goals, _notes(exported))


def _notes(exported: Export) -> str:
    same = "the same bytes" if exported.same_bytes else "NOT the same bytes, so the two do unequal work"
    return (
        f"The file has {exported.megabytes:.1f} MB; the f-strings and the service wrote {same}. From the database"
        f" the first bytes came after {exported.first_piece:.0f} ms, and the export added"
        f" {exported.memory_few:.1f} MB of memory at its peak for {FEW:,} entries,"
        f" {exported.memory_all:.1f} MB for all (as Python counts them; SQLite's own page cache is not in it)."
    )
