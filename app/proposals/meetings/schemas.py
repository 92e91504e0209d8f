"""What the API takes and gives for meetings."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from app.entries.text import ShortText
from app.proposals.inputs import Input


class NewMeeting(Input):
    held_on: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]
    place: ShortText


class AgendaItem(BaseModel):
    proposal: str
    entry: str | None
    revision: int = Field(description="The revision that was put before it.")
    state: str


class MeetingOut(BaseModel):
    number: str = Field(examples=["M(2026)02"])
    agenda_number: str = Field(examples=["A(2026)02"])
    held_on: date
    place: str
    agenda: list[AgendaItem] = Field(description="The proposals that were put before this meeting.")


class MeetingPage(BaseModel):
    items: list[MeetingOut]
    next: str | None
