"""Filling a database with very many entries: the rows that the operations write, worked out by several processes.

Only the audit events and the seals are left out.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from app import tables
from app.entries.canonical import canonical_json, digest
from app.entries.content import EntryContent
from app.entries.indexing.rows import card_row, indexed_terms, occurrences, rank_of
from app.entries.status import EntryStatus
from app.languages.codes import LanguageCode
from app.languages.pieces import pieces
from benchmarks import synthetic

__all__ = ["Adoption", "differing", "fill", "tables"]

PROCESSES = 2
PUBLIC = (
    "entry", "entry_version", "entry_subject", "term", "term_key", "stem", "spelling", "spelling_piece", "posting",
    "entry_card",
)  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by table, each with all of its columns in their order."""
Stem = tuple[LanguageCode, str]


@dataclass(frozen=True)
class Adoption:
    """The decision by which the entries are adopted, as it is stored."""

    decision: int
    at: str


@dataclass
class Batch:
    """What follows from the contents of one chunk; the numbers of stems are not known here."""

    rows: Rows = field(default_factory=dict)
    places: list[tuple[int, list[tuple[LanguageCode, str, int]]]] = field(default_factory=list)
    """Of each entry the stems, and where they occur."""
    spellings: list[set[tuple[LanguageCode, str, str]]] = field(default_factory=list)
    """Of each entry the spellings of its terms, with the stems that they stand for."""

    def add(self, table: str, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(tuple(row.get(name) for name in _columns(table)))


class Vocabulary:
    """The numbers of stems and spellings, given out in the order in which the operations would."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._stems: dict[Stem, int] = {
            (language, text): number
            for number, language, text in connection.execute("SELECT id, language, text FROM stem")
        }
        self._spellings: dict[tuple[str, int], int] = {
            (text, stem): number
            for number, text, stem in connection.execute("SELECT id, text, stem_id FROM spelling")
        }

    def rows(self, batch: Batch) -> Rows:
        """The rows of what the batch has that was not there before, and its postings."""
        rows: Rows = {"stem": [], "spelling": [], "spelling_piece": [], "posting": []}
        for (entry_id, places), spellings in zip(batch.places, batch.spellings, strict=True):
            found = {(language, text) for language, text, _ in places}
            for language, text in sorted(stem for stem in found if stem not in self._stems):
                number = self._stems[language, text] = len(self._stems) + 1
                rows["stem"].append((number, language, text))
            stems = self._stems
            rows["posting"] += ((stems[language, text], element, entry_id) for language, text, element in places)
            meant = {(spelling, stems[language, stem]) for language, spelling, stem in spellings}
            for text, stem_id in sorted(spelling for spelling in meant if spelling not in self._spellings):
                number = self._spellings[text, stem_id] = len(self._spellings) + 1
                rows["spelling"].append((number, text, stem_id))
                rows["spelling_piece"] += ((piece, number) for piece in pieces(text))
        return rows


def fill(path: Path, count: int, subjects: list[str], decision: str, each: Callable[[int], None]) -> None:
    """Add `count` synthetic entries to the SQLite database in a file, adopted by the decision of this number."""
    starts = range(0, count, synthetic.CHUNK)
    with (
        get_context("spawn").Pool(min(PROCESSES, len(starts))) as pool,
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
        _unguarded(connection),
    ):
        stored = connection.execute("SELECT id, made_at FROM decision WHERE number = ?", (decision,)).fetchone()
        work = partial(_worked_out, count=count, subjects=subjects, adoption=Adoption(*stored))
        vocabulary = Vocabulary(connection)
        for batch in pool.imap(work, starts):
            for table, rows in (batch.rows | vocabulary.rows(batch)).items():
                _insert(connection, table, rows)
            each(len(batch.places))


def differing(path: Path, other: Path) -> list[str]:
    """The tables of what is public of which two SQLite databases do not have the same rows, but for their times."""
    with closing(sqlite3.connect(path)) as own, closing(sqlite3.connect(other)) as others:
        return [
            table
            for table in PUBLIC
            if sorted(own.execute(_untimed(table))) != sorted(others.execute(_untimed(table)))
        ]


def _untimed(table: str) -> str:
    return f"SELECT {', '.join(name for name in _columns(table) if not name.endswith('_at'))} FROM {table}"


def batch_of(numbered: Iterable[tuple[int, EntryContent]], adoption: Adoption) -> Batch:
    """The rows of new entries whose first text is adopted at once."""
    batch = Batch()
    status = EntryStatus.AGREED
    for entry_id, content in numbered:
        text = canonical_json(content)
        said = {"content": text, "digest": digest(text)}
        times = {"created_at": adoption.at, "updated_at": adoption.at}
        facts = {"current_version": 1, "under_review": 0, "withdrawn": 0, "diverged": 0, "ad_referendum": 0}
        batch.add("entry", {"id": entry_id, "status": status.value, **facts, **said, **times})
        adopted = {"adopted_at": adoption.at, "decision_id": adoption.decision}
        batch.add("entry_version", {"entry_id": entry_id, "number": 1, **said, **adopted})
        for code in content.subject_fields:
            batch.add("entry_subject", {"entry_id": entry_id, "code": code})
        _index(batch, entry_id, status, content)
    return batch


def _index(batch: Batch, entry_id: int, status: EntryStatus, content: EntryContent) -> None:
    terms = indexed_terms(entry_id, content)
    for term in terms:
        batch.add("term", term.row(entry_id))
        rank = rank_of(status, term.term.acceptability)
        batch.rows.setdefault("term_key", []).extend((key, rank, term.id, term.language) for key in term.keys)
    batch.add("entry_card", card_row(entry_id, status, content))
    places = sorted((language, stem, int(element)) for language, stem, element in occurrences(content, terms))
    batch.places.append((entry_id, places))
    batch.spellings.append({(term.language, *spelling) for term in terms for spelling in term.spellings})


def _worked_out(start: int, *, count: int, subjects: list[str], adoption: Adoption) -> Batch:
    made = synthetic.contents(min(synthetic.CHUNK, count - start), subjects, start=start)
    return batch_of(enumerate(made, synthetic.FIRST + start), adoption)


def _columns(table: str) -> list[str]:
    return SQLModel.metadata.tables[table].columns.keys()


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    columns = _columns(table)
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows
    )


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction with nothing to fall back on, and with indexes made at its end."""
    for pragma in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    made = indexes.fetchall()
    connection.execute("BEGIN")
    for name, _ in made:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, statement in made:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
