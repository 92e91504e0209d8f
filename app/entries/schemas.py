"""What the API says of entries. Status and workflow codes are never translated."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.entries.content import Acceptability, EntryContent, TermType
from app.entries.statement_schemas import ParallelTextOut, StatementOut
from app.entries.status import EntryStatus
from app.entries.tables import DecisionMethod, Scope
from app.languages.codes import LanguageCode
from app.profile import ApprovalLevel


class DecisionRef(BaseModel):
    """The decision by which a text was adopted or endorsed."""

    number: str = Field(examples=["D(2026)0001"])
    method: DecisionMethod
    level: ApprovalLevel


class EndOut(BaseModel):
    """The end of an entry. Its texts stay readable for ever."""

    decision: DecisionRef
    at: datetime
    reason: str | None
    successor: str | None = Field(description="The entry that took its place.", examples=["TMD-0018"])
    successor_uri: str | None


class EntryOut(BaseModel):
    """One entry with its public text."""

    id: int = Field(examples=[17])
    number: str = Field(examples=["TMD-0017"])
    uri: str
    status: EntryStatus
    version: int | None = Field(description="The number of the adopted version; null while the entry is proposed.")
    designation: str | None = Field(default=None, description="How it is cited.", examples=["TMD-0017/2"])
    digest: str | None = Field(description="SHA-256 of the canonical JSON of `content`.")
    adopted: datetime | None
    decision: DecisionRef | None
    endorsed: DecisionRef | None = Field(
        default=None, description="The last later decision that raised the approval level of this very text."
    )
    proposal: str | None = Field(description="The proposal under review, of an entry that is still proposed.")
    ad_referendum: bool = Field(
        default=False,
        description="The parties have yet to confirm its first text, or a higher body to approve its text.",
    )
    ended: EndOut | None = Field(default=None, description="How a superseded or withdrawn entry ended.")
    content: EntryContent | None = Field(description="Null for an entry withdrawn before any text was adopted.")
    reservations: list[StatementOut] = Field(
        default=[], description="Reservations and statements of the parties on this version."
    )
    parallel_texts: list[ParallelTextOut] = Field(
        default=[], description="Of an entry on which the sides differ: the text of each. None of them is agreed."
    )


class EntryPage(BaseModel):
    items: list[EntryOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class VersionOut(BaseModel):
    """An adopted text, for ever."""

    entry: str = Field(examples=["TMD-0017"])
    version: int
    designation: str = Field(examples=["TMD-0017/2", "TMD-0017/2/C1"])
    uri: str
    digest: str
    adopted: datetime
    decision: DecisionRef
    corrects: int | None = Field(
        description="The version of which it is a corrigendum; it counts from the day of that one."
    )
    endorsements: list[DecisionRef] = Field(description="The later decisions that raised its approval level.")
    statements: list[StatementOut] = Field(description="All that the parties have said of this version.")
    content: EntryContent


class VersionSummary(BaseModel):
    version: int
    designation: str
    corrects: int | None
    digest: str
    adopted: datetime
    decision: DecisionRef


class VersionList(BaseModel):
    entry: str
    items: list[VersionSummary]


class DifferenceOut(BaseModel):
    path: str = Field(examples=["languages.ru.definition.text"])
    before: Any | None = Field(description="Null where the field was added.")
    after: Any | None = Field(description="Null where the field was taken away.")


class DiffOut(BaseModel):
    entry: str
    from_version: int
    to_version: int
    differences: list[DifferenceOut]


class SubjectFieldOut(BaseModel):
    code: str
    label: dict[LanguageCode, str]
    scope: dict[LanguageCode, str]
    entries: int = Field(description="How many public entries belong to it.")


class SubjectFieldList(BaseModel):
    items: list[SubjectFieldOut]


class LetterOut(BaseModel):
    letter: str
    terms: int
    uri: str


class LetterList(BaseModel):
    language: LanguageCode
    items: list[LetterOut]


class EntryRef(BaseModel):
    id: int
    number: str
    status: EntryStatus
    uri: str
    ad_referendum: bool = Field(
        default=False, description="The parties have yet to confirm the text, or a higher body to approve it."
    )
    reservations: int = Field(
        default=0, ge=0, description="How many reservations and statements of parties stand on the text."
    )


class IndexedTerm(BaseModel):
    text: str
    type: TermType
    acceptability: Acceptability
    entry: EntryRef


class IndexPage(BaseModel):
    language: LanguageCode
    letter: str
    items: list[IndexedTerm]
    next: str | None


class AccessionOut(BaseModel):
    """The consent of a party that joined after the decision."""

    party: str
    language: LanguageCode
    text: str
    stated: datetime


class DecisionOut(BaseModel):
    """A decision and the versions that it made."""

    number: str
    made: datetime
    method: DecisionMethod
    level: ApprovalLevel
    parties: list[str] = Field(description="The parties whose consent it records.")
    scope: Scope
    explicit: list[str] = Field(description="Those of them that consented in words.")
    tacit: list[str] = Field(description="Those that consented by saying nothing.")
    absent: list[str] = Field(description="Those that were not at the meeting.")
    signed_by: list[str] = Field(description="The sides whose co-chairs recorded it, or opened the silence.")
    sheet: str | None = Field(description="The number of its decision sheet.", examples=["DS(2026)0031"])
    silence: str | None = Field(examples=["S(2026)0007"])
    meeting: str | None = Field(examples=["M(2026)02"])
    note: str | None
    versions: list[str] = Field(examples=[["TMD-0017/1"]])
    digests: list[str] = Field(description="SHA-256 of the text of each of these versions.")
    endorses: list[str] = Field(description="The versions whose approval level it raised.")
    accessions: list[AccessionOut] = Field(description="The parties that joined later and consent to it.")
    ended: list[str] = Field(description="The entries that it superseded, withdrew or left with parallel texts.")
    reservations: list[StatementOut] = Field(description="The statements that were made with it.")
