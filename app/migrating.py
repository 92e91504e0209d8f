"""Bringing a database to the schema that this release needs."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import migrations
from app.db import Database, engine_for_migrations
from app.settings import Settings


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction."""
    _run(settings, lambda config: command.upgrade(config, revision))


def downgrade(settings: Settings, revision: str) -> None:
    """Take migrations back."""
    _run(settings, lambda config: command.downgrade(config, revision))


def check(settings: Settings) -> None:
    """Raise if the tables in the code differ from those in the database."""
    _run(settings, command.check)


def head() -> str:
    """The revision that this release needs."""
    return _head_in(_folder())


def reformed(since: str | None) -> list[str]:
    """The tables whose rows the migrations after a revision change; each names them as RESEALS."""
    scripts = ScriptDirectory.from_config(_config()).iterate_revisions("head", since or "base")
    return sorted({table for script in scripts for table in getattr(script.module, "RESEALS", ())})


def current(database: Database) -> str | None:
    """The revision that a database is at; None if it is empty."""
    with database.read() as db:
        return MigrationContext.configure(db.connection()).get_current_revision()


@cache
def _head_in(folder: str) -> str:
    """The last of the migrations in a folder, which all have to be read to be put in order."""
    found = ScriptDirectory(folder).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations")
    return found


def _folder() -> str:
    return str(Path(migrations.__file__).parent)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _folder())
    config.set_main_option("path_separator", "os")
    return config


def _run(settings: Settings, work: Callable[[Config], None]) -> None:
    engine = engine_for_migrations(settings)
    try:
        with engine.connect() as connection:
            config = _config()
            config.attributes["connection"] = connection
            work(config)
    finally:
        engine.dispose()
