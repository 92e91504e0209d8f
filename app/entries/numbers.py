"""Permanent numbers: never reused, language-neutral, given out within the transaction that needs them."""

import re

from sqlalchemy.orm import Session

from app.entries.tables import NumberSeries
from app.errors import NotFound

ENTRY_SERIES = "TMD"

# Far above any real glossary, and within the integers of both databases.
LARGEST = 2_000_000_000


def next_number(db: Session, series: str, year: int = 0, first: int = 1) -> int:
    """The next number of a series. Writers take turns, so two of them never get the same."""
    numbering = Numbering(db, series, first, year)
    number = numbering.next()
    numbering.store()
    return number


class Numbering:
    """The numbers of a series while many are given out: the same as one by one, and stored by `store`."""

    def __init__(self, db: Session, series: str, first: int, year: int = 0) -> None:
        self._db, self._series, self._first, self._year = db, series, first, year
        self._row = db.get(NumberSeries, (series, year))
        self._last = self._row.last if self._row is not None else None

    def next(self) -> int:
        """The next number."""
        before = self._first - 1
        self._last = max(before if self._last is None else self._last, before) + 1
        return self._last

    def spend(self, number: int) -> None:
        """Note that a number was given from outside."""
        if number >= self._first:
            self._last = number if self._last is None else max(self._last, number)

    def store(self) -> None:
        """Note in the database which number was the last."""
        if self._last is None:
            return
        if self._row is None:
            self._row = NumberSeries(series=self._series, year=self._year, last=self._last)
            self._db.add(self._row)
        else:
            self._row.last = self._last
        self._db.flush()


def entry_number(entry_id: int) -> str:
    """`TMD-0017` for 17."""
    return f"{ENTRY_SERIES}-{entry_id:04d}"


def entry_id(ref: str) -> int:
    """17 for `TMD-0017`, `tmd-0017` or `17`. Raises NotFound for anything else."""
    match = re.fullmatch(rf"(?:{ENTRY_SERIES}-)?([0-9]{{1,10}})", ref, re.IGNORECASE | re.ASCII)
    if match is None or not 0 < int(match[1]) <= LARGEST:
        raise NotFound(what="entry", ref=ref[:40])
    return int(match[1])


def own_number(reference: str | None) -> int | None:
    """The entry id if a reference is one of our numbers; a bare integer, or another series, is somebody else's."""
    if reference is None or not reference.upper().startswith(f"{ENTRY_SERIES}-"):
        return None
    try:
        return entry_id(reference)
    except NotFound:
        return None


def dated_number(letter: str, year: int, number: int) -> str:
    """`P(2026)0042` for a proposal, `D(2026)0031` for a decision."""
    return f"{letter}({year}){number:04d}"


def spend_number(db: Session, series: str, number: int, first: int = 1) -> None:
    """Note that a number of a series was given from outside, so that it is not given out again."""
    numbering = Numbering(db, series, first)
    numbering.spend(number)
    numbering.store()
