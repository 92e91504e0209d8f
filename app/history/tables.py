"""The audit log. Triggers in the database refuse to change or delete a row."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from app.db import code_column


class EntryChange(StrEnum):
    """What a reader of the public entries sees of an event."""

    PROPOSED = "proposed"
    REVISED = "revised"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    DIVERGED = "diverged"
    ANNOTATED = "annotated"  # a party made a statement on it, or took one back


class AuditEvent(SQLModel, table=True):
    """One change, tied to the change before it."""

    __tablename__ = "audit_event"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    action: str = Field(max_length=64)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    party: str | None = Field(default=None, max_length=31)
    proposal: str | None = Field(default=None, max_length=32, index=True)
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    change: EntryChange | None = Field(default=None, sa_type=code_column(EntryChange, "change"))
    before: str | None = Field(default=None, max_length=64)
    after: str | None = Field(default=None, max_length=64)
    detail: str = Field(sa_type=Text)
    """Canonical JSON: states, decision number, reason."""
    request_id: str | None = Field(default=None, max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)
