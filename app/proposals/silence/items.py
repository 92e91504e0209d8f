"""What becomes of the items of a silence procedure."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.db import now
from app.proposals.dossier import Dossier
from app.proposals.silence.tables import ItemState, SilenceItem
from app.proposals.workflow import Event

_LEFT: dict[Event, ItemState] = {
    Event.EXPIRE: ItemState.ADOPTED,
    Event.BREAK: ItemState.OBJECTED,
    Event.PULL: ItemState.PULLED,
    Event.DROP_OUT: ItemState.DROPPED_OUT,
}


def leave(db: Session, dossier: Dossier, event: Event, because_of: Sequence[str] = ()) -> None:
    """Note how a proposal left its silence procedure, which ends with the last of its items."""
    silence = dossier.silence
    if silence is None or silence.id is None:
        raise RuntimeError("the proposal is under no silence")
    item = db.get_one(SilenceItem, (silence.id, dossier.id))
    item.state = _LEFT[event]
    item.because_of = list(because_of) or None
    db.flush()
    if not pending(db, silence.id):
        silence.remind_at = None
        silence.ended_at = dossier.proposal.deadline if event is Event.EXPIRE else now(db)
    db.flush()


def pending(db: Session, silence_id: int) -> Sequence[SilenceItem]:
    """The items on which silence still runs."""
    query = select(SilenceItem).where(
        col(SilenceItem.silence_id) == silence_id, col(SilenceItem.state) == ItemState.PENDING
    )
    return db.scalars(query.order_by(col(SilenceItem.proposal_id))).all()


def items_of(db: Session, silence_id: int) -> Sequence[SilenceItem]:
    """All items of a procedure."""
    query = select(SilenceItem).where(col(SilenceItem.silence_id) == silence_id)
    return db.scalars(query.order_by(col(SilenceItem.proposal_id))).all()
