"""Proposals, their revisions, and what the co-chairs have signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.entries.tables import KEY
from app.proposals.workflow import Event, ProposalKind, State


class Proposal(SQLModel, table=True):
    """A request to create or amend an entry."""

    __table_args__: Any = (
        CheckConstraint("(kind = 'new') OR (entry_id IS NOT NULL)", name="amends_an_entry"),
        Index("ix_proposal_state_id", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    kind: ProposalKind = Field(sa_type=code_column(ProposalKind, "kind"))
    state: State = Field(sa_type=code_column(State, "state"))
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    justification: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    """Why it was returned, rejected, declined or withdrawn."""
    revision: int
    """The number of the current revision."""
    lock: int
    """Goes up with every change; the ETag is made of it."""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None


class ProposalRevision(SQLModel, table=True):
    """One numbered text of a proposal. Triggers in the database refuse to change or delete it."""

    __tablename__ = "proposal_revision"

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    base_version: int | None = None
    """The version of the entry that the text was written against."""
    content: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime


class RefusedTerm(SQLModel, table=True):
    """A term of a proposal that came to nothing, so that who proposes it again is told."""

    __tablename__ = "refused_term"
    __table_args__: Any = (Index("ix_refused_term_language_folded", "language", "folded"),)

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    language: str = Field(primary_key=True, max_length=2)
    folded: str = Field(sa_column=Column(KEY, primary_key=True))


class SignOff(SQLModel, table=True):
    """What the co-chair of a party has recorded on one revision; bound to the text by its digest."""

    __tablename__ = "sign_off"
    __table_args__: Any = (UniqueConstraint("proposal_id", "revision", "party"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    digest: str = Field(max_length=64)
    party: str = Field(foreign_key="party.code", max_length=31)
    event: Event = Field(sa_type=code_column(Event, "event"))
    account_id: int = Field(foreign_key="account.id")
    signed_at: datetime
