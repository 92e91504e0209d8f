"""The numbers of a run as Markdown, and their place in the documentation."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import export, lookup
from benchmarks.export import Export
from benchmarks.lookup import Lookup

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"
PACKAGES = ("uvicorn", "uvloop", "httptools", "fastapi", "starlette", "pydantic", "sqlalchemy")


@dataclass(frozen=True)
class Conditions:
    """Under which circumstances a run was made."""

    entries: int
    rounds: int
    seconds: float
    load_before: float
    loading: float
    """Seconds that it took to fill the database."""


def report(conditions: Conditions, found: Lookup, exported: Export) -> str:
    """Everything as Markdown: circumstances, the two tables, and the goals beside what was measured."""
    parts = (
        _circumstances(conditions, found),
        _requests(found),
        _writers(exported),
        _notes(exported),
        _goals(found, exported),
    )
    return "\n\n".join(parts)


def write_into(page: Path, text: str) -> None:
    """Put the report between the two marks of a page. Raises ValueError if it has none."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page.name} has no {BEGIN} followed by {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _circumstances(conditions: Conditions, found: Lookup) -> str:
    cores = os.cpu_count() or 1
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {cores} cores which the servers and the"
        f" load client share, load average {conditions.load_before:.1f} before and {os.getloadavg()[0]:.1f} after."
        f" SQLite with the shipped glossary and {conditions.entries:,} synthetic entries, loaded in"
        f" {conditions.loading:.0f} s. Medians of {conditions.rounds} interleaved rounds,"
        f" {conditions.seconds:g} s a cell; one worker each. The client used at most"
        f" {found.client_busy:.0%} of a core. {versions}."
    )


def _requests(found: Lookup) -> str:
    header = (
        "request", "answered by", "bytes", f"req/s, {lookup.CONNECTIONS} connections", "of bare", "of plain",
        "p50 at 1 connection, µs", "times bare",
    )  # fmt: skip
    rows = (
        (
            row.request,
            row.server,
            f"{row.size:,}",
            f"{row.per_second:,.0f}",
            _ratio(row.of_bare),
            _ratio(row.of_plain),
            f"{row.p50:,.0f}",
            f"{row.p50_of_bare:.1f}",
        )
        for row in found.rows
    )
    return _table(header, rows, text_columns=2)


def _writers(exported: Export) -> str:
    header = ("TBX written by", "MB/s", "entries/s", "of fragments", "of f-strings")
    rows = (
        (
            row.writer,
            f"{row.megabytes_per_second:,.1f}",
            f"{row.entries_per_second:,.0f}",
            _ratio(row.of_fragments),
            _ratio(row.of_by_hand),
        )
        for row in exported.rows
    )
    return _table(header, rows, text_columns=1)


def _notes(exported: Export) -> str:
    same = "the same bytes" if exported.same_bytes else "NOT the same bytes, so the two do unequal work"
    return (
        f"The file has {exported.megabytes:.1f} MB; the f-strings and the service wrote {same}. From the database"
        f" the first bytes came after {exported.first_piece:.0f} ms, and the export added"
        f" {exported.memory_few:.1f} MB of memory at its peak for {export.FEW:,} entries,"
        f" {exported.memory_all:.1f} MB for all (as Python counts them; SQLite's own page cache is not in it)."
    )


def _goals(found: Lookup, exported: Export) -> str:
    served = {row.request: row for row in found.rows if row.server == lookup.SERVICE}
    entry = served["entry"]
    written = {row.writer: row for row in exported.rows}
    checks = [
        ("entry: requests/s of bare ASGI", "≥", 0.45, entry.of_bare),
        ("entry: p50 at 1 connection, times bare", "≤", 2.0, entry.p50_of_bare),
        *(
            (f"{name}: requests/s of those for an entry", "≥", 0.8, row.per_second / entry.per_second)
            for name, row in served.items()
            if name != "entry"
        ),
        ("TBX writer: MB/s of f-strings", "≥", 0.6, written[export.WRITER].of_by_hand),
        ("TBX from the database: MB/s of f-strings", "≥", 0.6, written[export.FROM_DATABASE].of_by_hand),
        ("TBX: first bytes, ms", "≤", 50, exported.first_piece),
        ("TBX: memory added, MB", "≤", 32, exported.memory_all),
    ]
    rows = (
        (what, f"{sign} {goal:g}", f"{value:.2g}" if value < 100 else f"{value:.0f}", _met(sign, goal, value))
        for what, sign, goal, value in checks
    )
    return _table(("goal", "wanted", "measured", "met"), rows, text_columns=1)


def _met(sign: str, goal: float, value: float) -> str:
    return "yes" if (value >= goal if sign == "≥" else value <= goal) else "no"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, text_columns: int) -> str:
    """A Markdown table; all columns but the first few hold numbers."""
    rule = ["---"] * text_columns + ["---:"] * (len(header) - text_columns)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))
