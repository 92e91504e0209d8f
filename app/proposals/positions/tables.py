"""What the parties hold of a text."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.entries.statement_tables import StatementKind


class PositionKind(StrEnum):
    CONCUR = "concur"
    ABSTAIN = "abstain"
    OBJECT = "object"
    RESERVE = "reserve"


class ObjectionType(StrEnum):
    SUBSTANTIVE = "substantive"
    LINGUISTIC = "linguistic"
    CONCORDANCE = "concordance"
    PROCEDURAL = "procedural"


class Position(SQLModel, table=True):
    """A party's word on one text, bound to it by the digest of what it is about."""

    __table_args__: Any = (Index("ix_position_proposal_id", "proposal_id"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    element: str = Field(default="", sa_type=Text)
    """The field that it is about, such as `languages.ru.definition`; empty for the whole text."""
    digest: str = Field(max_length=64)
    """Of that element."""
    party: str = Field(foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    kind: PositionKind = Field(sa_type=code_column(PositionKind, "kind"))
    given_at: datetime
    reason: str | None = Field(default=None, sa_type=Text)
    objection: ObjectionType | None = Field(default=None, sa_type=code_column(ObjectionType, "objection"))
    alternative: str | None = Field(default=None, sa_type=Text)
    """The text that the party could accept; of a reservation, the text that it uses instead."""
    cannot_accept_concept: bool = False
    broke_silence: bool = False
    statement: StatementKind | None = Field(default=None, sa_type=code_column(StatementKind, "statement"))
    language: str | None = Field(default=None, max_length=2)
    """In which the party speaks."""
    text: str | None = Field(default=None, sa_type=Text)
    translations: dict[str, str] | None = Field(default=None, sa_type=JSON)
    """Unofficial ones, by language."""
    voided_by: int | None = None
    """The number of the revision that changed what it is about."""
    withdrawn_at: datetime | None = None
