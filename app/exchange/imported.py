"""What an import is about: on which terms a file comes in, and what became of its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.entries.content import EntryContent
from app.entries.diff import Difference
from app.errors import DomainError
from app.exchange.records import Fault, Incoming


class ImportAs(StrEnum):
    PROPOSALS = "proposals"
    INITIAL_LOAD = "initial-load"


class Outcome(StrEnum):
    NEW = "new"
    AMENDMENT = "amendment"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ImportedEntry:
    """What became of one entry of a file."""

    line: int
    reference: str | None
    outcome: Outcome
    entry: str | None = None
    proposal: str | None = None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    changes: tuple[Difference, ...] = ()
    """What an amendment would change."""
    duplicates: tuple[str, ...] = ()
    """Entries that may be the same concept as a new one; a hint, by which nothing is matched."""


@dataclass(frozen=True)
class ImportFile:
    """A file, as the record names it."""

    format: str
    digest: str
    """The SHA-256 of its bytes."""


@dataclass(frozen=True)
class Part:
    """Which of the transactions of a large file one is."""

    number: int
    of: int


@dataclass(frozen=True)
class Terms:
    """On which terms a file is taken in."""

    justification: str
    into: ImportAs = ImportAs.PROPOSALS
    collection: str = ""
    """The name of the collection from which the file is. Names that it gives to entries hold within it."""
    subject: str | None = None
    """The subject field of entries that name none that there is."""
    expected: frozenset[int] = frozenset()
    """Entries that other parts of the file bring, to which these may be related."""
    file: ImportFile | None = None
    """What the entries come from; None if it is no file."""
    part: Part | None = None
    """Which part of it they are; None if they are all of it."""


class Intake(Protocol):
    """One way of taking entries in."""

    def prepare(self, items: Sequence[Incoming]) -> None:
        """Learn all at once what will be asked about these entries one by one."""

    def take(self, item: Incoming, content: EntryContent) -> ImportedEntry:
        """Take in one entry. Raises DomainError."""

    def settle(self) -> None:
        """Store what was taken since the last time."""

    def finish(self) -> dict[str, DomainError]:
        """What is wrong with new entries taken before, by number, now that all are there."""
