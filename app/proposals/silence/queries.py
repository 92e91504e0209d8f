"""Questions about silence procedures."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.errors import NotFound
from app.proposals.silence.tables import Silence


def silence_numbered(db: Session, number: str) -> Silence:
    """The procedure of a number. Raises NotFound."""
    found = db.scalars(select(Silence).where(col(Silence.number) == number.upper())).one_or_none()
    if found is None:
        raise NotFound(what="silence", ref=number)
    return found


def silences_after(db: Session, after: int, limit: int, *, running: bool | None = None) -> Sequence[Silence]:
    """Procedures in the order of their opening; only those that run, or have ended, if asked for."""
    query = select(Silence).where(col(Silence.id) > after)
    if running is not None:
        query = query.where(col(Silence.ended_at).is_(None) if running else col(Silence.ended_at).is_not(None))
    return db.scalars(query.order_by(col(Silence.id)).limit(limit)).all()
