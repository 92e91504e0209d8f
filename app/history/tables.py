"""The audit log and the seals of rows. Triggers in the database refuse to change or delete either."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, String, Table, Text
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.kept import Kept, kept_as

# Keys compare byte by byte on both databases, whatever they hold.
_KEY = String().with_variant(String(collation="C"), "postgresql")


class EntryChange(StrEnum):
    """What a reader of the public entries sees of an event."""

    PROPOSED = "proposed"
    REVISED = "revised"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    DIVERGED = "diverged"
    ENDORSED = "endorsed"  # a higher body approved the same text
    ANNOTATED = "annotated"  # a party made a statement on it, or took one back


class AuditEvent(SQLModel, table=True):
    """One change, tied to the change before it."""

    __tablename__ = "audit_event"
    __table_args__: Any = {"info": kept_as(Kept.LOG)}

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


class RowSeal(SQLModel, table=True):
    """What a transaction left in one row, tied to the seal before it and to the last event of the log."""

    __tablename__ = "row_seal"
    __table_args__: Any = (
        Index("ix_row_seal_table_name_key_seq", "table_name", "key", "seq"),
        {"info": kept_as(Kept.LOG)},
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    table_name: str = Field(max_length=63)
    key: str = Field(sa_column=Column(_KEY, nullable=False))
    """The primary key of the row: a JSON list."""
    digest: str | None = Field(default=None, max_length=64)
    """Of the row in canonical form; none if the transaction deleted it."""
    event_seq: int | None = Field(default=None, foreign_key="audit_event.seq")
    """The last event of the log; none while the log is empty."""
    hash: str = Field(max_length=64, unique=True)


EVENTS: Table = AuditEvent.__table__  # type: ignore[attr-defined]
SEALS: Table = RowSeal.__table__  # type: ignore[attr-defined]
