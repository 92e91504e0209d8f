"""The databases of a run: one migrated template an engine, copies of it for the tests."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from app import migrating
from app.accounts.operations import adopt_profile
from app.clock import Clock
from app.db import Database, Writing, failures_are_named
from app.profile import read_profile
from app.settings import Settings
from tests import pg

ENGINES = ("sqlite", "postgresql")


@dataclass
class Templates:
    """Where the migrated templates are; passed to the worker processes."""

    folder: Path
    server: pg.Server
    template: str
    """The name of the PostgreSQL template."""

    def copy(self, engine: str, name: str) -> str:
        """The address of a new database with the schema and the parties in it."""
        if engine == "sqlite":
            target = self.folder / f"{name}.db"
            shutil.copyfile(self.folder / "template.db", target)
            return f"sqlite:///{target}"
        return self.server.create(name, self.template)

    def drop(self, engine: str, name: str) -> None:
        """Take a copy away again."""
        if engine == "sqlite":
            for file in self.folder.glob(f"{name}.db*"):
                file.unlink()
        else:
            self.server.drop(name)


def make_templates() -> Templates:
    """Start the server of the run and migrate a template on each engine."""
    folder = Path(tempfile.mkdtemp(prefix="tmdtest"))
    # Named after the process: a server that was given may serve another run as well.
    templates = Templates(folder, pg.start(), f"tmd_{os.getpid()}_template")
    for address in (f"sqlite:///{folder / 'template.db'}", templates.server.create(templates.template)):
        settings = Settings(database_url=address)
        migrating.upgrade(settings)
        database = Database.connect(settings)
        with database.write() as db:
            adopt_profile(db, read_profile(settings.profile_path))
        database.dispose()
    return templates


class RolledBack(Database):
    """A database whose sessions all share one transaction, which the test undoes at its end."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        super().__init__(connection.engine, clock=clock)
        self.shared = connection
        self.questions = count()

    def reader(self) -> Session:
        return self._savepoint()

    @contextmanager
    def snapshot(self, *, alone: bool = False) -> Iterator[Connection]:  # noqa: ARG002
        with failures_are_named(), self._savepoint() as session:
            yield session.connection()

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._savepoint(Writing) as session:
            yield session
            session.commit()

    # A test may write in a session that it holds open, so nothing that was read is known to hold.
    def changes(self) -> int:
        return next(self.questions)

    def changes_seen(self) -> int:
        return self.changes()

    def changes_are_fresh(self) -> bool:
        return True

    def _savepoint(self, kind: type[Session] = Session) -> Session:
        return kind(self.shared, expire_on_commit=False, join_transaction_mode="create_savepoint", info=self.info)
