"""The databases that are measured: the shipped glossary and any number of synthetic entries, on either engine."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import migrating, tables
from app.accounts import operations as accounts
from app.db import Database
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.indexing.rows import passages
from app.entries.numbers import ENTRY_SERIES, spend_number
from app.entries.status import EntryStatus
from app.entries.tables import Entry, SubjectField
from app.exchange.intakes import initial_load_decision
from app.exchange.loading import load_glossary
from app.languages.codes import LANGUAGES, LanguageCode
from app.profile import read_profile
from app.settings import Settings
from benchmarks import bulk, postgres, synthetic
from tests import pg

__all__ = ["Loaded", "copied", "filled", "found", "prepared", "tables"]

PROJECT = Path(__file__).parent.parent
GLOSSARY = PROJECT / "glossary"
# What decides which rows there are.
_RULES = ("app/languages", "app/entries/indexing", "migrations", "benchmarks/synthetic.py", "benchmarks/lexicon.py")


@dataclass(frozen=True)
class Loaded:
    """A database, and what is in it."""

    settings: Settings
    count: int
    """Synthetic entries."""
    shipped: int
    """Entries of the shipped glossary."""
    subjects: list[str]
    seconds: float
    """How long it took to add the synthetic entries."""

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.settings.database_url.partition(":")[0]

    def contents(self) -> Iterator[tuple[int, EntryContent]]:
        """The synthetic entries, made once more."""
        return enumerate(synthetic.contents(self.count, self.subjects), synthetic.FIRST)

    def sample(self, size: int) -> list[tuple[int, EntryContent]]:
        """At most so many entries, drawn at random; agreed ones of the glossary if it stands alone."""
        with Database.opened(self.settings) as database, database.read() as db:
            ids = range(synthetic.FIRST, synthetic.FIRST + self.count) if self.count else _agreed(db)
            drawn = random.Random(synthetic.SEED).sample(ids, k=min(size, len(ids)))
            stored = select(col(Entry.id), col(Entry.content)).where(col(Entry.id).in_(drawn))
            found = {entry_id: text for entry_id, text in db.execute(stored) if text is not None}
        return [(entry_id, content_from(found[entry_id])) for entry_id in drawn]

    def prose(self) -> dict[LanguageCode, list[str]]:
        """The definitions, notes and examples of the shipped glossary."""
        with Database.opened(self.settings) as database, database.read() as db:
            texts = db.scalars(select(col(Entry.content)).where(col(Entry.id) < synthetic.FIRST)).all()
        contents = [content_from(text) for text in texts if text is not None]
        return {
            language: [
                text for c in contents if (section := c.languages.get(language)) for _, text in passages(section)
            ]
            for language in LANGUAGES
        }


def _agreed(db: Session) -> Sequence[int]:
    return db.scalars(select(col(Entry.id)).where(col(Entry.status) == EntryStatus.AGREED)).all()


def prepared(settings: Settings) -> Loaded:
    """A new database with the shipped glossary."""
    migrating.upgrade(settings)
    profile = read_profile(settings.profile_path)
    with Database.opened(settings) as database, database.write() as db:
        accounts.adopt_profile(db, profile)
        report = load_glossary(db, accounts.secretariat(db), profile, GLOSSARY)
        subjects = list(db.scalars(select(col(SubjectField.code)).order_by(col(SubjectField.position))))
    return Loaded(settings, 0, len(report.agreed) + len(report.proposed), subjects, 0)


def filled(file: Path, count: int, each: Callable[[int], None]) -> Loaded:
    """A new SQLite database with the shipped glossary and `count` synthetic agreed entries."""
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
    settings = Settings(database_url=f"sqlite:///{file}")
    shipped = prepared(settings)
    with Database.opened(settings) as database, database.write() as db:
        decision = initial_load_decision(db)
        spend_number(db, ENTRY_SERIES, synthetic.FIRST + count)
    begun = time.perf_counter()
    bulk.fill(file, count, shipped.subjects, decision.number, each)
    loaded = Loaded(settings, count, shipped.shipped, shipped.subjects, time.perf_counter() - begun)
    _note(file).write_text(json.dumps({**asdict(loaded), "settings": _rules()}), encoding="utf-8")
    return loaded


def found(file: Path) -> Loaded | None:
    """One that an earlier run has filled to the end, by the same rules."""
    if not _note(file).exists():
        return None
    known = json.loads(_note(file).read_text(encoding="utf-8"))
    if known["settings"] != _rules():
        return None
    return Loaded(**{**known, "settings": Settings(database_url=f"sqlite:///{file}")})


def _rules() -> str:
    files = (file for path in _RULES for file in (sorted((PROJECT / path).rglob("*.py")) or [PROJECT / path]))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _note(file: Path) -> Path:
    return file.with_suffix(".json")


def copied(loaded: Loaded, server: pg.Server, name: str) -> Loaded:
    """The same on PostgreSQL."""
    settings = Settings(database_url=server.create(name))
    migrating.upgrade(settings)
    begun = time.perf_counter()
    postgres.copy(loaded.settings.database_url.removeprefix("sqlite:///"), settings.database_url)
    return Loaded(settings, loaded.count, loaded.shipped, loaded.subjects, time.perf_counter() - begun)
