"""How fast a file comes in, from its bytes to the rows, beside what SQLite and lxml can do at all."""

import gc
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from statistics import median

from lxml import etree

from app.accounts import operations as accounts
from app.db import Database
from app.exchange.formats import FORMATS
from app.exchange.imported import ImportAs, Terms
from app.exchange.importing import import_entries
from app.exchange.options import DEFAULTS
from app.exchange.readers import READERS
from app.exchange.tbx_reader import ENTRIES, ROOTS
from app.exchange.xml import EntryReader
from app.profile import read_profile
from app.settings import Settings
from benchmarks import synthetic
from benchmarks.clock import Clock
from benchmarks.data import Loaded
from benchmarks.report import Part, Table, ratio
from tests.exchange.makers import make_record

COUNT = 2_000
"""Entries imported; the first half, with which the process gets warm, does not count."""
TERMS = Terms("Measured.", ImportAs.INITIAL_LOAD, "benchmark")


def measure(databases: Sequence[Loaded], folder: Path, *, rounds: int, say: Callable[[str], None]) -> Part:
    """Parsing beside lxml, and the whole import beside inserts of the same texts into an empty SQLite database.

    A database of PostgreSQL is left with the entries that were imported; of one of SQLite a copy is.
    """
    say("import, the files")
    first = databases[0]
    made = synthetic.contents(COUNT, first.subjects, start=first.count)
    numbered = list(enumerate(made, synthetic.FIRST + first.count))
    halves = numbered[: COUNT // 2], numbered[COUNT // 2 :]
    files = [
        b"".join(FORMATS["tbx"].write(make_record(content, f"TMD-{number}") for number, content in half))
        for half in halves
    ]
    say("import, parsing")
    parsed = [_parsed(files[1]) for _ in range(rounds)]
    bare = median(_inserted(files[1], folder / f"bare-{n}.db") for n in range(rounds))
    count = len(halves[1])
    reading, parsing, lxml = (count / median(times) for times in zip(*parsed, strict=True))
    rows = [
        ["TBX to validated contents, the service", f"{reading:,.0f}", ratio(reading / lxml)],
        ["TBX to elements with their texts, the service", f"{parsing:,.0f}", ratio(parsing / lxml)],
        ["TBX to dictionaries of texts, lxml iterparse", f"{lxml:,.0f}", ratio(1)],
    ]
    for loaded in databases:
        say(f"import, end to end, {loaded.engine}")
        whole = _second_import(_own(loaded, folder), files)
        rows.append(
            [f"TBX to rows, an initial load, {loaded.engine}", f"{count / whole:,.0f}", ratio(bare / whole)]
        )
    rows.append(["one row an entry, raw SQLite", f"{count / bare:,.0f}", ratio(1)])
    notes = f"Processor time. {count:,} entries, after {first.count + first.shipped + count:,} others."
    return Part("imports", "Import", [Table(("way", "entries/s", "of lxml, of raw SQLite"), rows)], notes=notes)


def _own(loaded: Loaded, folder: Path) -> Settings:
    """The database, or a copy of one that is kept for the next run."""
    if loaded.engine != "sqlite":
        return loaded.settings
    copy = folder / "imports.db"
    shutil.copy(loaded.settings.database_url.removeprefix("sqlite:///"), copy)
    return Settings(database_url=f"sqlite:///{copy}")


def _second_import(settings: Settings, files: Sequence[bytes]) -> float:
    """Seconds of the second import, where what is read and kept at first is there already."""
    _imported(settings, files[0])
    # As the service and its commands do.
    gc.collect()
    gc.freeze()
    try:
        return _imported(settings, files[1])
    finally:
        gc.unfreeze()


def _parsed(file: bytes) -> tuple[float, float, float]:
    """Seconds of our reader, of its parser alone, and of lxml with a record of texts built."""
    begun = time.thread_time()
    ours = sum(item.content is not None for item in READERS["tbx"](BytesIO(file), DEFAULTS))
    between = time.thread_time()
    elements = sum(bool(element.content) for element in EntryReader(BytesIO(file), roots=ROOTS, entries=ENTRIES))
    parsed = time.thread_time()
    theirs = 0
    for _, element in etree.iterparse(BytesIO(file), tag="{*}conceptEntry"):
        theirs += bool([(part.tag, dict(part.attrib), part.text) for part in element.iter()])
        element.clear()
    ended = time.thread_time()
    if not ours == elements == theirs:
        raise RuntimeError("the two readers see different entries")
    return between - begun, parsed - between, ended - parsed


def _inserted(file: bytes, path: Path) -> float:
    """Seconds to insert the entries of a file, as they stand there, into a database of one table."""
    pieces = list(enumerate(file.split(b"<conceptEntry")))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")
        begun = time.thread_time()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO entry VALUES (?, ?)", pieces)
        connection.execute("COMMIT")
        return time.thread_time() - begun


def _imported(settings: Settings, file: bytes) -> float:
    """Seconds of processor time, the database included, from the bytes of a file to the end of the commit."""
    profile = read_profile(settings.profile_path)
    with Database.opened(settings) as database:

        def work() -> None:
            with database.write() as db:
                incoming = READERS["tbx"](BytesIO(file), DEFAULTS)
                import_entries(db, accounts.secretariat(db), profile, incoming, TERMS)

        seconds, _ = Clock.of(database).timed(work)
        return seconds
