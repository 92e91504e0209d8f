"""Making the derived rows of all entries anew, by the rules of this release."""

from collections.abc import Callable, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.db import Database
from app.entries.canonical import content_from
from app.entries.derived import rewrite_all
from app.entries.indexing.state import keys_are_current
from app.entries.indexing.tables import KeyState, Posting, Spelling, Stem
from app.entries.indexing.writing import PublicText
from app.entries.tables import Entry
from app.history import operations as history
from app.history.operations import Happening
from app.languages.keys import KEYS_VERSION

CHUNK = 200
"""Entries whose rows are rewritten in one transaction."""


def keys_left(database: Database, *, again: bool = False) -> int:
    """How many entries await their keys; all of them if they are to be made `again`."""
    with database.read() as db:
        if keys_are_current(db) and not again:
            return 0
        return db.scalar(select(func.count()).select_from(Entry).where(col(Entry.id) > _reached(db))) or 0


def rekey(database: Database, actor: Callable[[Session], Actor], each: Callable[[object], None]) -> int:
    """Rewrite the derived rows of the entries that await it, a chunk in a transaction. How many there were.

    Broken off, it goes on from where it was. Readers see the rows of an entry whole, the old ones or the new.
    """
    with database.write() as db:
        db.merge(KeyState(id=1, version=KEYS_VERSION, reached=_reached(db)))
    done = 0
    while chunk := _next_chunk(database):
        done += len(chunk)
        for entry_id in chunk:
            each(entry_id)
    with database.write() as db:
        _drop_what_nothing_uses(db)
        db.get_one(KeyState, 1).reached = None
        history.record(db, actor(db), Happening("keys.rewrite"), version=KEYS_VERSION, entries=done)
    return done


def _reached(db: Session) -> int:
    """The last entry that has its new keys already."""
    state = db.get(KeyState, 1)
    return state.reached or 0 if state is not None and state.version == KEYS_VERSION else 0


def _next_chunk(database: Database) -> list[int]:
    """Rewrite the rows of the next entries; which these are."""
    with database.write() as db:
        state = db.get_one(KeyState, 1)
        after = select(Entry).where(col(Entry.id) > (state.reached or 0)).order_by(col(Entry.id)).limit(CHUNK)
        entries = db.scalars(after).all()
        if entries:
            rewrite_all(db, _texts(entries))
            state.reached = entries[-1].id
        return [entry.id for entry in entries]


def _texts(entries: Sequence[Entry]) -> list[PublicText]:
    return [
        PublicText(entry.id, entry.status, content_from(entry.content) if entry.content is not None else None)
        for entry in entries
    ]


def _drop_what_nothing_uses(db: Session) -> None:
    """Stems that only the old rules made, or texts that are gone."""
    used = select(col(Posting.stem_id))
    db.execute(delete(Spelling).where(col(Spelling.stem_id).not_in(used)))
    db.execute(delete(Stem).where(col(Stem.id).not_in(used)))
