"""What the API says of entries. Status and workflow codes are never translated."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.entries.content import Acceptability, EntryContent, TermType
from app.entries.status import EntryStatus
from app.entries.tables import DecisionMethod
from app.languages.codes import LanguageCode
from app.profile import ApprovalLevel


class DecisionRef(BaseModel):
    """The decision by which a text was adopted."""

    number: str = Field(examples=["D(2026)0001"])
    method: DecisionMethod
    level: ApprovalLevel


class EntryOut(BaseModel):
    """One entry with its public text."""

    id: int = Field(examples=[17])
    number: str = Field(examples=["TMD-0017"])
    uri: str
    status: EntryStatus
    version: int | None = Field(description="The number of the adopted version; null while the entry is proposed.")
    digest: str | None = Field(description="SHA-256 of the canonical JSON of `content`.")
    adopted: datetime | None
    decision: DecisionRef | None
    proposal: str | None = Field(description="The proposal under review, of an entry that is still proposed.")
    content: EntryContent | None = Field(description="Null for an entry withdrawn before any text was adopted.")
    reservations: list[dict[str, Any]] = Field(
        default=[], description="Reservations and statements of the parties on this version."
    )


class EntryPage(BaseModel):
    items: list[EntryOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


class VersionOut(BaseModel):
    """An adopted text, for ever."""

    entry: str = Field(examples=["TMD-0017"])
    version: int
    uri: str
    digest: str
    adopted: datetime
    decision: DecisionRef
    content: EntryContent


class VersionSummary(BaseModel):
    version: int
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


class DecisionOut(BaseModel):
    """A decision and the versions that it made."""

    number: str
    made: datetime
    method: DecisionMethod
    level: ApprovalLevel
    parties: list[str]
    note: str | None
    versions: list[str] = Field(examples=[["TMD-0017/1"]])
