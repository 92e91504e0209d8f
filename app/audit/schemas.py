"""The record as the API gives it: every field as the hashes cover it."""

from typing import Any

from pydantic import BaseModel, Field


class AuditEventOut(BaseModel):
    """An event of the log. Whoever acted is an account, never a person."""

    seq: int
    at: str = Field(description="UTC, to the microsecond.", examples=["2026-11-27T09:30:00.000000+00:00"])
    action: str = Field(examples=["proposal.accept"])
    account: int | None
    party: str | None
    proposal: str | None = Field(examples=["P(2026)0042"])
    entry: int | None
    change: str | None
    before: str | None
    after: str | None
    detail: str = Field(description="Canonical JSON.")
    request: str | None
    previous: str
    hash: str


class AuditPage(BaseModel):
    items: list[AuditEventOut]
    next: str | None = Field(description="The `cursor` of the next page; null if this is the last.")


class LinkOut(BaseModel):
    """A link of a chain."""

    seq: int
    hash: str


class HeadsOut(BaseModel):
    """The last links of the two chains."""

    events: LinkOut
    seals: LinkOut


class RevisionDigest(BaseModel):
    revision: int
    base_version: int | None
    digest: str
    created: str


class SealOut(BaseModel):
    """What a transaction left in a row."""

    seq: int
    table: str
    key: str
    digest: str | None = Field(description="Of the row; null if the transaction deleted it.")
    event: int | None
    event_hash: str | None
    hash: str


class RowOut(BaseModel):
    """A row as its last seal covers it."""

    table: str
    key: str
    row: dict[str, Any]


class SealLinks(BaseModel):
    """The way from the first of the seals to the head of their chain."""

    after: LinkOut
    fingerprints: list[str] = Field(description="Of every seal after that one, of whatever row.")


class AuditExport(BaseModel):
    """All that the record holds of one proposal, and what is needed to re-compute it."""

    format: str = "compendium-audit/1"
    proposal: str
    events: list[AuditEventOut]
    revisions: list[RevisionDigest]
    rows: list[RowOut]
    seals: list[SealOut]
    links: SealLinks
    heads: HeadsOut
