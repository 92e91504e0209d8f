"""A large file in several transactions, each of which is kept whatever becomes of the next.

A file of no more entries than a chunk has is one transaction: all of it or nothing. A larger one is read twice. The
first time nothing is stored: a file that cannot be read to its end, or has an entry with a fault, is refused as a
whole. The second time each chunk is a transaction. If it is broken off, the chunks before are kept, and the next
run of the same file finds them unchanged and goes on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.db import Database
from app.entries.numbers import own_number
from app.errors import ImportRejected
from app.exchange.imported import ImportedEntry, Outcome, Terms
from app.exchange.importing import import_entries
from app.exchange.records import Incoming
from app.profile import Profile

CHUNK = 5_000
"""Entries of a transaction."""


@dataclass(frozen=True)
class Import:
    """A file on its way in, in chunks."""

    database: Database
    actor: Callable[[Session], Actor]
    profile: Profile
    read: Callable[[], Iterator[Incoming]]
    """Begins to read the file anew."""
    terms: Terms
    size: int = CHUNK

    def run(
        self,
        *,
        dry_run: bool = False,
        each: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> list[ImportedEntry]:
        """Take the file in; `each` is told after every chunk how many entries are done, and of how many.

        Raises what `import_entries` raises; chunks before the one that is refused are kept.
        """
        count, numbers = self._survey()
        terms = replace(self.terms, expected=numbers) if count > self.size else self.terms
        report: list[ImportedEntry] = []
        incoming, seen = self.read(), set[str]()
        for _ in range(0, max(count, 1), self.size):
            with self.database.write() as db:
                chunk = islice(incoming, self.size)
                report += import_entries(db, self.actor(db), self.profile, chunk, terms, dry_run=dry_run, seen=seen)
            each(min(len(report), count), count)
        return report

    def _survey(self) -> tuple[int, frozenset[int]]:
        """How many entries the file has, and which numbers of ours; of a small one, only that it is small.

        Raises UnreadableFile, and ImportRejected where entries of a large file have faults of their own.
        """
        first = list(islice(self.read(), self.size + 1))
        if len(first) <= self.size:
            return len(first), frozenset()
        count, numbers, faulty = 0, set(), []
        for item in self.read():
            count += 1
            if (number := own_number(item.reference)) is not None:
                numbers.add(number)
            if item.content is None:
                line, reference = item.line, item.reference
                faulty.append(
                    ImportedEntry(line, reference, Outcome.REJECTED, faults=item.faults, warnings=item.warnings)
                )
        if faulty:
            raise ImportRejected(count=len(faulty), report=faulty)
        return count, frozenset(numbers)
