"""What the parties have said of adopted texts, and the parallel texts of the sides. They travel with the entry."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field, SQLModel

from app.db import code_column


class StatementKind(StrEnum):
    RESERVATION = "reservation"
    INTERPRETATIVE_STATEMENT = "interpretative_statement"
    NATIONAL_USAGE_NOTE = "national_usage_note"


class Statement(SQLModel, table=True):
    """A reservation, interpretative statement or national usage note on one version of an entry.

    It does not stop adoption, and only the party that made it withdraws it.
    """

    __table_args__: Any = (Index("ix_statement_entry_id_version", "entry_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id")
    version: int
    kind: StatementKind = Field(sa_type=code_column(StatementKind, "kind"))
    party: str = Field(foreign_key="party.code", max_length=31)
    element: str = Field(default="", sa_type=Text)
    """The field of the text that it is about; empty for all of it."""
    language: str = Field(max_length=2)
    """In which the party made it."""
    text: str = Field(sa_type=Text)
    translations: dict[str, str] = Field(default={}, sa_type=JSON)
    """Unofficial ones, by language."""
    alternative: str | None = Field(default=None, sa_type=Text)
    """The text that the party uses instead."""
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    """The decision with which it was made; None if it was made after it."""
    reconfirms: int | None = Field(default=None, foreign_key="statement.id")
    """The statement on an earlier version that it carries on."""
    account_id: int = Field(foreign_key="account.id")
    made_at: datetime
    withdrawn_at: datetime | None = None


class ParallelText(SQLModel, table=True):
    """The text of one side, of an entry on which the sides recorded that they differ. Never an agreed text."""

    __tablename__ = "parallel_text"

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    side: str = Field(primary_key=True, max_length=31)
    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    content: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
