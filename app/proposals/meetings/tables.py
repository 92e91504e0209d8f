"""Meetings of the working group."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class Meeting(SQLModel, table=True):
    """A meeting, on whose agenda proposals are put."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=32, unique=True)
    """`M(2026)02`."""
    held_on: date
    place: str = Field(sa_type=Text)
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime


class AgendaItem(SQLModel, table=True):
    """A proposal that was put before a meeting. Never taken back: what was put off goes on a later one too."""

    __tablename__ = "agenda_item"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    proposal_id: int = Field(primary_key=True, foreign_key="proposal.id", index=True)
    revision: int
    """The revision that the working paper showed."""
    tabled_at: datetime
