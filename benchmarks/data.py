"""The database that the benchmark serves and exports: the shipped glossary and synthetic entries."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from app import migrating, tables
from app.accounts import operations as accounts
from app.db import Database
from app.entries.content import EntryContent
from app.entries.numbers import ENTRY_SERIES, spend_number
from app.entries.operations import load_adopted, new_decision
from app.entries.tables import DecisionMethod, SubjectField
from app.exchange.loading import load_glossary
from app.profile import ApprovalLevel, read_profile
from app.settings import Settings
from benchmarks import synthetic

__all__ = ["Loaded", "load", "tables"]

GLOSSARY = Path(__file__).parent.parent / "glossary"


@dataclass(frozen=True)
class Loaded:
    """A database on disk, and the synthetic contents in it by entry id."""

    settings: Settings
    contents: dict[int, EntryContent]
    shipped: int
    """How many entries came from the shipped glossary."""


def load(folder: Path, count: int) -> Loaded:
    """A new SQLite database in `folder` with the glossary and `count` synthetic agreed entries."""
    settings = Settings(database_url=f"sqlite:///{folder / 'bench.db'}")
    migrating.upgrade(settings)
    database = Database.connect(settings)
    profile = read_profile(settings.profile_path)
    with database.write() as db:
        accounts.adopt_profile(db, profile)
        actor = accounts.secretariat(db)
        report = load_glossary(db, actor, profile, GLOSSARY)
        subjects = list(db.scalars(select(col(SubjectField.code)).order_by(col(SubjectField.position))))
        contents = dict(enumerate(synthetic.contents(count, subjects), synthetic.FIRST))
        decision = new_decision(db, method=DecisionMethod.INITIAL_LOAD, level=ApprovalLevel.EXPERT)
        spend_number(db, ENTRY_SERIES, synthetic.FIRST + count)
        for entry_id, content in contents.items():
            load_adopted(db, actor, entry_id=entry_id, content=content, decision=decision)
    # Closing the last connection moves the write-ahead log into the file.
    database.dispose()
    return Loaded(settings, contents, len(report.agreed) + len(report.proposed))
