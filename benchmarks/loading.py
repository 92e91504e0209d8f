"""How fast entries come in: by the operations, one after another, on both engines, and all at once."""

import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from app.accounts import operations as accounts
from app.db import Database
from app.entries.operations import load_adopted
from app.exchange.intakes import initial_load_decision
from app.settings import Settings
from benchmarks import bulk, data, synthetic
from benchmarks.data import Loaded
from benchmarks.report import Part, Table
from tests import pg

COUNT = 600
"""Entries loaded by the operations; the first half, whose words are mostly new, does not count."""


def measure(filled: Sequence[Loaded], folder: Path, server: pg.Server, *, say: Callable[[str], None]) -> Part:
    """The operations on a new database of each engine; how long it took to fill the others is known already."""
    rows = []
    file = folder / "by-operations.db"
    for address in (f"sqlite:///{file}", server.create("by_operations")):
        engine = address.partition(":")[0]
        say(f"loading by the operations, {engine}")
        per_second = _by_operations(Settings(database_url=address))
        rows.append([f"by the operations, in one transaction, {engine}", f"{COUNT // 2:,}", f"{per_second:,.0f}"])
    say("loading, the rows compared")
    data.filled(folder / "compared.db", COUNT, lambda _: None)
    other = ", ".join(bulk.differing(file, folder / "compared.db"))
    same = f"NOT the same in {other}" if other else "the same"
    ways = {"sqlite": "rows worked out by two processes, sqlite", "postgresql": "COPY of those rows, postgresql"}
    rows += (
        [ways[loaded.engine], f"{loaded.count:,}", f"{loaded.count / loaded.seconds:,.0f}"] for loaded in filled
    )
    notes = f"The rows that both ways write of {COUNT:,} entries are {same}."
    return Part("loading", "Loading", [Table(("way", "entries", "entries/s"), rows)], notes=notes)


def _by_operations(settings: Settings) -> float:
    loaded = data.prepared(settings)
    made = enumerate(synthetic.contents(COUNT, loaded.subjects), synthetic.FIRST)
    with Database.opened(settings) as database, database.write() as db:
        actor, decision = accounts.secretariat(db), initial_load_decision(db)
        for entry_id, content in islice(made, COUNT // 2):
            load_adopted(db, actor, entry_id=entry_id, content=content, decision=decision)
        counted = list(made)
        begun = time.perf_counter()
        for entry_id, content in counted:
            load_adopted(db, actor, entry_id=entry_id, content=content, decision=decision)
        return len(counted) / (time.perf_counter() - begun)
