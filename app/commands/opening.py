"""Opening the database for a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from app import migrating, tables
from app.db import Database
from app.entries.indexing.state import keys_are_current
from app.errors import NotReady
from app.settings import Settings

# Importing the tables makes them known, and has their rows sealed.
__all__ = ["opened", "tables"]


@contextmanager
def opened(settings: Settings, *, any_keys: bool = False) -> Iterator[Database]:
    """The database of the settings. Raises NotReady if its schema or its look-up keys are of another release."""
    with Database.opened(settings) as database:
        if migrating.current(database) != migrating.head():
            raise NotReady(reason="schema_differs")
        with database.read() as db:
            if not (any_keys or keys_are_current(db)):
                raise NotReady(reason="keys_outdated")
        yield database
