"""The memory of a worker: at rest, after questions of all kinds, and ready to find all terms in texts."""

import json
import random
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from app.languages.codes import LANGUAGES
from benchmarks import processes
from benchmarks.asking import KINDS
from benchmarks.data import Loaded
from benchmarks.report import Goal, Part, Table
from benchmarks.synthetic import SEED

QUESTIONS = 200
"""Of each kind."""
SHIPPED, LARGE, LARGE_COUNT = 200, 400, 100_000
"""Megabytes that a worker may take, with the shipped glossary and at most so many entries."""


def megabytes(process: int | str = "self") -> float:
    """The memory of a process that is in the machine's."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024 / 1e6


def measure(databases: Sequence[Loaded], *, say: Callable[[str], None]) -> Part:
    """Each database in a worker of its own."""
    rows = []
    goals = []
    for loaded in databases:
        say(f"memory of a worker, {loaded.count:,} entries")
        with processes.worker({"DATABASE_URL": loaded.settings.database_url}) as (port, process):
            at_rest = megabytes(process)
            _ask(port, loaded)
            asked = megabytes(process)
            for language in LANGUAGES:
                _find(port, language)
            ready = megabytes(process)
        rows.append([f"{loaded.shipped + loaded.count:,}", *(f"{taken:,.0f}" for taken in (at_rest, asked, ready))])
        if loaded.count in (0, LARGE_COUNT):
            what = f"memory of a worker, {loaded.shipped + loaded.count:,} entries, all terms ready: MB"
            goals.append(Goal(what, "≤", LARGE if loaded.count else SHIPPED, ready))
    header = ("entries", "at rest, MB", f"after {QUESTIONS} questions of each kind", "terms of 3 languages ready")
    return Part("memory", "Memory of a worker", [Table(header, rows)], goals)


def _ask(port: int, loaded: Loaded) -> None:
    drawn = loaded.sample(QUESTIONS)
    for kind in KINDS:
        for query in kind.typed(drawn, random.Random(SEED)):
            _read(urllib.request.Request(f"http://127.0.0.1:{port}{kind.path.format(quote(query.text))}"))


def _find(port: int, language: str) -> None:
    body = json.dumps({"source": language, "targets": [], "segments": ["A missile, un missile, ракета."]})
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/lookup", data=body.encode(), headers={"Content-Type": "application/json"}
    )
    _read(request)


def _read(request: urllib.request.Request) -> None:
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()
