"""What comes after a decision: a higher body endorses it, a party that joined later accedes to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.profile import ApprovalLevel


class Endorsement(SQLModel, table=True):
    """A version whose approval level a later decision has raised. Its text is the same. Never changed."""

    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    version: int


class EndorsementSignOff(SQLModel, table=True):
    """What a co-chair has recorded of an endorsement; it takes effect with the same from the other sides."""

    __tablename__ = "endorsement_sign_off"
    __table_args__: Any = (Index("ix_endorsement_sign_off_decision_id", "decision_id"),)

    id: int | None = Field(default=None, primary_key=True)
    level: ApprovalLevel = Field(sa_type=code_column(ApprovalLevel, "level"))
    terms: str = Field(sa_type=Text)
    """Level, note, and the versions with their digests, as canonical JSON: the sides must record the same."""
    party: str = Field(foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    signed_at: datetime
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    """The decision that it became a part of."""


class Accession(SQLModel, table=True):
    """The dated statement by which a party that joined later consents to a past decision. Never changed."""

    __table_args__: Any = (UniqueConstraint("decision_id", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id")
    party: str = Field(foreign_key="party.code", max_length=31)
    language: str = Field(max_length=2)
    text: str = Field(sa_type=Text)
    account_id: int = Field(foreign_key="account.id")
    stated_at: datetime
