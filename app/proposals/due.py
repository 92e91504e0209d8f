"""Deadlines that have passed are settled before anybody is answered, so no answer depends on when a job ran."""

from datetime import datetime
from threading import Lock

from app.db import Database
from app.profile import Profile
from app.proposals.ticking import next_deadline, tick


class Deadlines:
    """Knows when time next has something to do, and lets it be done."""

    def __init__(self, database: Database, profile: Profile) -> None:
        self._database = database
        self._profile = profile
        self._next: datetime | None = None
        self._known_at: int | None = None
        self._settling = Lock()

    def may_be_due(self) -> bool:
        """Whether something may have to be settled first; for the event loop, so it asks no database."""
        if self._known_at != self._database.changes_seen():
            return True
        return self._next is not None and self._next < self._database.clock()

    def must_ask(self) -> bool:
        """The same, for who has not just asked for changes: another process may have set a deadline unseen."""
        return not self._database.changes_are_fresh() or self.may_be_due()

    def settle(self) -> list[str]:
        """Let happen what was due; the numbers of the proposals. Raises DatabaseBusy, NotReady."""
        with self._settling:
            seen = self._database.changes()
            if not self.may_be_due():
                return []
            with self._database.read() as db:
                self._next = next_deadline(db)
            self._known_at = seen
            done: list[str] = []
            while self._next is not None and self._next < self._database.clock():
                # Each instant in a transaction of its own: what was done stays done if a later one fails.
                with self._database.write() as db:
                    done += tick(db, self._profile)
                    self._next = next_deadline(db)
            return done
