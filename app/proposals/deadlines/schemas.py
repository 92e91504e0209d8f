"""What the API says of deadlines."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field


class DeadlineKind(StrEnum):
    SILENCE = "silence"
    """Silence expires; who breaks it at that very instant is in time."""
    CONFIRMATION = "confirmation"
    """The parties have until then to confirm what was agreed ad referendum."""
    REVIEW = "review"
    """Review should be done; it binds nobody."""


class DeadlineOut(BaseModel):
    kind: DeadlineKind
    number: str = Field(description="Of the silence procedure or the proposal.", examples=["S(2026)0007"])
    uid: str = Field(description="That of the event in the calendar; never changes.")
    at: datetime
    zone: str = Field(description="The time zone in which it was reckoned.", examples=["Europe/Brussels"])
    title: str
    proposals: list[str] = Field(description="The proposals concerned.")
    changed: datetime = Field(description="When it was last set or moved, or its proposal changed.")


class DeadlineList(BaseModel):
    items: list[DeadlineOut] = Field(description="Those that are still to come, the next first.")
    next: str | None
