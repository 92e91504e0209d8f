"""Terms with one letter wrong: the service beside trigrams in SQLite and in PostgreSQL, time and recall."""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles

import psycopg
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.db import Database
from app.languages.codes import LANGUAGES
from app.search.questions import Mode, Question
from app.search.searching import search
from benchmarks.clock import Clock
from benchmarks.data import Loaded
from benchmarks.queries import Query, misspelt
from benchmarks.report import Goal, Part, Table
from benchmarks.synthetic import SEED
from tests import pg

QUERIES = 500
SHOWN = 10
"""Entries looked at of each answer."""
AT_A_TIME = 10
SLOW = 20
"""Queries put to what is known to be slow; it would hold up the whole run."""

Answer = Callable[[str], list[int]]
"""The entries found, best first."""


@dataclass
class Way:
    """One way to find a misspelt term."""

    name: str
    answer: Answer
    clock: Clock = field(default_factory=Clock)
    most: int = QUERIES
    """Queries that are put to it."""
    times: list[list[float]] = field(default_factory=list)
    first: int = 0
    shown: int = 0
    """How often the entry that was meant came first, and among those looked at."""


def measure(databases: Sequence[Loaded], server: pg.Server, *, rounds: int, say: Callable[[str], None]) -> Part:
    """Put the same queries to all, each once in each round."""
    first = databases[0]
    queries = misspelt(first.sample(QUERIES), random.Random(SEED))
    say("misspelt terms: trigrams are indexed")
    with _services(databases) as services, _fts5(first) as fts5, _pg_trgm(first, server) as trigrams:
        ways = [*services, *trigrams, *fts5]
        for number in range(rounds + 1):
            say(f"misspelt terms, round {number} of {rounds}")
            _round(ways, queries, counts=number > 0)
    return _part(first.count, ways)


def _round(ways: Sequence[Way], queries: Sequence[Query], *, counts: bool) -> None:
    """All ways by turns. The first round warms up, and tells what is found."""
    for way in ways:
        way.times.append([])
    for start in range(0, len(queries), AT_A_TIME):
        for way in ways:
            for query in queries[start : min(start + AT_A_TIME, way.most)]:
                seconds, found = way.clock.timed(partial(way.answer, query.text))
                way.times[-1].append(seconds * 1e3)
                if not counts:
                    way.first += query.entry_id in found[:1]
                    way.shown += query.entry_id in found[:SHOWN]
    if not counts:
        for way in ways:
            way.times.clear()


@contextmanager
def _services(databases: Sequence[Loaded]) -> Iterator[list[Way]]:
    opened = [(loaded.engine, Database.connect(loaded.settings)) for loaded in databases]
    try:
        yield [
            Way(f"the service, {engine}", _searching(database), Clock.of(database)) for engine, database in opened
        ]
    finally:
        for _, database in opened:
            database.dispose()


def _searching(database: Database) -> Answer:
    def answer(text: str) -> list[int]:
        with database.snapshot() as db:
            found = search(db, Question(text, Mode.FUZZY, LANGUAGES), None, SHOWN)
        return [hit.card.entry_id for hit in found.hits]

    return answer


def _terms(loaded: Loaded) -> Iterator[tuple[int, str]]:
    file = loaded.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        yield from connection.execute("SELECT entry_id, text FROM term")


