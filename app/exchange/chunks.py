"""A large file in several transactions, each of which is kept whatever becomes of the next.

A file of no more entries than a chunk has is one transaction: all of it or nothing. A larger one is read twice. The
first time nothing is stored: a file that cannot be read to its end, or has an entry with a fault, is refused as a
whole. The second time each chunk is a transaction. If it is broken off, the chunks before are kept, and the next
run of the same file finds them unchanged and goes on.

An entry that is related to one further on waits for it and comes in its chunk, so that no chunk that is kept points
at one that is not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from sqlalchemy.orm import Session

from app.accounts.actor import Actor
from app.db import Database
from app.entries.numbers import own_number
from app.errors import ImportRejected
from app.exchange.imported import ImportAs, ImportedEntry, Outcome, Part, Terms
from app.exchange.importing import import_entries
from app.exchange.records import Fault, Incoming
from app.profile import Profile

CHUNK = 5_000
"""Entries of a transaction."""


@dataclass
class _Survey:
    """What the first reading of a large file has found."""

    count: int = 0
    places: dict[int, int] = field(default_factory=dict)
    """Where the entries with numbers of ours stand, from 0."""
    related: list[tuple[int, list[int]]] = field(default_factory=list)
    """The places of entries, and the numbers to which they are related."""
    faulty: list[ImportedEntry] = field(default_factory=list)
    _references: set[str] = field(default_factory=set)

    def take(self, item: Incoming) -> None:
        """Note what matters of an entry."""
        faults = item.faults
        number = own_number(item.reference)
        if number is not None and item.reference is not None:
            if item.reference in self._references:
                faults = (*faults, Fault("", "duplicate_reference"))
            self._references.add(item.reference)
            self.places.setdefault(number, self.count)
        if item.content is None or faults:
            rejected = ImportedEntry(item.line, item.reference, Outcome.REJECTED, faults=faults)
            self.faulty.append(replace(rejected, warnings=item.warnings))
        elif item.content.relations:
            targets = (own_number(relation.target) for relation in item.content.relations)
            self.related.append((self.count, [target for target in targets if target is not None]))
        self.count += 1

    def waiting(self, size: int) -> dict[int, int]:
        """In which chunk each entry comes that waits for others, by its place; the rest come where they stand."""
        referrers: dict[int, list[int]] = defaultdict(list)
        for place, numbers in self.related:
            for number in numbers:
                if number in self.places:
                    referrers[self.places[number]].append(place)
        later: dict[int, int] = {}
        # From the end of the file, so that whoever is reached first waits for the last that it needs.
        for target in sorted(referrers, reverse=True):
            reached = [target]
            while reached:
                for place in referrers.get(reached.pop(), ()):
                    if place not in later and place // size < target // size:
                        later[place] = target // size
                        reached.append(place)
        return later


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
        incoming = self.read()
        first = list(islice(incoming, self.size + 1))
        if len(first) <= self.size:
            return self._stored([first], len(first), self.terms, dry_run=dry_run, each=each)
        survey = _survey(chain(first, incoming))
        del first
        loads = self.terms.into is ImportAs.INITIAL_LOAD
        # Of what a dry run keeps nothing of, the next chunk finds nothing.
        terms = replace(self.terms, expected=frozenset(survey.places)) if dry_run and loads else self.terms
        # A draft gets no number, so there is nothing to wait for.
        chunks = self._chunks(survey.count, survey.waiting(self.size) if loads else {})
        report = self._stored(chunks, survey.count, terms, dry_run=dry_run, each=each)
        return sorted(report, key=lambda line: line.line)

    def _parts(self, count: int) -> int:
        return -(-count // self.size)

    def _chunks(self, count: int, later: Mapping[int, int]) -> Iterator[list[Incoming]]:
        """The file once more, in pieces; in each first the entries that have waited for it."""
        incoming = enumerate(self.read())
        held: dict[int, list[Incoming]] = defaultdict(list)
        for number in range(self._parts(count)):
            for place, item in islice(incoming, self.size):
                held[later.get(place, number)].append(item)
            yield held.pop(number, [])

    def _stored(
        self,
        chunks: Iterable[list[Incoming]],
        count: int,
        terms: Terms,
        *,
        dry_run: bool,
        each: Callable[[int, int], None],
    ) -> list[ImportedEntry]:
        report: list[ImportedEntry] = []
        seen: set[str] = set()
        parts = self._parts(count)
        for number, chunk in enumerate(chunks, 1):
            told = replace(terms, part=Part(number, parts) if parts > 1 else None)
            with self.database.write() as db:
                actor = self.actor(db)
                report += import_entries(db, actor, self.profile, chunk, told, dry_run=dry_run, seen=seen)
            each(len(report), count)
        return report


def _survey(incoming: Iterator[Incoming]) -> _Survey:
    """Read a large file to its end. Raises UnreadableFile, and ImportRejected if it has entries with faults."""
    survey = _Survey()
    for item in incoming:
        survey.take(item)
    if survey.faulty:
        raise ImportRejected(count=len(survey.faulty), report=survey.faulty)
    return survey
