"""What people have answered to findings."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel


class Waiver(SQLModel, table=True):
    """A signed reason why a warning does not hold. It belongs to one text, and ends with the next revision.

    Triggers in the database refuse to change or delete it.
    """

    __table_args__: Any = (Index("ix_waiver_digest", "digest"),)

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64)
    """Of the text for which the reason was given."""
    check_id: str = Field(max_length=63)
    element: str = Field(sa_type=Text)
    """The field that the finding is about."""
    reason: str = Field(sa_type=Text)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    signed_at: datetime
