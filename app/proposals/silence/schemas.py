"""What the API takes and gives for silence procedures."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.entries.text import Passage
from app.proposals.inputs import Input, ProposalNumber
from app.proposals.schemas import SilenceBrief
from app.proposals.silence.tables import ItemState, Period


class NewSilence(Input):
    """A request of one side's co-chair to put these proposals under silence together."""

    proposals: Annotated[list[ProposalNumber], Field(min_length=1, max_length=200)]
    period: Period | None = Field(default=None, description="The usual one if absent.")


class NewExtension(Input):
    working_days: Annotated[int, Field(ge=1, le=250)]
    reason: Passage


class SilenceItemOut(BaseModel):
    """A frozen text, and what became of it."""

    proposal: str
    entry: str | None
    revision: int
    digest: str
    state: ItemState
    because_of: list[str] = Field(description="The proposals with which it dropped out.")


class ExtensionOut(BaseModel):
    number: int
    working_days: int
    reason: str
    party: str
    asked: datetime
    granted_by: list[str] = Field(description="The sides that have granted it.")
    granted: datetime | None
    expires: datetime | None


class ReminderOut(BaseModel):
    kind: str
    at: datetime


class SilenceOut(SilenceBrief):
    """A silence procedure. Who breaks it at the very instant of expiry is in time."""

    notice: str = Field(examples=["N(2026)0009"])
    bundle: str = Field(description="SHA-256 over the numbers, revisions and digests of the items.")
    ended: datetime | None
    urgency_refused_by: str | None
    items: list[SilenceItemOut]
    extensions: list[ExtensionOut]
    reminders: list[ReminderOut]


class SilencePage(BaseModel):
    items: list[SilenceOut]
    next: str | None


class SilenceAsked(BaseModel):
    """The request is recorded; silence opens once the other side has asked for the same."""

    proposals: list[str]
    silence: SilenceOut | None
