"""What each kind of question costs as the glossary grows, in this process, beside a dictionary."""

import gc
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from statistics import median, quantiles

from sqlalchemy import select
from sqlmodel import col

from app.db import Database
from app.entries.tables import EntryTerm
from app.languages.fold import fold
from benchmarks.asking import EXACT, KINDS
from benchmarks.clock import Clock
from benchmarks.data import Loaded
from benchmarks.queries import Query
from benchmarks.report import Goal, Part, Table
from benchmarks.synthetic import SEED

QUERIES = 200
"""Of each kind, at each size."""
AT_A_TIME = 10
DICTIONARY = "Python dictionary"
BOUNDED = tuple(kind.name for kind in KINDS if kind.name not in ("suggest", "entry", "two words of a text"))
"""The kinds for which growth is promised."""


@dataclass
class Cell:
    """One kind of question to one database."""

    kind: str
    engine: str
    count: int
    ask: Callable[[Query], object]
    queries: list[Query]
    clock: Clock
    rounds: list[list[float]] = field(default_factory=list)
    """Microseconds of processor time of each query, in each round."""

    def p50(self) -> float:
        return median(median(times) for times in self.rounds)

    def p99(self) -> float:
        return median(quantiles(times, n=100)[98] for times in self.rounds)

    def begin_round(self) -> None:
        self.rounds.append([])

    def run(self, queries: Sequence[Query]) -> None:
        for query in queries:
            seconds, _ = self.clock.timed(partial(self.ask, query))
            self.rounds[-1].append(seconds * 1e6)


def _round(cells: Sequence[Cell]) -> None:
    """All cells, those of one kind by turns, so that what else the machine does slows them all alike."""
    for cell in cells:
        cell.begin_round()
    for _, alike in groupby(sorted(cells, key=lambda cell: (cell.kind, cell.engine)), lambda cell: cell.kind):
        beside = list(alike)
        for start in range(0, QUERIES, AT_A_TIME):
            for cell in beside:
                cell.run(cell.queries[start : start + AT_A_TIME])


def measure(databases: Sequence[Loaded], *, rounds: int, say: Callable[[str], None]) -> Part:
    """Ask all databases in turn, in each of the rounds; each question was asked once before."""
    with ExitStack() as stack:
        cells: list[Cell] = []
        for loaded in databases:
            say(f"questions, {loaded.count:,} entries on {loaded.engine}, once before they count")
            cells += _cells(loaded, stack.enter_context(Database.opened(loaded.settings)))
        _round(cells)
        for cell in cells:
            cell.rounds.clear()
        gc.collect()
        gc.freeze()
        for number in range(rounds):
            say(f"questions, round {number + 1} of {rounds}")
            _round(cells)
        gc.unfreeze()
    return _part(cells)


def _cells(loaded: Loaded, database: Database) -> list[Cell]:
    drawn = loaded.sample(QUERIES)
    clock = Clock.of(database)
    cells = []
    for kind in KINDS:
        typed = kind.typed(drawn, random.Random(SEED))
        cells.append(Cell(kind.name, loaded.engine, loaded.count, partial(kind.answer, database), typed, clock))
    if loaded.engine == "sqlite":
        exact = next(cell for cell in cells if cell.kind == EXACT)
        known = _dictionary(database)
        cells.append(
            Cell(EXACT, DICTIONARY, loaded.count, lambda query: known[fold(query.text)], exact.queries, clock)
        )
    return cells


def _dictionary(database: Database) -> dict[str, int]:
    """The entries by their terms, of which one is as good as another."""
    with database.read() as db:
        found = db.execute(
            select(col(EntryTerm.folded), col(EntryTerm.entry_id)).execution_options(yield_per=10_000)
        )
        return {row.folded: row.entry_id for row in found}


def _part(cells: Sequence[Cell]) -> Part:
    sizes = sorted({cell.count for cell in cells})
    rows = list(dict.fromkeys((cell.kind, cell.engine) for cell in cells))
    found = {(cell.kind, cell.engine, cell.count): cell for cell in cells}
    header = ["question", "answered by", *(f"{size:,} entries, p50 / p99 µs" for size in sizes)]
    if len(sizes) > 1:
        header.append(f"p50, {sizes[-1]:,} : {sizes[0]:,}")
    lines = []
    goals = []
    curves = {}
    for kind, engine in sorted(rows, key=lambda row: [k.name for k in KINDS].index(row[0])):
        by_size = [found[kind, engine, size] for size in sizes]
        line = [kind, engine, *(f"{cell.p50():,.0f} / {cell.p99():,.0f}" for cell in by_size)]
        if len(sizes) > 1:
            growth = median(
                median(b) / median(a) for a, b in zip(by_size[0].rounds, by_size[-1].rounds, strict=True)
            )
            line.append(f"{growth:.1f}")
            if kind in BOUNDED and engine != DICTIONARY:
                what = f"{kind}, {engine}: p50 at {sizes[-1]:,} entries, times that at {sizes[0]:,}"
                goals.append(Goal(what, "≤", 2, growth))
        lines.append(line)
        curves[f"{kind} · {engine}"] = [(cell.count, cell.p50()) for cell in by_size]
    return Part(
        "growth",
        "Questions in this process, by the number of entries",
        [Table(header, lines, text_columns=2)],
        goals,
        f"Processor time, that of the database included. {QUERIES} different questions of each kind,"
        " each asked once before and once in each round.",
        curves,
    )
