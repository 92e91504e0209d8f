"""Silence procedures: what was put under silence, until when, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import code_column


class Period(StrEnum):
    """How long silence runs; the profile gives the working days."""

    NORMAL = "normal"
    LARGE_BATCH = "large_batch"
    RECIRCULATION = "recirculation"
    CORRIGENDUM = "corrigendum"
    URGENT = "urgent"


class ItemState(StrEnum):
    PENDING = "pending"
    ADOPTED = "adopted"
    OBJECTED = "objected"
    DROPPED_OUT = "dropped_out"
    PULLED = "pulled"


class Silence(SQLModel, table=True):
    """One silence procedure. The bundle and the consensus set are those of its opening."""

    __table_args__: Any = (Index("ix_silence_ended_at_expires_at", "ended_at", "expires_at"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    """`S(2026)0007`."""
    notice: str = Field(max_length=32, unique=True)
    """The number of the notice that was sent out, `N(2026)0009`."""
    period: Period = Field(sa_type=code_column(Period, "period"))
    bundle: str = Field(max_length=64)
    """SHA-256 over the numbers, revisions and digests of the items."""
    consensus_set: str = Field(sa_type=Text)
    """The codes of the parties that can break it, separated by spaces."""
    zone: str = Field(max_length=64)
    """The time zone in which the instant of expiry was reckoned."""
    opened_at: datetime
    expires_at: datetime
    """Who breaks it at this very instant is in time."""
    remind_at: datetime | None = Field(default=None, index=True)
    """When the parties are next reminded."""
    urgency_refused_by: str | None = Field(default=None, max_length=31)
    ended_at: datetime | None = None
    """When nothing of it was pending any more."""


class SilenceItem(SQLModel, table=True):
    """One text in a silence procedure, frozen by its digest."""

    __tablename__ = "silence_item"

    silence_id: int = Field(primary_key=True, foreign_key="silence.id")
    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id", index=True)
    revision: int
    digest: str = Field(max_length=64)
    state: ItemState = Field(default=ItemState.PENDING, sa_type=code_column(ItemState, "state"))
    because_of: list[str] | None = Field(default=None, sa_type=JSON)
    """The proposals on which it depends, if it dropped out with them."""


class Extension(SQLModel, table=True):
    """A party's request for more time; it holds for everybody."""

    __table_args__: Any = (UniqueConstraint("silence_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    silence_id: int = Field(foreign_key="silence.id")
    number: int
    """1 for the first request, which is granted as it is made; 2 for the one that needs the co-chairs."""
    working_days: int
    reason: str = Field(sa_type=Text)
    party: str = Field(foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    asked_at: datetime
    granted_by: list[str] = Field(default=[], sa_type=JSON)
    """The sides whose co-chairs have granted it."""
    granted_at: datetime | None = None
    expires_at: datetime | None = None
    """The instant of expiry that it led to."""
