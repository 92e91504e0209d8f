"""`python -m benchmarks`: measure the service as ratios, side by side in one run, and print the tables as Markdown.

Sizes are numbers of synthetic entries beside the shipped glossary: 10k, 100k, 1M.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.settings import Settings
from benchmarks import data, export, growth, imports, loading, memory, misspelt, pages, plot, report, serving, texts
from benchmarks.data import Loaded
from benchmarks.report import Part
from tests import pg

PARTS = ("requests", "pages", "growth", "misspelt", "texts", "memory", "loading", "export", "imports")
ON_POSTGRESQL = {"requests", "growth", "misspelt", "loading", "imports"}
PACKAGES = {
    "requests": ("uvicorn", "uvloop", "httptools", "fastapi", "starlette", "pydantic", "sqlalchemy"),
    "pages": ("uvicorn", "uvloop", "fastapi", "starlette", "jinja2", "pydantic", "sqlalchemy"),
    "growth": ("sqlalchemy", "psycopg", "rapidfuzz", "pystemmer", "pymorphy3"),
    "misspelt": ("sqlalchemy", "psycopg", "rapidfuzz"),
    "texts": ("ahocorasick-rs", "pystemmer"),
    "memory": ("uvicorn", "fastapi", "sqlalchemy", "ahocorasick-rs", "pymorphy3"),
    "loading": ("sqlalchemy", "psycopg", "pymorphy3"),
    "export": ("sqlalchemy", "pydantic"),
    "imports": ("sqlalchemy", "psycopg", "pydantic", "pymorphy3", "dawg2", "lxml"),
}
COMPARED_AT = 100_000
"""Where trigrams are compared with, and up to where memory is looked at."""


@dataclass(frozen=True)
class Bench:
    """The databases of a run, the smallest first, each on SQLite and on PostgreSQL."""

    folder: Path
    server: pg.Server
    sqlite: list[Loaded]
    postgresql: list[Loaded]


def main() -> None:
    """Fill temporary databases, measure, print; with --write, also into the documentation."""
    options = _options()
    found: dict[str, Part] = {}
    with _bench(options) as bench:
        for name in options.parts:
            found[name] = _measured(name, bench, options)
            print(report.section(found[name]), flush=True)
            if options.write:
                _write(found)
    print(report.goals(list(found.values())))


def _write(found: dict[str, Part]) -> None:
    """Put what was found into the page, beside what other runs have found."""
    parts = report.kept() | found
    report.keep(parts)
    report.write_into(report.PAGE, report.markdown([parts[name] for name in PARTS if name in parts]))
    if "growth" in parts:
        plot.PICTURE.write_text(plot.picture(parts["growth"].curves), encoding="utf-8")


@contextmanager
def _bench(options: argparse.Namespace) -> Iterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="bench") as temporary:
        server = pg.start()
        try:
            folder = options.folder or Path(temporary)
            sqlite = [_filled(folder, count) for count in options.sizes]
            postgresql = []
            for loaded in sqlite if ON_POSTGRESQL.intersection(options.parts) else ():
                _say(f"copying {loaded.count:,} entries to PostgreSQL")
                postgresql.append(data.copied(loaded, server, f"entries_{loaded.count}"))
            yield Bench(Path(temporary), server, sqlite, postgresql)
        finally:
            server.stop()


def _filled(folder: Path, count: int) -> Loaded:
    file = folder / f"{count}.db"
    if (there := data.found(file)) is not None:
        return there
    _say(f"filling a database with {count:,} entries")
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if done % 50_000 == 0:
            _say(f"{done:,} entries")

    return data.filled(file, count, tell)


def _measured(name: str, bench: Bench, options: argparse.Namespace) -> Part:
    before = os.getloadavg()[0]
    rounds = options.rounds
    smallest = [*bench.sqlite[:1], *bench.postgresql[:1]]
    near = min(range(len(bench.sqlite)), key=lambda place: abs(bench.sqlite[place].count - COMPARED_AT))
    measures: dict[str, Callable[[], Part]] = {
        "requests": lambda: serving.measure(smallest, rounds=rounds, seconds=options.seconds, say=_say),
        "pages": lambda: pages.measure(_shipped(bench), rounds=rounds, seconds=options.seconds, say=_say),
        "growth": lambda: growth.measure([*bench.sqlite, *bench.postgresql], rounds=rounds, say=_say),
        "misspelt": lambda: misspelt.measure(
            [bench.sqlite[near], bench.postgresql[near]], bench.server, rounds=rounds, say=_say
        ),
        "texts": lambda: texts.measure(bench.sqlite[0], rounds=rounds, say=_say),
        "memory": lambda: memory.measure([_shipped(bench), *_moderate(bench)], say=_say),
        "loading": lambda: loading.measure(
            [*bench.sqlite, *bench.postgresql], bench.folder, bench.server, say=_say
        ),
        "export": lambda: export.measure(bench.sqlite[0], rounds=rounds, say=_say),
        "imports": lambda: imports.measure(smallest, bench.folder, rounds=rounds, say=_say),
    }
    begun = time.perf_counter()
    part = measures[name]()
    _say(f"{name} took {time.perf_counter() - begun:.0f} s")
    return replace(part, circumstances=report.circumstances(before, rounds, PACKAGES[name]))


def _shipped(bench: Bench) -> Loaded:
    _say("loading the shipped glossary")
    return data.prepared(Settings(database_url=f"sqlite:///{bench.folder / 'shipped.db'}"))


def _moderate(bench: Bench) -> list[Loaded]:
    return [loaded for loaded in bench.sqlite if loaded.count <= COMPARED_AT]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", "--entries", type=_sizes, default=[10_000], help="such as 10k,100k,1M; 10k by default"
    )
    parser.add_argument("--parts", type=_parts, default=PARTS, help=f"of {','.join(PARTS)}; all by default")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of all cells")
    parser.add_argument("--seconds", type=float, default=0.6, help="of each cell with several connections")
    parser.add_argument(
        "--folder", type=Path, help="keep the filled SQLite databases here, and use those that are there"
    )
    parser.add_argument("--write", action="store_true", help="also into docs/performance.md")
    options = parser.parse_args()
    if options.rounds < 1 or not 0.1 <= options.seconds <= 60:
        parser.error("at least one round, and from 0.1 to 60 seconds")
    return options


def _sizes(text: str) -> list[int]:
    units = {"k": 1_000, "M": 1_000_000}
    sizes = [int(part.rstrip("kM")) * units.get(part[-1:], 1) for part in text.split(",")]
    if min(sizes) < 1_000:
        raise argparse.ArgumentTypeError("sizes begin at 1k")
    return sorted(sizes)


def _parts(text: str) -> tuple[str, ...]:
    chosen = tuple(text.split(","))
    if unknown := set(chosen) - set(PARTS):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
    return chosen


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
