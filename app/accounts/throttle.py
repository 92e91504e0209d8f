"""How often one may try to sign in: counted by name and by address, in the database, so that all workers count.

A name is counted as it was typed, whether or not there is such an account, so a refusal tells nothing of that.
Every attempt counts before its password is looked at, so that many at once are no more than many in a row.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.tables import LoginThrottle
from app.db import now
from app.errors import TooManyAttempts

FORGOTTEN_AFTER = timedelta(hours=1)
"""After so long without an attempt, counting begins anew."""
FIRST_BLOCK, LONGEST_BLOCK = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(frozen=True)
class Source:
    """What attempts are counted by, and how many are free."""

    key: str
    free: int


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in."""

    name: Source
    address: Source

    @classmethod
    def of(cls, name_key: str, address_key: str) -> "Attempt":
        """Five guesses at one account; more from one address, behind which may be a whole delegation."""
        return cls(Source(name_key, 5), Source(address_key, 30))


def refuse_blocked(db: Session, attempt: Attempt) -> None:
    """Raises TooManyAttempts while the name or the address is blocked."""
    keys = [attempt.name.key, attempt.address.key]
    blocked = select(col(LoginThrottle.blocked_until)).where(
        col(LoginThrottle.key).in_(keys), col(LoginThrottle.blocked_until) > now(db)
    )
    if ends := [until for until in db.scalars(blocked) if until is not None]:
        raise TooManyAttempts(retry_after=ceil((max(ends) - now(db)).total_seconds()))


def count(db: Session, attempt: Attempt) -> bool:
    """Count an attempt; whether the next one is blocked for a while unless this one succeeds."""
    # Sweeps away what no longer counts, or names that nobody has would fill the table.
    db.execute(delete(LoginThrottle).where(col(LoginThrottle.last_at) <= now(db) - FORGOTTEN_AFTER))
    by_name, by_address = _count(db, attempt.name), _count(db, attempt.address)
    return by_name or by_address


def forget(db: Session, attempt: Attempt) -> None:
    """The attempt succeeded. The count of the address stays what it was: an own account buys no free guesses."""
    if (row := db.get(LoginThrottle, attempt.name.key)) is not None:
        db.delete(row)
    if (row := db.get(LoginThrottle, attempt.address.key)) is not None:
        row.attempts -= 1
        if row.attempts < attempt.address.free:
            row.blocked_until = None
    db.flush()


def _count(db: Session, source: Source) -> bool:
    at = now(db)
    row = db.get(LoginThrottle, source.key)
    if row is None:
        row = LoginThrottle(key=source.key, attempts=0, last_at=at)
        db.add(row)
    row.attempts += 1
    row.last_at = at
    row.blocked_until = _end_of_block(row.attempts - source.free, at)
    db.flush()
    return row.blocked_until is not None


def _end_of_block(beyond: int, at: datetime) -> datetime | None:
    """A minute from the last free attempt on, then twice as long each time."""
    if beyond < 0:
        return None
    return at + min(FIRST_BLOCK * (1 << min(beyond, 10)), LONGEST_BLOCK)
