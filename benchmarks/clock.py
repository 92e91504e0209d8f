"""Processor time: what a question costs, however many others wait for the same cores."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from app.db import Database

Result = TypeVar("Result")


class Clock:
    """Counts the time of this thread and of the processes of a database that work for it alone."""

    def __init__(self, processes: Sequence[int] = ()) -> None:
        self._files = [Path(f"/proc/{process}/schedstat") for process in processes]

    @classmethod
    def of(cls, database: Database) -> "Clock":
        """For questions to a database, one after another."""
        if database.dialect == "sqlite":
            return cls()
        with database.snapshot() as db:
            # The pool hands out the connection that was used last, so it is always the same.
            return cls([db.scalar(text("SELECT pg_backend_pid()"))])

    def timed(self, work: Callable[[], Result]) -> tuple[float, Result]:
        """The seconds that the work takes, and its result."""
        theirs, begun = self._theirs(), time.thread_time()
        result = work()
        own = time.thread_time() - begun
        return own + self._theirs() - theirs, result

    def _theirs(self) -> float:
        return sum(int(file.read_text(encoding="ascii").split()[0]) for file in self._files) / 1e9
