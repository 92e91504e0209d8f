"""What assures that the three texts are right and say the same: certificates, and the log of discrepancies."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from app.db import code_column


class Gravity(StrEnum):
    MINOR = "minor"
    SUBSTANTIVE = "substantive"


class Certificate(SQLModel, table=True):
    """Somebody other than the drafter vouches for the text of a language, or for the concordance of two."""

    __table_args__: Any = (Index("ix_certificate_proposal_id", "proposal_id"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    part: str = Field(max_length=5)
    """A language, or a pair of languages."""
    digest: str = Field(max_length=64)
    """Of the part that was certified."""
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    given_at: datetime
    voided_by: int | None = None
    """The number of the revision that changed the part."""


class Discrepancy(SQLModel, table=True):
    """Two of the texts do not say the same."""

    __table_args__: Any = (
        CheckConstraint("(closed_at IS NULL) = (resolution IS NULL)", name="closed_with_resolution"),
        Index("ix_discrepancy_proposal_id", "proposal_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    revision: int
    pair: str = Field(max_length=5)
    element: str = Field(sa_type=Text)
    """The field in which they differ, such as `definition`."""
    gravity: Gravity = Field(sa_type=code_column(Gravity, "gravity"))
    text: str = Field(sa_type=Text)
    party: str | None = Field(default=None, foreign_key="party.code", max_length=31)
    account_id: int = Field(foreign_key="account.id")
    found_at: datetime
    resolution: str | None = Field(default=None, sa_type=Text)
    closed_by: int | None = Field(default=None, foreign_key="account.id")
    closed_at: datetime | None = None
