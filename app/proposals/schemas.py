"""What the API gives for proposals. Parties are named, persons never."""

from datetime import datetime

from pydantic import BaseModel, Field

from app.entries.content import EntryContent
from app.entries.statement_tables import StatementKind
from app.languages.codes import LanguageCode
from app.proposals.assurance.tables import Gravity
from app.proposals.positions.tables import ObjectionType, PositionKind
from app.proposals.silence.tables import Period
from app.proposals.workflow import Event, ProposalKind, State


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
    waits_for: list[str] = Field(
        default=[], description="The sides or parties that would still have to record the same."
    )


class CertificateOut(BaseModel):
    part: str = Field(description="A language, or a pair of languages.", examples=["ru", "en-ru"])
    revision: int
    party: str | None
    given: datetime


class DiscrepancyOut(BaseModel):
    id: int
    pair: str
    element: str
    gravity: Gravity
    text: str
    revision: int
    party: str | None
    found: datetime
    resolution: str | None = Field(description="How it was settled; null while it is open.")
    closed: datetime | None


class PositionOut(BaseModel):
    """What a party holds of the text, or of one field of it."""

    id: int
    party: str
    kind: PositionKind
    revision: int
    element: str = Field(description="The field that it is about; empty for the whole text.")
    reason: str | None
    objection: ObjectionType | None
    alternative: str | None
    cannot_accept_concept: bool
    broke_silence: bool
    statement: StatementKind | None
    language: LanguageCode | None
    text: str | None
    translations: dict[str, str]
    given: datetime
    voided_by: int | None = Field(description="The revision that changed what it is about.")
    withdrawn: datetime | None


class SilenceBrief(BaseModel):
    number: str = Field(examples=["S(2026)0007"])
    period: Period
    opened: datetime
    expires: datetime
    zone: str
    parties: list[str] = Field(description="Those that can break it.")


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
    reason: str | None = Field(description="What was said with the event that brought it to its state.")
    successor: str | None = Field(description="The entry that is to supersede the one named.")
    reopens: str | None
    revision: int
    digest: str
    decision: str | None = Field(
        default=None, description="The decision that adopted it, in the answer to that event."
    )
    created: datetime
    updated: datetime
    due: datetime | None = Field(description="When review should be done.")
    deadline: datetime | None = Field(
        description="The instant at which silence, the time for confirming or the idle time ends."
    )
    missing: list[str] = Field(description="Fields without which the text cannot be agreed.")
    sign_offs: list[SignOffOut]
    certificates: list[CertificateOut] = Field(description="Those that hold for the text as it stands.")
    discrepancies: list[DiscrepancyOut]
    positions: list[PositionOut] = Field(description="Those that stand.")
    silence: SilenceBrief | None
    meeting: str | None = Field(examples=["M(2026)02"])
    breaks: int = Field(description="How many times silence on it was broken.")
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


class PositionList(BaseModel):
    """All positions ever taken, oldest first."""

    proposal: str
    items: list[PositionOut]
