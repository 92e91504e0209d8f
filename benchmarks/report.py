"""What a run has found, as Markdown, and its place in the documentation."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
KEPT = Path(__file__).parent / "results.json"
"""What the runs found that the page shows; a run of some parts leaves the others as they are."""
BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"


@dataclass(frozen=True)
class Table:
    """A table; all columns but the first few hold numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    text_columns: int = 1


@dataclass(frozen=True)
class Goal:
    """What was to be reached, and what was."""

    what: str
    sign: str
    wanted: float
    measured: float

    @property
    def is_met(self) -> bool:
        return self.measured >= self.wanted if self.sign == "≥" else self.measured <= self.wanted


@dataclass(frozen=True)
class Part:
    """What one part of a run has found."""

    name: str
    title: str
    tables: Sequence[Table]
    goals: Sequence[Goal] = ()
    notes: str = ""
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    """For a picture: microseconds by number of entries."""
    circumstances: str = ""


_PARTS = TypeAdapter(dict[str, Part])


def circumstances(load_before: float, rounds: int, packages: Iterable[str]) -> str:
    """When, where and with what."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{datetime.now(UTC).date()}, Python {platform.python_version()}, {_processor()},"
        f" {os.cpu_count() or 1} cores shared with other work, load average {load_before:.1f} before"
        f" and {os.getloadavg()[0]:.1f} after."
        f" Medians of {rounds} interleaved rounds. {versions}."
    )


def markdown(parts: Sequence[Part]) -> str:
    """All parts: the goals of all first, then each with its tables."""
    return "\n\n".join([goals(parts), *(section(part) for part in parts)])


def kept() -> dict[str, Part]:
    """What earlier runs have found, by the names of the parts."""
    if not KEPT.exists():
        return {}
    return _PARTS.validate_json(KEPT.read_text(encoding="utf-8"))


def keep(parts: dict[str, Part]) -> None:
    """Keep what was found, for the page."""
    KEPT.write_bytes(_PARTS.dump_json(dict(sorted(parts.items())), indent=1) + b"\n")


def write_into(page: Path, text: str) -> None:
    """Put the report between the two marks of a page. Raises ValueError if it has none."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page.name} has no {BEGIN} followed by {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def ratio(value: float) -> str:
    """A share in as many digits as mean something."""
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def section(part: Part) -> str:
    """One part with its tables."""
    tables = [_table(table) for table in part.tables]
    pieces = [f"### {part.title}", part.circumstances, *tables, part.notes]
    return "\n\n".join(piece for piece in pieces if piece)


def goals(parts: Sequence[Part]) -> str:
    """What was to be reached, and what was."""
    rows = [
        (goal.what, f"{goal.sign} {goal.wanted:g}", _short(goal.measured), "yes" if goal.is_met else "**no**")
        for part in parts
        for goal in part.goals
    ]
    return "### Goals\n\n" + _table(Table(("goal", "wanted", "measured", "met"), rows))


def _short(value: float) -> str:
    return f"{value:.2g}" if value < 100 else f"{value:,.0f}"


def _table(table: Table) -> str:
    rule = ["---"] * table.text_columns + ["---:"] * (len(table.header) - table.text_columns)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (table.header, rule, *table.rows))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
