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
