"""What the API takes and gives for proposals."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.entries.content import EntryContent, EntryNumber
from app.entries.text import Passage
from app.proposals.workflow import Event, ProposalKind, State


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


BaseVersion = Annotated[int, Field(ge=1, le=1_000_000)]


class NewProposal(Input):
    """A request to create an entry, to amend one, or to add a translation to one."""

    kind: ProposalKind
    entry: EntryNumber | None = Field(default=None, description="The entry to amend; absent for a new one.")
    base_version: BaseVersion | None = Field(
        default=None, description="The version that the text was written against."
    )
    content: EntryContent = Field(description="The whole text as it should become.")
    justification: Passage


class NewRevision(Input):
    """The next text of a proposal."""

    content: EntryContent
    base_version: BaseVersion | None = Field(
        default=None, description="A later version of the entry that the text now takes into account."
    )


class EventInput(Input):
    """What goes with an event; some events need a reason."""

    reason: Passage | None = None


class SignOffOut(BaseModel):
    party: str
    event: Event
    revision: int
    signed: datetime


class EventOut(BaseModel):
    """An event that the caller may cause, and what still stands in its way."""

    event: Event
    target: State = Field(description="The state that the event leads to, once every party needed has caused it.")
    failing: list[str] = Field(description="The conditions that are not met.")


class ProposalOut(BaseModel):
    """A proposal with its current revision."""

    number: str = Field(examples=["P(2026)0042"])
    uri: str
    kind: ProposalKind
    state: State
    entry: str | None
    base_version: int | None
    party: str | None = Field(description="The party that made it; null for the secretariat.")
    justification: str
    reason: str | None = Field(description="Why it was returned, rejected, declined or withdrawn.")
    revision: int
    digest: str
    decision: str | None = Field(
        default=None, description="The decision that adopted it, in the answer to that event."
    )
    created: datetime
    updated: datetime
    missing: list[str] = Field(description="Fields without which the text cannot be agreed.")
    sign_offs: list[SignOffOut]
    events: list[EventOut] = Field(description="What the caller may do now.")
    content: EntryContent


class ProposalSummary(BaseModel):
    number: str
    uri: str
    kind: ProposalKind
    state: State
    entry: str | None
    party: str | None
    revision: int
    title: str = Field(description="The first preferred term of the text.")
    updated: datetime


class ProposalPage(BaseModel):
    items: list[ProposalSummary]
    next: str | None


class RevisionOut(BaseModel):
    """One text of a proposal, as it was submitted."""

    proposal: str
    revision: int
    base_version: int | None
    digest: str
    created: datetime
    content: EntryContent


class RevisionList(BaseModel):
    proposal: str
    items: list[RevisionOut]


class EventList(BaseModel):
    proposal: str
    state: State
    items: list[EventOut]