@contextmanager
def _fts5(loaded: Loaded) -> Iterator[list[Way]]:
    """SQLite's own trigram index, where it has one: the best by bm25, put in order by their distance."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE term USING fts5(text, entry UNINDEXED, tokenize='trigram')")
        except sqlite3.OperationalError:
            yield []
            return
        connection.executemany("INSERT INTO term (entry, text) VALUES (?, ?)", _lowered(loaded))
        yield [Way("SQLite FTS5, trigrams joined by OR, re-ranked", _matching(connection), most=SLOW)]


def _lowered(loaded: Loaded) -> Iterator[tuple[int, str]]:
    # SQLite's own lower() leaves Cyrillic letters as they are.
    return ((entry_id, text.lower()) for entry_id, text in _terms(loaded))


def _matching(connection: sqlite3.Connection) -> Answer:
    def answer(text: str) -> list[int]:
        typed = text.lower()
        trigrams = dict.fromkeys(typed[n : n + 3] for n in range(len(typed) - 2))
        asked = " OR ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        rows = connection.execute(
            "SELECT text, entry FROM term WHERE text MATCH ? ORDER BY rank LIMIT 50", (asked,)
        )
        found = rows.fetchall()
        ranked = process.extract(typed, [text for text, _ in found], scorer=OSA.normalized_similarity, limit=None)
        return list(dict.fromkeys(found[place][1] for _, _, place in ranked))

    return answer


@contextmanager
def _pg_trgm(loaded: Loaded, server: pg.Server) -> Iterator[list[Way]]:
    """PostgreSQL's trigrams by similarity, from the index that suits each way of asking."""
    name = "trigrams"
    with psycopg.connect(server.url, autocommit=True) as maintenance:
        # In the plain C locale pg_trgm sees no letters but those of ASCII.
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8'")
    server.databases.append(name)
    with psycopg.connect(server.address(name), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE TABLE term (entry integer, text text)")
        with connection.cursor().copy("COPY term (entry, text) FROM STDIN") as writing:
            for row in _lowered(loaded):
                writing.write_row(row)
        connection.execute("CREATE INDEX ON term USING gin (text gin_trgm_ops)")
        connection.execute("CREATE INDEX ON term USING gist (text gist_trgm_ops(siglen=64))")
        connection.execute("VACUUM ANALYZE term")
        assert connection.execute("SELECT cardinality(show_trgm('ракета'))").fetchone() == (7,)
        with psycopg.connect(server.address(name), autocommit=True) as stricter:
            stricter.execute("SELECT show_trgm('')")  # the setting is there once the extension is loaded
            stricter.execute("SET pg_trgm.similarity_threshold = 0.5")
            clock, other = Clock([stricter.info.backend_pid]), Clock([connection.info.backend_pid])
            yield [
                Way("pg_trgm, similarity ≥ 0.5, GIN", _similar(stricter), clock),
                Way("pg_trgm, similarity ≥ 0.3 (its default), GIN", _similar(connection), other),
                Way("pg_trgm, nearest first, GiST", _nearest(connection), other, SLOW),
            ]


def _similar(connection: psycopg.Connection) -> Answer:
    def answer(text: str) -> list[int]:
        rows = connection.execute(
            "SELECT entry FROM term WHERE text %% %(q)s ORDER BY similarity(text, %(q)s) DESC, entry LIMIT 10",
            {"q": text.lower()},
        )
        return list(dict.fromkeys(entry for (entry,) in rows))

    return answer


def _nearest(connection: psycopg.Connection) -> Answer:
    def answer(text: str) -> list[int]:
        rows = connection.execute("SELECT entry FROM term ORDER BY text <-> %s LIMIT 10", (text.lower(),))
        return list(dict.fromkeys(entry for (entry,) in rows))

    return answer


def _part(count: int, ways: Sequence[Way]) -> Part:
    rows = [
        [
            way.name,
            f"{median(median(times) for times in way.times):,.1f}",
            f"{median(quantiles(times, n=100)[98] for times in way.times):,.1f}",
            f"{way.first / len(way.times[0]):.1%}",
            f"{way.shown / len(way.times[0]):.1%}",
            str(len(way.times[0])),
        ]
        for way in ways
    ]
    header = ("answered by", "p50, ms", "p99, ms", "meant entry first", f"among {SHOWN}", "queries")
    title = f"One letter wrong, {count:,} entries"
    return Part(
        "misspelt",
        title,
        [Table(header, rows)],
        _goals(count, ways),
        "Processor time, that of the database included.",
    )


def _goals(count: int, ways: Sequence[Way]) -> list[Goal]:
    """Against the fastest of the ways of pg_trgm, in time and in recall."""
    others = [way for way in ways if way.name.startswith("pg_trgm") and way.most == QUERIES]
    goals = []
    for way in ways:
        if not way.name.startswith("the service"):
            continue
        other = min(others, key=lambda one: median(map(median, one.times)))
        faster = median(median(b) / median(a) for a, b in zip(way.times, other.times, strict=True))
        goals.append(
            Goal(f"one letter wrong, {count:,} entries, {way.name}: times as fast as pg_trgm", "≥", 10, faster)
        )
        recall = (way.shown / len(way.times[0])) / (other.shown / len(other.times[0]))
        goals.append(Goal(f"the same: recall among {SHOWN}, of that of pg_trgm", "≥", 1, recall))
    return goals
