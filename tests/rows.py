"""What a database holds, to show that a request changed nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from app.db import Database
from app.history.tables import AuditEvent


def everything(database: Database) -> dict[str, list[Any]]:
    """Each row of each table."""
    with database.read() as db:
        return {
            table.name: sorted(map(repr, db.execute(table.select()))) for table in SQLModel.metadata.sorted_tables
        }


def events_of(db: Session, proposal: str) -> Sequence[AuditEvent]:
    """The audit events of one proposal, oldest first."""
    query = select(AuditEvent).where(col(AuditEvent.proposal) == proposal)
    return db.scalars(query.order_by(col(AuditEvent.seq))).all()
