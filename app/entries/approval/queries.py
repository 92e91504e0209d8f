"""Questions about what came after decisions."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.approval.tables import Accession, Endorsement
from app.entries.tables import Decision, EntryVersion


def endorsed_by(db: Session, decision: Decision) -> Sequence[EntryVersion]:
    """The versions whose approval level a decision raised, by entry."""
    query = (
        select(EntryVersion)
        .join(
            Endorsement,
            (col(Endorsement.entry_id) == col(EntryVersion.entry_id))
            & (col(Endorsement.version) == col(EntryVersion.number)),
        )
        .where(col(Endorsement.decision_id) == decision.id)
    )
    return db.scalars(query.order_by(col(EntryVersion.entry_id))).all()


def endorsements_of(db: Session, entry_id: int, version: int) -> Sequence[Decision]:
    """The decisions that raised the approval level of a version, in their order."""
    query = (
        select(Decision)
        .join(Endorsement, col(Endorsement.decision_id) == col(Decision.id))
        .where(col(Endorsement.entry_id) == entry_id, col(Endorsement.version) == version)
    )
    return db.scalars(query.order_by(col(Decision.id))).all()


def accessions_to(decision: Decision) -> Select[Accession]:
    """The question for the parties that acceded to a decision, in the order in which they did."""
    return select(Accession).where(col(Accession.decision_id) == decision.id).order_by(col(Accession.id))
