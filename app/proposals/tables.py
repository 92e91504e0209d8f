"""Proposals, their revisions, and what the co-chairs have signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text
from sqlmodel import Field, SQLModel

from app.db import code_column
from app.entries.tables import KEY
from app.proposals.workflow import Event, ProposalKind, State


class Proposal(SQLModel, table=True):
    """A request to create or amend an entry."""

    __table_args__: Any = (
        CheckConstraint("(kind = 'new') OR (entry_id IS NOT NULL)", name="amends_an_entry"),
        CheckConstraint("(kind = 'supersede') = (successor_id IS NOT NULL)", name="successor_if_superseding"),
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
    """What was said with the last event, such as why it was returned or withdrawn."""
    successor_id: int | None = Field(default=None, foreign_key="entry.id")
    """The entry that is to supersede the one named."""
    reopens: str | None = Field(default=None, max_length=32)
    """The number of a proposal that came to nothing and is taken up again."""
    revision: int
    """The number of the current revision."""
    lock: int
    """Goes up with every change; the ETag is made of it."""
    step: int = 0
    """Goes up with every change of state; sign-offs count in the step in which they were given."""
    breaks: int = 0
    """How many times silence on it was broken."""
    met_since_break: bool = True
    """It was on the agenda of a meeting since silence was last broken."""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    """The meeting on whose agenda it was last put."""
    deadline: datetime | None = Field(default=None, index=True)
    """The instant after which the clock acts: silence, the time for confirming or the idle time is over."""
    remind_at: datetime | None = Field(default=None, index=True)
    """When the proposer of an idle proposal is next reminded of it."""
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    """When review should be done. It binds nobody."""


class ProposalRevision(SQLModel, table=True):
    """One numbered text of a proposal. Triggers in the database refuse to change or delete it."""

    __tablename__ = "proposal_revision"

    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    base_version: int | None = None
    """The version of the entry that the text was written against."""
    content: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)
    drafted_by: dict[str, int] | None = Field(default=None, sa_type=JSON)
    """The account that wrote the text of each language; where it is not kept, that of the revision."""
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
    """What a party has recorded for a joint event, on one revision and in one step of its proposal.

    Rows are only added; of several by one party in a step the last counts.
    """

    __tablename__ = "sign_off"
    __table_args__: Any = (Index("ix_sign_off_proposal_id_step", "proposal_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    digest: str = Field(max_length=64)
    step: int
    party: str = Field(foreign_key="party.code", max_length=31)
    event: Event = Field(sa_type=code_column(Event, "event"))
    terms: str = Field(default="", sa_type=Text)
    """What the partners must agree on beside the text, as canonical JSON."""
    own_text: str | None = Field(default=None, sa_type=Text)
    """The parallel text of the party's side, in canonical form."""
    account_id: int = Field(foreign_key="account.id")
    signed_at: datetime
