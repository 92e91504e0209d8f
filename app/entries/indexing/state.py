"""By which rules the keys in a database were made."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.indexing.tables import KeyState
from app.entries.tables import Entry
from app.errors import NotReady
from app.languages.keys import KEYS_VERSION

_CHECKED = "keys_checked"


def keys_are_current(db: Session) -> bool:
    """Whether all keys in the database were made by the rules of this release."""
    state = db.get(KeyState, 1)
    if state is None:
        return db.scalars(select(col(Entry.id)).limit(1)).first() is None
    return state.version == KEYS_VERSION and state.reached is None


def require_current_keys(db: Session) -> None:
    """Raise NotReady rather than let keys made by different rules stand side by side."""
    if _CHECKED in db.info:
        return
    state = db.get(KeyState, 1)
    if state is None:
        db.add(KeyState(id=1, version=KEYS_VERSION))
    elif state.version != KEYS_VERSION:
        raise NotReady(reason="keys_outdated")
    db.info[_CHECKED] = True
