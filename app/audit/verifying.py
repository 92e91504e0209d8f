"""Verifying everything: the chains, the rows, what is derived from them, and the states that the log leads to."""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.derived import derived_breaches
from app.audit.states import state_breaches
from app.audit.vocabulary import Vocabulary
from app.entries.tables import Entry
from app.history.breaches import Breach
from app.history.rows import tables_kept
from app.history.tables import EVENTS, SEALS
from app.history.verifying import (
    Each,
    Head,
    event_breaches,
    head_breaches,
    head_of,
    row_breaches,
    seal_breaches,
)
from app.kept import Kept

CHAINS = {"events": EVENTS, "seals": SEALS}
"""The chains, as the command line calls them."""


def breaches(
    db: Session, each: Each, kept: Sequence[tuple[str, Head]] = (), vocabulary: Vocabulary | None = None
) -> Iterator[Breach]:
    """Whatever is broken, the record itself first. Ends as soon as nobody asks for more.

    `kept` are heads of the chains that were written down before, outside the database.
    """
    return chain(
        *(head_breaches(db, CHAINS[name], head) for name, head in kept),
        event_breaches(db, each),
        seal_breaches(db, each),
        row_breaches(db, each),
        derived_breaches(db, each, vocabulary or Vocabulary(db)),
        state_breaches(db),
    )


def heads(db: Session) -> dict[str, Head]:
    """The last link of each chain."""
    return {name: head_of(db, table) for name, table in CHAINS.items()}


def rows_to_verify(db: Session) -> int:
    """How many rows `each` will be told of."""
    tables = [EVENTS, SEALS, *tables_kept(Kept.SEALED), Entry.__table__]  # type: ignore[attr-defined]
    return sum(db.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
